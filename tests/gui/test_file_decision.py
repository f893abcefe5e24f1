"""A dialog that writes a file suggests a free name, keeps one that was typed, and replaces nothing unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.dialogs.file_decision import FileDecision, free_name


class Writing(FileDecision):
    """Writes a word."""

    beside = False
    """Whether the word is written into a second file, too."""

    def suffix(self) -> str:
        return ".txt"

    def files(self) -> list[Path]:
        return [self.path, *([self.path.with_suffix(".md")] if self.beside else [])]

    def make(self) -> None:
        for file in self.files():
            file.write_text("new")
        self.finish(self.path, "It is written.")


@pytest.fixture
def dialog(desk, qtbot, in_english, tmp_path):
    parent = QWidget()
    qtbot.addWidget(parent)
    made = Writing(desk.workspace, "Which file?", "Write", parent)
    made.ask_target()
    made.suggest("first.txt")
    made.target.setText(str(tmp_path / "first.txt"))
    made.open()
    yield made
    made.accept()


def named(dialog: Writing) -> str:
    return dialog.path.name


def pressed(desk, dialog: Writing) -> str:
    dialog.primary.click()
    desk.settle()
    return dialog.primary.text()


def test_a_name_that_was_typed_stays(dialog, tmp_path):
    dialog.target.setText(str(tmp_path / "typed.txt"))
    dialog.suggest("second.txt")
    assert named(dialog) == "typed.txt"


def test_no_name_is_suggested_that_a_file_has_already(dialog, tmp_path):
    for name in ("second.txt", "second-2.txt"):
        (tmp_path / name).touch()
    dialog.suggest("second.txt")
    assert named(dialog) == "second-3.txt"
    dialog.end_in(".csv")
    assert named(dialog) == "second-3.csv"


def test_a_file_is_replaced_only_when_that_is_said_twice(desk, dialog, tmp_path):
    out = tmp_path / "there.txt"
    out.write_text("what somebody filled in")
    dialog.target.setText(str(out))
    assert pressed(desk, dialog) == "Replace"
    assert "“there.txt” is there already" in dialog.messages.text
    assert out.read_text() == "what somebody filled in"
    assert dialog.target.selectedText() == str(out)
    assert pressed(desk, dialog) == "Open"
    assert out.read_text() == "new"


def test_another_name_is_a_question_of_its_own(desk, dialog, tmp_path):
    for name in ("one.txt", "other.txt"):
        (tmp_path / name).write_text(name)
    dialog.target.setText(str(tmp_path / "one.txt"))
    assert pressed(desk, dialog) == "Replace"
    dialog.target.setText(str(tmp_path / "other.txt"))
    assert (dialog.primary.text(), dialog.messages.text) == ("Write", "")
    assert pressed(desk, dialog) == "Replace"
    assert [(tmp_path / name).read_text() for name in ("one.txt", "other.txt")] == ["one.txt", "other.txt"]


def test_what_the_system_has_not_asked_about_is_asked_about_here(desk, dialog, tmp_path, monkeypatch):
    chosen, beside = tmp_path / "there.txt", tmp_path / "there.md"
    for one in (chosen, beside):
        one.write_text("mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(chosen), ""))
    dialog.beside = True
    dialog.choosing.click()
    assert pressed(desk, dialog) == "Replace"
    assert "“there.md” is there already" in dialog.messages.text
    assert (chosen.read_text(), beside.read_text()) == ("mine", "mine")
    assert pressed(desk, dialog) == "Open"
    assert (chosen.read_text(), beside.read_text()) == ("new", "new")


def test_a_file_that_is_wanted_afterwards_is_asked_about_on_its_own(desk, dialog, tmp_path):
    chosen, beside = tmp_path / "there.txt", tmp_path / "there.md"
    for one in (chosen, beside):
        one.write_text("mine")
    dialog.target.setText(str(chosen))
    assert pressed(desk, dialog) == "Replace"
    dialog.beside = True
    assert pressed(desk, dialog) == "Replace"
    assert "“there.md” is there already" in dialog.messages.text
    assert beside.read_text() == "mine"
    assert pressed(desk, dialog) == "Open"


def test_several_files_are_asked_about_at_once(desk, dialog, tmp_path):
    for name in ("there.txt", "there.md"):
        (tmp_path / name).write_text("mine")
    dialog.beside = True
    dialog.target.setText(str(tmp_path / "there.txt"))
    assert pressed(desk, dialog) == "Replace"
    assert "These files are there already: there.txt, there.md." in dialog.messages.text
    assert pressed(desk, dialog) == "Open"


def test_a_name_typed_while_the_first_is_looked_up_is_looked_up_itself(desk, dialog, tmp_path):
    (tmp_path / "there.txt").write_text("mine")
    dialog.target.setText(str(tmp_path / "free.txt"))
    dialog.primary.click()
    dialog.target.setText(str(tmp_path / "there.txt"))
    desk.settle()
    assert "“there.txt” is there already" in dialog.messages.text
    assert (tmp_path / "there.txt").read_text() == "mine"


def test_where_nothing_lies_one_click_is_enough(desk, dialog, tmp_path):
    dialog.target.setText(str(tmp_path / "new.txt"))
    assert pressed(desk, dialog) == "Open"
    assert (tmp_path / "new.txt").read_text() == "new"
    assert not dialog.target.isEnabled()


def test_where_all_names_are_taken_the_first_is_asked_about(tmp_path):
    taken = [tmp_path / "a.txt", *(tmp_path / f"a-{number}.txt" for number in range(2, 100))]
    for one in taken:
        one.touch()
    assert free_name(Path(taken[0])) == taken[0]


def test_a_name_alone_lies_in_the_folder_that_was_suggested(desk, dialog, tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    dialog.suggest("first.txt")
    dialog.target.setText("alone.txt")
    assert dialog.path == tmp_path / "alone.txt"
    dialog.target.editingFinished.emit()
    assert dialog.target.text() == str(tmp_path / "alone.txt")
    assert pressed(desk, dialog) == "Open"
    assert (tmp_path / "alone.txt").is_file()
    assert not list(elsewhere.iterdir())


def test_without_a_name_nothing_is_offered_to_be_replaced(desk, dialog):
    dialog.target.setText("  ")
    assert pressed(desk, dialog) == "Write"
    assert dialog.messages.text == "Please say where it is to be written."


def test_what_cannot_be_replaced_is_refused_before_it_is_asked_about(desk, dialog, tmp_path):
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "real.txt").write_text("mine")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    for name, sentence in (("folder.txt", "is a folder"), ("link.txt", "is a link"), ("missing/a.txt", "is not there")):
        dialog.target.setText(str(tmp_path / name))
        assert pressed(desk, dialog) == "Write"
        assert sentence in dialog.messages.text
        assert dialog.primary.isEnabled()


def test_the_open_registry_is_never_offered_to_be_replaced(desk, dialog, tmp_path):
    registry = desk.registry.path
    named_like_a_text = tmp_path / "hard.txt"
    named_like_a_text.hardlink_to(registry)
    before = registry.read_bytes()
    dialog.target.setText(str(named_like_a_text))
    assert pressed(desk, dialog) == "Write"
    assert "belongs to the open registry" in dialog.messages.text
    dialog.target.setText(str(registry.with_name(f"{registry.name}.reports") / "a.txt"))
    assert pressed(desk, dialog) == "Write"
    assert "kept by the program itself" in dialog.messages.text
    assert registry.read_bytes() == before
