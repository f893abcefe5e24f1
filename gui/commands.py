"""What the menus do: a method for each command, named as its action; dialogs are imported when opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from core import workstation
from core.i18n import _, current_language, ngettext
from gui.choices import choose
from gui.help import Help
from gui.menus import next_language
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.registry import Registry
    from core.storage.chain import Verdict
    from gui.main_window import MainWindow

PATTERN = "*.kanal"
DEMO_NAME = "demo.kanal"
RESTART = "restart"
"""The application's property that says that the window is to be opened again once it is closed."""


class Commands(QObject):
    """The commands of one window."""

    def __init__(self, workspace: Workspace, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window
        self._help = Help(workspace, window)
        self.demo_path = workstation.data_folder() / DEMO_NAME

    def create_registry(self) -> None:
        """Make a new registry where the user says."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self._window, _("New registry"), str(workstation.default_registry()), self._kinds()
        )
        if chosen:
            self._workspace.create(Path(chosen))

    def choose_registry(self) -> None:
        """Open a registry that is there already."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self._window, _("Open registry"), str(workstation.data_folder()), self._kinds()
        )
        if chosen:
            self._workspace.open(Path(chosen))

    def open_demo(self) -> None:
        """Open the demo city, made if it is not there yet."""
        if self.demo_path.exists():
            self._workspace.open(self.demo_path)
        else:
            self._workspace.say(_("The demo city is being built..."))
            self._workspace.create(self.demo_path, fill=_fill_demo)

    def say_who(self) -> None:
        """Ask who works here."""
        from gui.dialogs.who import WhoDialog

        WhoDialog(self._workspace, self._window).open()

    def save_template(self) -> None:
        """Save an empty list to fill in."""
        from gui.dialogs.list_files import save_template

        save_template(self._workspace, self._window)

    def save_backup(self) -> None:
        """Save a copy of the registry while it is in use."""
        suggested = workstation.data_folder() / _("backup-{day}.kanal").format(day=self._workspace.today().isoformat())
        chosen, _kind = QFileDialog.getSaveFileName(self._window, _("Save a backup"), str(suggested), self._kinds())
        if chosen:
            self._workspace.read(lambda registry: _back_up(registry, Path(chosen)), self._tell_of_backup)

    def check_again(self) -> None:
        """Derive the findings anew."""
        self._workspace.check_again()

    def verify_log(self) -> None:
        """Check the audit log's chain."""
        self._workspace.say(_("The log is being checked..."))
        self._workspace.read_long(lambda registry, _job: registry.verify(), self._show_verdict)

    def _tell_of_backup(self, told: tuple[str, str]) -> None:
        written, warning = told
        if written:
            self._workspace.say(written)
        if warning:
            self._workspace.warned.emit(warning)

    def _show_verdict(self, verdict: Verdict) -> None:
        if verdict.broken_at is None:
            whole = ngettext("The log is whole: {count} entry.", "The log is whole: {count} entries.", verdict.entries)
            self._workspace.say(whole.format(count=verdict.entries))
            return
        self._workspace.refused.emit(
            _("The log is broken: entry {number} is not as it was written. Please compare with a backup.").format(
                number=verdict.broken_at
            )
        )

    def open_file(self) -> None:
        """Open a file of any kind: a list, a key card, a statement that a colleague sent."""
        from gui.opening_files import choose_file

        choose_file(self._workspace, self._window)

    def open_dropped(self, files: list[Path], text: str = "") -> None:
        """Open dropped files, or a pasted text that is written like one."""
        from gui.opening_files import open_content, open_files

        if files:
            open_files(self._workspace, files, self._window)
        else:
            open_content(self._workspace, text.encode(), self._window)

    def import_list(self, file: Path | None = None) -> None:
        """Import a list that the office keeps."""
        from gui.dialogs.import_list import ImportDialog
        from gui.dialogs.list_files import choose_list

        chosen = file or choose_list(self._window)
        if chosen is not None:
            ImportDialog(self._workspace, chosen, self._window).open()

    def import_keepass(self, file: Path | None = None) -> None:
        """Take logins in from a KeePass file."""
        from gui.dialogs.import_keepass import ImportKeePassDialog, choose_keepass

        chosen = file or choose_keepass(self._window)
        if chosen is not None:
            ImportKeePassDialog(self._workspace, chosen, self._window).open()

    def export_keepass(self) -> None:
        """Write logins to a KeePass file."""
        from gui.dialogs.export_keepass import ExportKeePassDialog

        ExportKeePassDialog(self._workspace, parent=self._window).open()

    def make_report(self) -> None:
        """Make the quarterly report."""
        from gui.dialogs.report import ReportDialog

        ReportDialog(self._workspace, self._window).open()

    def answer_council(self) -> None:
        """Answer questions of the council."""
        from gui.dialogs.council_answers import CouncilAnswersDialog

        CouncilAnswersDialog(self._workspace, self._window).open()

    def add_channel(self, text: str = "") -> None:
        """Add a channel by its address."""
        from gui.dialogs.add_channel import AddChannelDialog

        AddChannelDialog(self._workspace, text, self._window).open()

    def quit(self) -> None:
        """Close the window and end the program."""
        self._window.leave()

    def follow_tray(self) -> None:
        """Show or hide the picture in the tray, as chosen."""
        self._window.follow_tray()

    def offer_restart(self) -> None:
        """Say that a choice holds after a restart, and offer it; nothing is to be said if the choice was taken back."""
        if next_language() == current_language():
            self._window.messages.clear()
            return
        self._window.messages.show_message(
            _("The language changes when the program starts again."), "notice", (_("Restart now"), self.restart)
        )

    def offer_new_words(self) -> None:
        """Say that forms that were made keep their words until a restart, and offer it."""
        self._window.messages.show_message(
            _("Lists say the new word at once, forms when the program starts again."),
            "notice",
            (_("Restart now"), self.restart),
        )

    def restart(self) -> None:
        """End the window and open it again, on the same registry and page."""
        application = QGuiApplication.instance()
        if application is not None:
            application.setProperty(RESTART, True)
        self._window.leave()

    def speak(self, language: str) -> None:
        """Keep the choice of a language for the next start, and offer one."""
        choose("language", language)
        self.offer_restart()

    def undo(self) -> None:
        """Undo the last action of this sitting."""
        self._workspace.undo()

    def redo(self) -> None:
        """Do again what was undone last."""
        self._workspace.redo()

    def paste(self) -> None:
        """Use the clipboard: an address becomes a channel, a list file an import."""
        page = self._window.pages.page
        if not self._window.take(QGuiApplication.clipboard().mimeData()) and page is not None:
            self._workspace.say(_(page.unpasted))

    def search(self) -> None:
        """Put the cursor into the page's search field."""
        if self._window.pages.page is not None:
            self._window.pages.page.focus_search()

    def find_anything(self) -> None:
        """Find a record, a page or a command by its name and go there."""
        from gui.dialogs.find_anything import FindAnything, ways_of

        FindAnything(self._workspace, ways_of(self._window.menus.all_actions()), self._window).open()

    def save_view(self) -> None:
        """Keep how the list in sight is looked at under a name."""
        views = getattr(self._window.pages.page, "views", None)
        if views is not None:
            views.ask_name()
        else:
            self._miss_list()

    def export_list(self) -> None:
        """Write the list in sight to a file, as it is shown."""
        from gui.dialogs.export_list import ExportDialog

        page = self._window.pages.page
        wanted = page.exportable() if page is not None else None
        if wanted is not None:
            ExportDialog(self._workspace, wanted, self._window).open()
        else:
            self._miss_list()

    def _miss_list(self) -> None:
        self._workspace.say(_("There is no list here. Go to channels, people, units, findings or the log first."))

    def show_handbook(self) -> None:
        """Open the handbook at what is in front."""
        self._help.show()

    def show_about(self) -> None:
        """Say what the program is and which registry is open."""
        from gui.dialogs.about import AboutDialog

        AboutDialog(self._workspace, self._window).open()

    def show_keys(self) -> None:
        """List the keys of all commands."""
        from gui.dialogs.keys import KeysDialog

        KeysDialog(self._window.menus.lines(), self._window).open()

    def _kinds(self) -> str:
        return _("Registries ({pattern})").format(pattern=PATTERN)


def _back_up(registry: Registry, target: Path) -> tuple[str, str]:
    """Back up; say what was written, and warn of what is missing in it and of a folder that a cloud synchronises."""
    from core.cloud_folders import cloud_warning
    from core.exchange.targets import refuse_kept
    from core.restoring import save_backup, told_of_backup

    refuse_kept(target, registry.path, backup=True)
    lacking, warning = save_backup(registry, target), cloud_warning(target)
    told = told_of_backup(target, lacking)
    return ("", f"{told} {warning}".strip()) if lacking else (told, warning)


def _fill_demo(registry: Registry) -> None:
    from core.exchange.demo import fill

    fill(registry, today=registry.today())
