"""A desk to work at in tests: an open registry, a workspace, and patience until all work is done."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from core.i18n import N_
from core.inventory import channels, people, responsibilities, units
from core.model import ResponsibilityRole
from core.registry import Registry
from gui.tasks import Tasks
from gui.workspace import Workspace
from tests.founding import put_registry

W = TypeVar("W", bound=QWidget)
PATIENCE = 60.0
"""A busy machine takes its time; what ends does not wait for it."""


class Desk:
    """One workspace with its lanes."""

    def __init__(self, path: Path) -> None:
        put_registry(path)
        self.tasks = Tasks()
        self.workspace = Workspace(self.tasks)
        self.window = QWidget()
        self.said: list[str] = []
        self.refused: list[str] = []
        self.bugs: list[BaseException] = []
        self.went: list[tuple[str, object]] = []
        self.workspace.said.connect(lambda sentence, *_more: self.said.append(sentence))
        self.workspace.refused.connect(self.refused.append)
        self.workspace.going.connect(lambda page, record: self.went.append((page, record)))
        self.tasks.failed.connect(self.bugs.append)
        self.workspace.open(path)
        self.settle()

    @property
    def registry(self) -> Registry:
        return self.workspace.registry

    @property
    def today(self) -> date:
        return self.workspace.today()

    def settle(self) -> None:
        """Wait until every lane has done its work and the window knows it."""
        end = time.monotonic() + PATIENCE
        quiet = 0
        while quiet < 3:
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            quiet = quiet + 1 if self.tasks.idle() else 0
            time.sleep(0.0005 if quiet else 0.002)
            assert time.monotonic() < end, "the work never ends"
        assert not self.bugs, self.bugs

    def fill(self) -> dict[str, Any]:
        """Put four channels and three people into the registry: two channels without an owner, one with a leaver."""
        with self.registry.action(N_("Fill")) as session:
            unit = units.add_unit(session, "FD 3.5 Internetredaktion")
            erika = people.add_person(session, "Erika Mustermann", function="Leiterin", email="erika@stadt.example")
            max_ = people.add_person(session, "Max Mustermann")
            people.add_person(session, "Pressestelle")
            session.flush()
            max_.left_on = self.today - timedelta(days=20)
            made = {
                title: channels.add_channel(session, address, title=title, unit_id=unit.id, today=self.today)
                for title, address in {
                    "Ämter": "facebook.com/aemter",
                    "Bücherei": "instagram.com/buecherei",
                    "Stadt": "x.com/stadt",
                    "Zoo": "https://zoo.example/blog",
                }.items()
            }
            session.flush()
            for title, person in (("Bücherei", erika), ("Zoo", max_)):
                responsibilities.assign(session, made[title].id, person.id, ResponsibilityRole.OWNER, since=None)
            ids = {title: channel.id for title, channel in made.items()}
            ids |= {"Erika Mustermann": erika.id, "Max Mustermann": max_.id}
        self.settle()
        return ids

    def dialog(self, kind: type[W]) -> W:
        """Return the one open dialog of a kind."""
        self.settle()
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
        assert len(found) == 1, found
        return found[0]

    def type(self, widget: QWidget, text: str) -> None:
        """Type as a person does; umlauts as key events, because QTest aborts on them."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
        self.settle()

    def close(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()
        self.settle()
        self.workspace.close()
        self.settle()
        self.tasks.close()
        self.window.deleteLater()
        QApplication.clipboard().clear()  # As the program does when it ends; Qt dies on what is left there.
