"""The city's own words for its organisation units."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from core.errors import RegistryError
from core.i18n import N_, _, usual
from core.settings import Settings
from core.terms import LONGEST_WORD, TERMS, Term, change_term
from gui.pages.settings_parts import Section
from gui.widgets import named
from gui.workspace import Workspace


class TermsSection(Section):
    """One line for each word; an empty one means the program's own."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(
            "terms",
            _("Words"),
            _(
                "What your city calls its organisation units. Navigation, tables, forms and reports say it; where a "
                "line is empty, the program's word stands."
            ),
            parent,
        )
        self._workspace = workspace
        self._stored: dict[str, str] = {}
        self.editors: dict[str, QLineEdit] = {}
        for term in TERMS[:2]:
            self._add(term, _("One unit") if term.key == "term.unit" else _("Several units"))
        self.heading(_("Kinds of units"))
        for term in TERMS[2:]:
            self._add(term, usual(term.source))
        self.end()

    def show_settings(self, settings: Settings) -> None:
        """Show the city's words; what is being typed stays."""
        for key, editor in self.editors.items():
            if not editor.hasFocus() or editor.text() == self._stored.get(key, ""):
                editor.setText(str(settings[key]))
            self._stored[key] = str(settings[key])

    def _add(self, term: Term, label: str) -> None:
        editor = named(QLineEdit(placeholderText=usual(term.source)), term.key)
        editor.setMaxLength(LONGEST_WORD)
        editor.editingFinished.connect(lambda: self._change(term.key, editor))
        self.editors[term.key] = editor
        self.ask(label, editor)

    def _change(self, key: str, editor: QLineEdit) -> None:
        word, before = " ".join(editor.text().split()), self._stored.get(key, "")
        if not self._workspace.is_open or word == before:
            return
        self._stored[key] = word

        def refused(error: RegistryError) -> None:
            self._stored[key] = before
            self._workspace.fail(error)

        self._workspace.act(
            N_("Change word"),
            lambda session: change_term(session, key, word),
            lambda _none: self._workspace.command("offer_new_words"),
            said=_("The word is “{word}” now.").format(word=word) if word else _("The program's word holds again."),
            failed=refused,
            owner=self,
        )
