"""One form for every record: an editor a kind, problems at their field, a conflicting edit refused, drafts kept."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from core import fields as kinds
from core.errors import BadInputError
from core.fields import Field
from core.i18n import N_
from core.inventory.channels import rename
from core.inventory.editing import Edit, column_of, open_record, save_record, still_there
from core.inventory.lists import CHANNELS, LISTS, PEOPLE
from core.model import Channel, ChannelState
from gui.editors import editor_for
from gui.pages import channel_detail, person_detail
from gui.record_form import RecordForm


@pytest.fixture
def ids(desk):
    return desk.fill()


@pytest.fixture
def form(desk, ids, qtbot):
    made = RecordForm(desk.workspace, CHANNELS, N_("Change channel"), channel_detail.SECTIONS)
    qtbot.addWidget(made)
    made.show()
    made.load(opened(desk, ids["Stadt"]))
    desk.settle()
    return made


def opened(desk, record_id, records=CHANNELS):
    with desk.registry.reading() as session:
        return open_record(session, records, record_id, desk.today)


def stored(desk, record_id, key):
    return opened(desk, record_id).values[key]


def edit(form, key, text):
    editor = form.editor(key)
    editor.setText(text)
    editor.edited.emit()


def problem(form, key):
    label = form.findChild(QLabel, f"{key}-problem")
    return "" if label.isHidden() else label.text()


def test_every_editable_field_of_the_forms_has_an_editor_of_its_name(desk, qtbot):
    for records, sections in ((CHANNELS, channel_detail.SECTIONS), (PEOPLE, person_detail.SECTIONS)):
        form = RecordForm(desk.workspace, records, N_("Change"), sections)
        qtbot.addWidget(form)
        for field in records.fields:
            if field.editable and field.key != "last_post_known_by":
                editor = form.findChild(QWidget, field.key)
                assert editor is not None, field.key
                assert editor.accessibleName() == field.title


@pytest.mark.parametrize("records", LISTS, ids=lambda records: records.name)
def test_every_editable_field_has_a_column(records):
    for field in records.fields:
        assert column_of(records, field) or not field.editable, field.key


VALUES = [
    (kinds.Text(), "Stadt"),
    (kinds.LongText(), "eins\nzwei"),
    (kinds.Day(), date(2026, 3, 1)),
    (kinds.PartialDay(), "2026-03"),
    (kinds.Number("hours"), 24),
    (kinds.YesNo(), False),
    (kinds.Address(), "https://stadt.example/impressum"),
    (kinds.Mail(), "presse@stadt.example"),
    (kinds.TextList(), ("de", "en")),
    (kinds.OneOf(ChannelState), ChannelState.DORMANT),
    (kinds.Platform(), "mastodon"),
]


@pytest.mark.parametrize(("kind", "value"), VALUES, ids=lambda one: type(one).__name__)
def test_an_editor_gives_back_what_it_was_given_and_nothing_for_nothing(desk, qtbot, kind, value):
    editor = editor_for(Field("key", "Label", kind), desk.workspace)
    qtbot.addWidget(editor)
    editor.show_value(value)
    assert editor.value() == value
    draft = editor.draft()
    editor.show_value(() if isinstance(kind, kinds.TextList) else None)
    assert editor.value() in (None, ())
    editor.show_draft(draft)
    assert editor.value() == value


@pytest.mark.parametrize(
    ("kind", "typed", "read"),
    [
        (kinds.Day(), "1.3.26", date(2026, 3, 1)),
        (kinds.Day(), "2026-03-01", date(2026, 3, 1)),
        (kinds.Day(), "30.02.2026", None),
        (kinds.Day(), "03/2026", None),
        (kinds.Day(), "bald", None),
        (kinds.PartialDay(), "März 2026", "2026-03"),
        (kinds.Number(), "-3", None),
        (kinds.Number(), "999999999", None),
        (kinds.Mail(), "erika", None),
        (kinds.Mail(), "erika@stadt", None),
        (kinds.Address(), "stadt.example/impressum", "stadt.example/impressum"),
        (kinds.Address(), "kein Impressum", None),
        (kinds.TextList(), "a; b,  a", ("a", "b")),
    ],
)
def test_typed_texts_are_read_or_refused(desk, qtbot, kind, typed, read):
    editor = editor_for(Field("key", "Label", kind), desk.workspace)
    assert isinstance(editor, QLineEdit)
    qtbot.addWidget(editor)
    editor.setText(typed)
    if read is None:
        with pytest.raises(BadInputError) as refused:
            editor.value()
        assert typed in refused.value.sentence or "Label" in refused.value.sentence
    else:
        assert editor.value() == read


def test_what_is_changed_is_saved_as_one_action(desk, form, ids):
    edit(form, "title", "Stadt am Rhein")
    edit(form, "last_post_on", "03/2026")
    form.editor("state").show_value(ChannelState.DORMANT)
    form.editor("state").edited.emit()
    form.save()
    desk.settle()
    assert stored(desk, ids["Stadt"], "title") == "Stadt am Rhein"
    assert stored(desk, ids["Stadt"], "last_post_on") == "2026-03"
    assert stored(desk, ids["Stadt"], "state") is ChannelState.DORMANT
    assert not form.changed
    desk.workspace.undo()
    desk.settle()
    assert stored(desk, ids["Stadt"], "title") == "Stadt"


def test_what_cannot_be_used_is_said_at_its_field_and_nothing_is_saved(desk, form, ids):
    edit(form, "title", " ")
    edit(form, "last_post_on", "30.02.2026")
    edit(form, "care_hours", "9-17")
    form.save()
    desk.settle()
    assert problem(form, "title")
    assert "30.02.2026" in problem(form, "last_post_on")
    assert stored(desk, ids["Stadt"], "care_hours") is None
    edit(form, "title", "Stadt")
    assert not problem(form, "title")


def test_a_conflicting_edit_is_refused_with_both_values_and_what_was_typed_stays(desk, form, ids):
    edit(form, "title", "Meine Stadt")
    with desk.registry.action(N_("Rename")) as session:
        rename(still_there(session, Channel, ids["Stadt"]), "Eure Stadt")
    form.save()
    desk.settle()
    assert "Meine Stadt" in form.messages.text
    assert "Eure Stadt" in form.messages.text
    assert stored(desk, ids["Stadt"], "title") == "Eure Stadt"
    assert form.editor("title").text() == "Meine Stadt"
    form.give_up()
    desk.settle()
    assert form.editor("title").text() == "Eure Stadt"
    assert not form.messages.text


def test_an_edit_of_a_removed_record_is_refused(desk, ids):
    with desk.registry.action(N_("Add")) as session:
        fresh = Channel(platform="website", url_as_entered="x", title="Neu", registered_on=desk.today)
        session.add(fresh)
    seen = opened(desk, fresh.id)
    desk.registry.undo()
    with pytest.raises(Exception, match=r".") as refused, desk.registry.action(N_("Change channel")) as session:
        save_record(session, Edit(CHANNELS, seen, {"title": "y"}, desk.today))
    assert "removed" in str(refused.value) or "entfernt" in str(refused.value)


def test_a_draft_waits_while_another_record_is_shown(desk, form, ids):
    edit(form, "title", "Halb fert")
    form.load(opened(desk, ids["Zoo"]))
    assert form.editor("title").text() == "Zoo"
    assert not form.changed
    form.load(opened(desk, ids["Stadt"]))
    assert form.editor("title").text() == "Halb fert"
    assert form.changed


def test_a_refresh_does_not_take_away_what_is_being_typed(desk, form, ids):
    edit(form, "title", "Halb fert")
    form.reload(opened(desk, ids["Stadt"]))
    assert form.editor("title").text() == "Halb fert"


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_a_reference_is_found_by_a_part_of_its_name(desk, form, ids):
    box = form.editor("reply_coordinator")
    desk.type(box, "must")
    assert {one.name for one in box._found} == {"Erika Mustermann", "Max Mustermann"}
    box.setText("")
    desk.type(box, "erika must")
    box._choose(box._found[0].label)
    box.setText(box._found[0].label)
    form.save()
    desk.settle()
    assert stored(desk, ids["Stadt"], "reply_coordinator") == ids["Erika Mustermann"]
    box = form.editor("reply_coordinator")
    assert box.text().startswith("Erika Mustermann")


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_a_name_that_nobody_has_is_no_reference(desk, form):
    box = form.editor("reply_coordinator")
    desk.type(box, "Niemand")
    form.save()
    desk.settle()
    assert "Niemand" in problem(form, "reply_coordinator")
