"""Wiring: the application, its language and theme, the hooks for bugs, the window, and which registry it opens."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from core import workstation
from core.i18n import _, current_language, system_language, use_language
from gui import theme
from gui.bugs import Bug, Bugs
from gui.collecting import Collector
from gui.commands import RESTART
from gui.keyring_watch import KeyringNews, watch_of
from gui.main_window import MainWindow
from gui.tasks import Tasks
from gui.watching import Watching
from gui.workspace import Workspace


def run(registry_path: Path | None, language: str | None, demo: bool = False) -> int:
    """Open the window and stay until it is closed.

    Args:
        registry_path: The registry to open; without it the one opened last, else the usual place.
        language: "de" or "en"; without it the user's choice, else the system's.
        demo: Open the demo city at once.

    Returns:
        The exit code of the process.
    """
    application = make_application(language)
    code = _sit(application, registry_path, demo=demo)
    while application.property(RESTART):
        application.setProperty(RESTART, None)
        use_language(workstation.remembered("language") or system_language())
        application.setApplicationDisplayName(_("Kanalregister"))
        translate_qt(application)
        code = _sit(application, None)
    return code


def _sit(application: QApplication, registry_path: Path | None, *, demo: bool = False) -> int:
    """Open the window, stay until it is closed, and leave nothing of it behind."""
    sitting = Sitting(application)
    sitting.begin(registry_path, demo=demo)
    code = application.exec()
    sitting.end()
    sitting.window.deleteLater()
    sitting.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return code


def make_application(language: str | None = None) -> QApplication:
    """Make the one QApplication, in its language and theme; a second call returns the first's."""
    use_language(language or workstation.remembered("language") or system_language())
    there = QApplication.instance()
    application = there if isinstance(there, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("kanalregister")
    application.setApplicationDisplayName(_("Kanalregister"))
    application.setDesktopFileName("kanalregister")
    translate_qt(application)
    theme.dress(application)
    return application


def translate_qt(application: QApplication) -> None:
    """Give Qt's own texts and date formats the language of the program."""
    german = current_language() == "de"
    QLocale.setDefault(QLocale(QLocale.Language.German if german else QLocale.Language.English))
    for former in application.findChildren(QTranslator):
        application.removeTranslator(former)
        former.deleteLater()
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if german and translator.load("qtbase_de", folder):
        application.installTranslator(translator)


class Sitting(QObject):
    """One sitting at the program: lanes, workspace, window, and what ties them."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.tasks = Tasks(self)
        self.collector = Collector(self.tasks, self)
        self.bugs = Bugs(self)
        self.bugs.watch(self.tasks)
        self.bugs.found.connect(self._show_bug)
        self.workspace = Workspace(self.tasks, self)
        self.bugs.refused.connect(self.workspace.fail)
        self._day = self.workspace.today()
        application.applicationStateChanged.connect(self._see_the_day)
        self.window = MainWindow(self.workspace)
        self.watching = Watching(self.workspace, self)
        self.watching.noticed.connect(self.window.status.overhear)
        watch_of(self.workspace).changed.connect(self._show_keyring)
        self.window.status.keyring_wanted.connect(lambda: self.window.show_page("credentials"))

    def _show_keyring(self, news: KeyringNews) -> None:
        self.window.status.show_keyring(_(news.standing.value) if news.standing.value else "", "\n".join(news.notes))

    def begin(self, registry_path: Path | None, *, demo: bool = False) -> None:
        """Show the window; once it has been painted, open the registry or welcome the user."""
        path = registry_path or last_registry()
        awaited = {"painted", "looked"}

        def go_on(what: str) -> None:
            awaited.discard(what)
            if not awaited:
                self._open(path, demo=demo)

        self.window.painted.connect(lambda: go_on("painted"))
        if demo:
            awaited.discard("looked")
        else:
            self.window.pages.look_first(path, lambda: go_on("looked"))
        self.window.show()

    def _open(self, path: Path, *, demo: bool) -> None:
        if demo:
            self.window.commands.open_demo()
        elif path.exists():
            self.workspace.open(path)
        else:
            self._welcome(path)

    def end(self) -> None:
        """Finish what was begun, close the registry, give the hooks back."""
        self.workspace.close()
        self.tasks.close()
        self.collector.release()
        self.bugs.release()

    def _see_the_day(self, state: Qt.ApplicationState) -> None:
        """Derive the findings anew when somebody comes back on another day; no timer waits for midnight."""
        today = self.workspace.today()
        if state is Qt.ApplicationState.ApplicationActive and today != self._day:
            self._day = today
            self.workspace.check_again(quietly=True)

    def _welcome(self, path: Path) -> None:
        from gui.dialogs.first_start import FirstStart

        self.window.show_instead(FirstStart(self.workspace, path, self.window.commands))

    def _show_bug(self, bug: Bug) -> None:
        from gui.dialogs.bug import show_bug

        show_bug(bug, self.window)


def last_registry() -> Path:
    """Return the registry opened last if it is still there, else the usual place."""
    kept = workstation.remembered("registry")
    return Path(kept) if kept and Path(kept).exists() else workstation.default_registry()
