"""The city's name and coat of arms, and who works here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from core.errors import RegistryError
from core.exchange.coat_of_arms import SUFFIXES, change_coat_of_arms, read_picture
from core.i18n import N_, _
from core.settings import Settings, change_setting
from gui.pages.settings_parts import Section
from gui.widgets import named
from gui.workspace import Workspace

CITY = "city.name"
DOMAINS = "office.mail-domains"
ARMS_SIDE = 64


class CitySection(Section):
    """What the registry is called, and under which name one's own changes stand in its log."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__("city", _("City and you"), parent=parent)
        self._workspace = workspace
        self._stored = ""
        self.city = named(QLineEdit(placeholderText=_("City of Musterstadt")), CITY)
        self.city.editingFinished.connect(self._change)
        self.me = named(QLabel(), "me")
        self._say_who = named(QPushButton(_("Enter your name...")), "say-who")
        self._say_who.clicked.connect(lambda _checked: workspace.command("say_who"))
        self.ask(_("&Name of the city"), self.city, help_text=_("It stands in the window's title and on every report."))
        help_text = _("It stands in the log beside what you change.")
        self.ask(_("Your name"), self.me, self._say_who, help_text=help_text)
        self.domains = named(QLineEdit(placeholderText="stadt.example, werke.example"), DOMAINS)
        self._known_domains = ""
        self._add_domains()
        self._add_arms()
        self.end()

    def show_settings(self, settings: Settings, me: str, arms: bytes | None = None) -> None:
        """Show the city's name, unless it is being typed, its coat of arms, and one's own name."""
        self.show_arms(arms)
        if not self.city.hasFocus() or self.city.text().strip() == self._stored:
            self.city.setText(str(settings[CITY]))
        self._stored = str(settings[CITY])
        if not self.domains.hasFocus() or self.domains.text().strip() == self._known_domains:
            self.domains.setText(str(settings[DOMAINS]))
        self._known_domains = str(settings[DOMAINS])
        self.me.setText(me or _("not known yet"))
        self._say_who.setVisible(not me)

    def show_arms(self, png: bytes | None) -> None:
        """Show the coat of arms, or that there is none."""
        picture = QPixmap()
        shown = png is not None and picture.loadFromData(png, "PNG")
        self.removing.setVisible(shown)
        self.choosing.setText(_("Choose another picture...") if shown else _("Choose a picture..."))
        if shown:
            kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.arms.setPixmap(picture.scaled(ARMS_SIDE, ARMS_SIDE, kept, smooth))
        else:
            self.arms.setText(_("none yet"))

    def take_arms(self, file: Path) -> None:
        """Make a picture file anew, beside all other work, and keep it as the coat of arms."""
        self.choosing.setEnabled(False)
        self._workspace.read_long(
            lambda _registry, _job: read_picture(file), self._keep_arms, failed=self._refuse_arms, owner=self
        )

    def _add_domains(self) -> None:
        self.domains.editingFinished.connect(self._change_domains)
        help_text = _("A login whose recovery address lies elsewhere is a finding. Empty: nothing is judged by it.")
        self.ask(_("Mail &domains of the office"), self.domains, help_text=help_text)

    def _add_arms(self) -> None:
        self.arms = named(QLabel(), "arms")
        self.choosing = named(QPushButton(), "choose-arms")
        self.removing = named(QPushButton(_("Remove")), "remove-arms", link=True)
        self.removing.setAccessibleName(_("Remove the coat of arms"))
        self.choosing.clicked.connect(lambda _checked: self._choose_arms())
        self.removing.clicked.connect(lambda _checked: self._change_arms(None))
        help_text = _("It stands beside the city's name and on every report. PNG, JPEG, WebP or GIF.")
        self.ask(_("Coat of arms"), self.arms, self.choosing, self.removing, help_text=help_text)
        self.show_arms(None)

    def _choose_arms(self) -> None:
        kinds = _("Pictures ({pattern})").format(pattern=" ".join(f"*{suffix}" for suffix in SUFFIXES))
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Coat of arms"), str(Path.home()), kinds)
        if chosen:
            self.take_arms(Path(chosen))

    def _keep_arms(self, png: bytes) -> None:
        self.choosing.setEnabled(True)
        self._change_arms(png)

    def _refuse_arms(self, error: RegistryError) -> None:
        self.choosing.setEnabled(True)
        self._workspace.fail(error)

    def _change_arms(self, png: bytes | None) -> None:
        self._workspace.act(
            N_("Change coat of arms") if png is not None else N_("Remove coat of arms"),
            lambda session: change_coat_of_arms(session, png),
            said=_("The coat of arms was changed.") if png is not None else _("The coat of arms was removed."),
            owner=self,
        )

    def _change(self) -> None:
        name = self.city.text().strip()
        if not self._workspace.is_open or name == self._stored:
            return
        self._stored = name

        def change(session: Any) -> None:
            change_setting(session, CITY, name)

        said = _("The city is called {name} now.").format(name=name) if name else _("The city has no name now.")
        self._workspace.act(N_("Change name of the city"), change, said=said, owner=self)

    def _change_domains(self) -> None:
        domains = self.domains.text().strip()
        if not self._workspace.is_open or domains == self._known_domains:
            return
        self._known_domains = domains

        def change(session: Any) -> None:
            change_setting(session, DOMAINS, domains)

        said = _("The mail domains of the office were changed.")
        self._workspace.act(N_("Change mail domains of the office"), change, said=said, owner=self)
