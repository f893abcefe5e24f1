"""The pages: a finding is mended where it is seen, and everything follows at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QTabWidget

from core import i18n
from core.governance.findings import stored
from core.i18n import N_, _, show_date
from core.inventory.channel_sheet import channel_sheet
from core.inventory.channels import change_address
from core.model import Access, Channel, ResponsibilityRole
from gui.dialogs.assign_person import AssignPersonDialog
from gui.dialogs.withdraw_access import WithdrawAccessDialog
from gui.mending import VERBS
from gui.pages.channels import ChannelsPage
from gui.pages.findings import FindingsPage
from gui.pages.people import PeoplePage
from gui.pages.rule_list import RULE

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def ids(desk):
    return desk.fill()


@pytest.fixture
def show(desk, qtbot):
    """Show a page as the window does: made, told of the registry, told of changes."""

    def make(kind):
        page = kind(desk.workspace)
        qtbot.addWidget(page)
        page.resize(1080, 720)
        page.show()
        page.open_registry(desk.registry)
        desk.workspace.changed.connect(page.refresh)
        desk.settle()
        return page

    return make


def rules(page):
    return [page.rules.item(row).data(RULE) for row in range(page.rules.count())]


def choose_rule(desk, page, rule):
    page.rules.setCurrentRow(rules(page).index(rule))
    desk.settle()
    return page.findings


def press(widget, name):
    button = widget.findChild(QPushButton, name)
    assert button is not None, name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def sheet(desk, channel_id):
    with desk.registry.reading() as session:
        return channel_sheet(session, channel_id, desk.today)


def open_findings(desk):
    with desk.registry.reading() as session:
        return {(one.rule, one.subject_id) for one in stored(session)}


def test_an_owner_is_assigned_from_the_finding_and_the_finding_goes_and_comes_back_with_undo(desk, ids, show):
    page = show(FindingsPage)
    findings = choose_rule(desk, page, "no-owner")
    assert [one.subject_label for one in findings.model.findings] == ["Ämter (Facebook)", "Stadt (X)"]
    findings.table.selectRow(0)
    subject = findings.chosen()[0].subject_id
    press(findings, "mend-assign-owner")
    dialog = desk.dialog(AssignPersonDialog)
    desk.type(dialog.person, "Erika Mustermann")
    press(dialog, "decide")
    desk.settle()
    assert ("no-owner", subject) not in open_findings(desk)
    assert subject not in {one.subject_id for one in findings.model.findings}
    desk.workspace.undo()
    desk.settle()
    assert ("no-owner", subject) in open_findings(desk)
    assert subject in {one.subject_id for one in findings.model.findings}


def test_an_owner_is_assigned_to_several_channels_at_once(desk, ids, show):
    page = show(FindingsPage)
    findings = choose_rule(desk, page, "no-owner")
    findings.table.selectAll()
    press(findings, "mend-assign-owner")
    dialog = desk.dialog(AssignPersonDialog)
    desk.type(dialog.person, "Petra Neumann")
    desk.type(dialog.email, "neumann@stadt.example")
    dialog.decide()
    desk.settle()
    assert "no-owner" not in rules(page)
    assert sheet(desk, ids["Ämter"]).opened.listed["owner"] == "Petra Neumann"
    desk.workspace.undo()
    desk.settle()
    assert "no-owner" in rules(page)


def test_the_successor_of_a_leaver_ends_what_the_leaver_held(desk, ids, show):
    page = show(FindingsPage)
    findings = choose_rule(desk, page, "owner-left")
    press(findings, "mend-assign-owner")
    dialog = desk.dialog(AssignPersonDialog)
    desk.type(dialog.person, "Erika Mustermann")
    dialog.decide()
    desk.settle()
    assert "owner-left" not in rules(page)
    assert sheet(desk, ids["Zoo"]).opened.listed["owner"] == "Erika Mustermann"


def test_a_part_of_a_known_name_takes_nobody_in(desk, ids, show):
    page = show(ChannelsPage)
    page.table.choose(ids["Stadt"])
    desk.settle()
    page.detail.assign()
    dialog = desk.dialog(AssignPersonDialog)
    desk.type(dialog.person, "Mustermann")
    dialog.decide()
    desk.settle()
    assert dialog.messages.text
    assert sheet(desk, ids["Stadt"]).opened.listed["owner"] is None


def test_every_rule_explains_itself_and_offers_what_the_program_can_do(desk, ids, show):
    page = show(FindingsPage)
    QAbstractItemModelTester(page.findings.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    for rule in rules(page):
        findings = choose_rule(desk, page, rule)
        assert findings.findChild(QLabel, "section-title").text()
        assert findings.model.findings
        for row in range(findings.model.rowCount()):
            assert findings.model.data(findings.model.index(row, 1))


def test_all_mending_actions_of_the_rules_are_known():
    from core.governance.rules import RULES

    assert {key for rule in RULES for key in rule.mends} <= set(VERBS)


def test_a_channel_is_shown_with_its_findings_and_mended_there(desk, ids, show):
    page = show(ChannelsPage)
    page.table.choose(ids["Ämter"])
    desk.settle()
    assert page.detail.findChild(QLabel, "finding-sentence").text()
    press(page.detail.head, "mend-assign-owner")
    dialog = desk.dialog(AssignPersonDialog)
    desk.type(dialog.person, "Pressestelle")
    dialog.decide()
    desk.settle()
    assert page.detail.findChild(QPushButton, "mend-assign-owner") is None
    page.detail.tabs.setCurrentWidget(page.detail.history)
    desk.settle()
    told = [label.text() for label in page.detail.history.findChildren(QLabel)]
    assert any("Pressestelle" in text for text in told)


@pytest.mark.usefixtures("in_english")
def test_a_channel_says_how_complete_it_is_and_leads_to_what_is_missing(desk, ids, show):
    page = show(ChannelsPage)
    page.table.choose(ids["Zoo"])
    desk.settle()
    complete = page.detail.head.findChild(QPushButton, "completeness")
    assert complete is not None
    missing = complete.menu().actions()
    assert complete.text() == f"4 % complete, {len(missing)} facts are missing"
    next(one for one in missing if one.text() == "Purpose").trigger()
    desk.settle()
    assert page.detail.tabs.currentWidget() is page.detail.facts
    page.detail.facts.editor("purpose").setPlainText("Tiere")
    page.detail.facts.save()
    desk.settle()
    assert complete.text() == f"8 % complete, {len(missing) - 1} facts are missing"


def test_a_channel_is_confirmed_by_one_key(desk, ids, show):
    page = show(ChannelsPage)
    page.table.selectAll()
    page.confirming.trigger()
    desk.settle()
    assert all(sheet(desk, ids[title]).opened.listed["confirmed_on"] == desk.today for title in ("Ämter", "Zoo"))


def test_the_quick_filters_count_and_narrow(desk, ids, show):
    page = show(ChannelsPage)
    page.chips._chips["unowned"].click()
    desk.settle()
    assert page.table.records.rowCount() == 3
    assert "3" in page.chips._chips["unowned"].text()
    page.chips._chips["mine"].click()
    desk.settle()
    assert page.stack.currentWidget() is page.nothing
    assert page.chips._chips["mine"].text() == _("Mine")  # Nothing is counted by person.
    page.show_record(ids["Bücherei"])
    desk.settle()
    assert page.table.chosen_id() == ids["Bücherei"]
    assert page.chips.key == "all"


def test_an_empty_registry_offers_the_next_step(desk, show):
    channels, people, findings = show(ChannelsPage), show(PeoplePage), show(FindingsPage)
    assert channels.whole.currentWidget() is channels.empty
    assert people.whole.currentWidget() is people.empty
    assert findings.whole.currentWidget() is findings.empty
    desk.fill()
    assert channels.whole.currentWidget() is channels.splitter
    assert people.whole.currentWidget() is people.splitter
    assert findings.whole.currentWidget() is findings.content


def test_a_person_is_shown_with_what_hangs_on_them(desk, ids, show):
    with desk.registry.action(N_("Grant")) as session:
        session.add(Access(channel_id=ids["Stadt"], person_id=ids["Max Mustermann"]))
    page = show(PeoplePage)
    page.show_record(ids["Max Mustermann"])
    desk.settle()
    told = " ".join(label.text() for label in page.detail.ties.findChildren(QLabel))
    assert "Zoo" in told
    assert "Stadt" in told
    press(page.detail.ties, "withdraw-access")
    desk.dialog(WithdrawAccessDialog).decide()
    desk.settle()
    assert sheet(desk, ids["Stadt"]).entrances[0].withdrawn_on == desk.today


def test_a_responsibility_is_ended_in_the_detail(desk, ids, show):
    page = show(ChannelsPage)
    page.table.choose(ids["Bücherei"])
    desk.settle()
    press(page.detail.people, "end-responsibility")
    desk.settle()
    tie = sheet(desk, ids["Bücherei"]).ties[0]
    assert (tie.role, tie.until) == (ResponsibilityRole.OWNER, desk.today)


def test_the_pages_let_go_of_a_closed_registry(desk, ids, show):
    pages = [show(ChannelsPage), show(PeoplePage), show(FindingsPage)]
    for page in pages:
        page.close_registry()
    desk.settle()
    assert pages[0].table.records.rowCount() == pages[1].table.records.rowCount() == 0


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", [ChannelsPage, PeoplePage, FindingsPage])
def test_no_button_is_cut_off_at_the_usual_size(desk, ids, show, kind, language):
    i18n.use_language(language)
    page = show(kind)
    tabs = page.findChild(QTabWidget)
    for number in range(tabs.count() if tabs else 1):
        if tabs:
            tabs.setCurrentIndex(number)
        desk.settle()
        cut = {
            button.text(): (button.width(), button.sizeHint().width())
            for button in page.findChildren(QPushButton)
            if button.isVisible()
            and button.width() < button.sizeHint().width()
            and button.objectName() != "channel-url"
        }
        assert cut == {}
        for area in page.findChildren(QScrollArea):
            assert not area.isVisible() or area.widget().width() <= area.viewport().width()


def test_a_channel_shows_what_it_was_called_before_and_until_when(desk, ids, show, in_english):
    with desk.registry.action(N_("Correct address")) as session:
        change_address(session, session.get_one(Channel, ids["Stadt"]), "x.com/rathaus", today=desk.today)
    desk.settle()
    page = show(ChannelsPage)
    page.show_record(ids["Stadt"])
    desk.settle()
    told = " ".join(one.text() for one in page.detail.head.findChildren(QLabel))
    assert "stadt (x.com/stadt)" in told
    assert show_date(desk.today) in told
