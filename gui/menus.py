"""The menus: every action of the window, its key, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from core import workstation
from core.i18n import N_, _, current_language
from gui import theme
from gui.pages import PAGES, shortcut_of

LANGUAGE_NAMES = {"de": "Deutsch", "en": "English"}
Choose = Callable[[str], None]
Act = Callable[[], object]
_Keys = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu.

    Attributes:
        key: The objectName of its action; also the name of the window's method that it calls.
        label: Source text; "..." at its end says that a dialog follows.
        keys: Its shortcut, the platform's own or written out.
        role: Where macOS puts it.
        closed: Whether it makes sense while no registry is open.
    """

    key: str
    label: str
    keys: tuple[QKeySequence.StandardKey | str, ...] = ()
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    closed: bool = False


FILE = (
    Entry("create_registry", N_("&New registry..."), ("Ctrl+Shift+N",), closed=True),
    Entry("choose_registry", N_("&Open registry..."), (_Keys.Open,), closed=True),
    Entry("open_demo", N_("Open the &demo city"), closed=True),
    None,
    Entry("open_file", N_("Open &file..."), ("Ctrl+Shift+F",)),
    Entry("import_list", N_("&Import a list..."), ("Ctrl+I",)),
    Entry("save_template", N_("Save an &empty list..."), closed=True),
    None,
    Entry("import_keepass", N_("Import from &KeePass...")),
    Entry("export_keepass", N_("Export to Kee&Pass...")),
    None,
    Entry("export_list", N_("&Export what is shown..."), ("Ctrl+E",)),
    Entry("make_report", N_("Quarterly &report..."), ("Ctrl+R",)),
    Entry("answer_council", N_("&Answers for the council..."), ("Ctrl+Shift+E",)),
    Entry("save_backup", N_("Save a &backup...")),
    None,
    Entry("quit", N_("&Quit"), (_Keys.Quit, "Ctrl+Q"), QAction.MenuRole.QuitRole, closed=True),
)
EDIT = (
    Entry("undo", N_("&Undo"), ("Ctrl+Z",)),
    Entry("redo", N_("&Redo"), ("Ctrl+Y", "Ctrl+Shift+Z")),
    None,
    Entry("paste", N_("&Paste an address or a file"), (_Keys.Paste,)),
    Entry("search", N_("&Search"), (_Keys.Find,)),
    Entry("find_anything", N_("&Find anything..."), ("Ctrl+K",), closed=True),
    Entry("save_view", N_("Save &view..."), ("Ctrl+Shift+S",)),
)
CHANNEL = (Entry("add_channel", N_("&Add channel..."), ("Ctrl+N",)),)
TOOLS = (
    Entry("check_again", N_("&Check again"), ("F5",)),
    Entry("verify_log", N_("&Verify the audit log")),
)
HELP = (
    Entry("show_handbook", N_("&Handbook"), ("F1",), closed=True),
    Entry("show_keys", N_("&Keyboard shortcuts"), ("Ctrl+F1",), closed=True),
    Entry("show_about", N_("&About Kanalregister"), (), QAction.MenuRole.AboutRole, closed=True),
)


class Menus:
    """The menu bar of one window; `actions` finds every action by its key."""

    def __init__(self, window: QMainWindow, methods: Callable[[str], Act], show: Choose, speak: Choose) -> None:
        """Make the menus.

        Args:
            window: Whose menu bar it is.
            methods: Gives what an entry calls, by its key.
            show: Shows a page, by its key.
            speak: Chooses a language, by its key.
        """
        self._window = window
        self._methods = methods
        self._speak = speak
        self.actions: dict[str, QAction] = {}
        self._closed = {entry.key for group in (FILE, EDIT, HELP) for entry in group if entry and entry.closed}
        self._menu(_("&File"), FILE)
        self._menu(_("&Edit"), EDIT)
        self._add_pages(window.menuBar().addMenu(_("&View")), show)
        self._of_channels: list[QAction] = []
        self._by_page = {"channels": self._menu(_("&Channel"), CHANNEL)}
        nouns = {"people": _("&Person"), "units": _("&Unit"), "credentials": _("&Login"), "key-cards": _("&Key card")}
        nouns |= {"handovers": _("Hand&over"), "assets": _("A&ppearance"), "reports": _("&Report")}
        nouns |= dict.fromkeys(("asset-matrix", "asset-places"), nouns["assets"])
        for key, title in nouns.items():
            self._by_page[key] = self._menu(title, ())
        self.follow_page("")
        self._menu(_("&Tools"), TOOLS)
        self._menu(_("&Help"), HELP)
        self.allow(is_open=False)

    def allow(self, *, is_open: bool) -> None:
        """Enable what makes sense while a registry is open, or is not."""
        for key, action in self.actions.items():
            action.setEnabled(is_open or key in self._closed)

    def name_history(self, undoable: str | None, redoable: str | None) -> None:
        """Say in the menu what would be undone and done again; the keys always answer."""
        undo, redo = self.actions["undo"], self.actions["redo"]
        undo.setText(_("&Undo: {action}").format(action=_(undoable)) if undoable else _("&Undo"))
        redo.setText(_("&Redo: {action}").format(action=_(redoable)) if redoable else _("&Redo"))

    def name_pages(self) -> None:
        """Call the pages as the city does whose registry is open."""
        for entry in PAGES:
            self.actions[f"page-{entry.key}"].setText(_(entry.label))

    def follow_page(self, page: str) -> None:
        """Offer the menu of the page in sight; a channel can be added everywhere.

        What is done with the chosen channel needs its page: the keys of other pages would else mean two things.
        """
        for key, menu in self._by_page.items():
            menu.menuAction().setVisible(key in {"channels", page})
        for one in self._of_channels:
            one.setVisible(page == "channels")

    def add_page_actions(self, page: str, actions: list[QAction]) -> None:
        """Show what a page can do in the menu of its noun."""
        menu = self._by_page.get(page)
        if menu is not None and actions:
            if menu.actions():
                menu.addSeparator()
            menu.addActions(actions)
        if page == "channels":
            self._of_channels = actions

    def lines(self) -> list[tuple[str, str]]:
        """Return every action that has a key: its name and its key, as the user reads them."""
        return [
            (
                action.text().replace("&", "").removesuffix("..."),
                ", ".join(keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in action.shortcuts()),
            )
            for action in self.all_actions()
            if action.shortcuts()
        ]

    def all_actions(self) -> list[QAction]:
        """Return every action of the menus, those of the pages that were made included."""
        return [action for menu in self._window.menuBar().actions() for action in _actions_in(menu.menu())]

    def _menu(self, title: str, entries: tuple[Entry | None, ...]) -> QMenu:
        menu = self._window.menuBar().addMenu(title)
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            else:
                menu.addAction(self._action(entry))
        return menu

    def _action(self, entry: Entry) -> QAction:
        action = QAction(_(entry.label), self._window)
        action.setObjectName(entry.key)
        action.setMenuRole(entry.role)
        action.setShortcuts(_sequences(entry.keys))
        method = self._methods(entry.key)
        action.triggered.connect(lambda _checked: method())
        self.actions[entry.key] = action
        return action

    def _add_choices(
        self, menu: QMenu, name: str, choices: dict[str, str], kept: Callable[[], str], choose: Choose
    ) -> None:
        """Add entries of which one is chosen, here or in the settings."""
        menu.addSeparator()
        group = QActionGroup(menu)
        for key, label in choices.items():
            action = menu.addAction(label, partial(choose, key))
            action.setObjectName(f"{name}-{key}")
            action.setCheckable(True)
            group.addAction(action)
            menu.aboutToShow.connect(lambda action=action, key=key: action.setChecked(key == kept()))
            action.setChecked(key == kept())

    def _add_pages(self, menu: QMenu, show: Choose) -> None:
        for entry in PAGES:
            action = menu.addAction(_(entry.label), shortcut_of(entry), partial(show, entry.key))
            action.setObjectName(f"page-{entry.key}")
            self.actions[action.objectName()] = action
        schemes = {key: _(label) for key, (label, _scheme) in theme.SCHEMES.items()}
        self._add_choices(menu, "scheme", schemes, theme.chosen_scheme, theme.choose_scheme)
        densities = {key: _(label) for key, (label, _height) in theme.DENSITIES.items()}
        self._add_choices(menu, "density", densities, theme.chosen_density, theme.choose_density)
        self._add_choices(menu, "language", LANGUAGE_NAMES, next_language, self._speak)


def next_language() -> str:
    """Return the language that the program speaks from its next start on."""
    return str(workstation.remembered("language") or current_language())


def _sequences(keys: tuple[QKeySequence.StandardKey | str, ...]) -> list[QKeySequence]:
    found = []
    for key in keys:
        one = QKeySequence(key)
        if not one.isEmpty() and one not in found:
            found.append(one)
    return found


def _actions_in(menu: object) -> list[QAction]:
    return [action for action in menu.actions() if action.text()] if isinstance(menu, QMenu) else []
