"""Somebody at the real window of a process of its own, which is killed at a durable step of what they do there.

They do what the window asks of them: take in what lies in the shared folder, and take each step that is due. What
counts as a durable step is told in `killed_commands`; it is counted anew from each press of a button on.
"""

from __future__ import annotations

import json
import os
import signal
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from core import workstation
from core.custody.handover.possible import Doing
from core.custody.handover.reading import Found, Sort
from gui.app import Sitting, make_application
from gui.dialogs.handover_accept import AcceptHandoverDialog
from gui.dialogs.handover_arriving import ArrivingDialog
from gui.dialogs.handover_change import HandoverChangeDialog
from gui.dialogs.handover_decision import HandoverDecision
from gui.dialogs.handover_ending import EndHandoverDialog
from gui.dialogs.handover_release import ReleaseHandoverDialog
from gui.dialogs.handover_saving import SaveHandoverFilesDialog
from gui.dialogs.handover_seal import SealHandoverDialog
from gui.handover_folder import CHOICE
from gui.pages.handovers import HandoversPage
from tests.endurance.children import servers
from tests.endurance.killed_commands import DurableSteps
from tests.journeys.platforms_server import browsing

PATIENCE = 60.0
MOST_TURNS = 40
"""Whoever still finds something to do then goes round in circles."""

NAMES: Mapping[type[HandoverDecision], str] = {
    AcceptHandoverDialog: "accept",
    SealHandoverDialog: "seal",
    ReleaseHandoverDialog: "release",
    EndHandoverDialog: "end",
    SaveHandoverFilesDialog: "save again",
}


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody is to do at the window.

    Attributes:
        place: The environment of their programs.
        registry: Their registry.
        folder: The shared folder.
        platform: The file that says which secret opens the account.
        handover: Which handover it is about.
        end: How they end it instead of going on.
        again: Whether they lay their own files into the folder once more, since the window was gone in between.
        kills: After which durable step of what is done the process is killed, by the name of it; "" is anything else.
        spared: In doing what it lives.
    """

    place: Mapping[str, str]
    registry: Path
    folder: Path
    platform: Path
    handover: UUID
    end: Doing | None = None
    again: bool = False
    kills: Mapping[str, int] = field(default_factory=dict)
    spared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sat:
    """What came of it.

    Attributes:
        killed: In what the process was killed; empty where it lived.
        taken: How many durable steps each thing took that was done to its end.
    """

    killed: str
    taken: Mapping[str, int]


def kill_at(kills: Mapping[str, int], doing: str) -> int:
    """Return after which durable step of something the process is killed; 0 lets it live."""
    return kills.get(doing, kills.get("", 0))


def sit(order: Order) -> Sat:
    """Let somebody work at the window until nothing is left to do, or the process is killed."""
    ours, theirs = servers().Pipe(duplex=False)
    child = servers().Process(target=_serve, args=(order, theirs), daemon=True)
    child.start()
    theirs.close()
    begun, taken = "", dict[str, int]()
    try:
        while (told := ours.recv()) is not None:
            begun, former, count = told
            if former:
                taken[former] = min(taken.get(former, count), count)
        begun = ""
    except EOFError:
        pass
    child.join()
    assert child.exitcode == (-signal.SIGKILL if begun else 0), "\n".join([begun, *taken])
    return Sat(begun, taken)


def _serve(order: Order, pipe: Connection) -> None:
    os.environ.update({**order.place, "QT_QPA_PLATFORM": "offscreen"})
    try:
        at = _AtTheWindow(order, pipe)
        with browsing():
            at.work()
        pipe.send(("", at.doing, at.steps.taken))
        pipe.send(None)
    except BaseException:  # noqa: BLE001 - whatever it is, it is what came of it
        pipe.send(("", traceback.format_exc(), 0))
        os._exit(1)
    pipe.close()
    os._exit(0)


class _AtTheWindow:
    """Whoever sits there."""

    def __init__(self, order: Order, pipe: Connection) -> None:
        self.doing, self.steps = "", DurableSteps()
        self._order, self._pipe = order, pipe
        workstation.remember(CHOICE, str(order.folder))
        self.steps.watch()
        self._begin("open the window")
        self._sitting = Sitting(make_application("en"))
        self._sitting.begin(order.registry)
        self._until(lambda: self._sitting.workspace.is_open)
        self._settle()

    def work(self) -> None:
        """Take one step after another, then leave."""
        if self._order.again:
            self._lay_again()
        for _turn in range(MOST_TURNS):
            if not self._go_on():
                break
        else:
            raise AssertionError("there is always something left to do")
        self._begin("leave")
        self._sitting.window.close()
        self._sitting.end()

    def _go_on(self) -> bool:
        """Do the next thing that the window asks for; say whether there was any."""
        if (dialog := self._dialog()) is not None:
            self._decide(dialog)
            return True
        page, end = self._page(), self._order.end
        if end is not None and page.acts.actions[end].isEnabled():
            page.acts.take(end)
        elif page.arrivals.isVisible():
            self._press(self._button(page, "arrival-0"), f"look at {_sorts(page.arrivals.letters[0].found)}")
        elif page.detail.next.isVisible():
            self._press(page.detail.next)
        else:
            return False
        self._settle()
        return True

    def _decide(self, dialog: HandoverDecision) -> None:
        if dialog._is_done:
            self._press(dialog.primary)
            return
        match dialog:
            case HandoverChangeDialog() if dialog._revision is None:
                self._press(dialog.primary, "begin")
                self._change(dialog)
            case HandoverChangeDialog():
                self._change(dialog)
                self._press(dialog.all_done)
                self._press(self._button(dialog, "tokens-removed=not-there"))
                if not dialog.signed_in.is_ticked():
                    self._press(dialog.signed_in.check.box)
                self._press(dialog.primary, "confirm")
            case ArrivingDialog():
                self._press(dialog.primary, f"take in {_sorts(dialog._found)}")
            case EndHandoverDialog():
                dialog.reason.setText("Doch nicht")
                self._press(dialog.primary, "end")
            case _:
                self._press(dialog.primary, NAMES[type(dialog)])

    def _change(self, dialog: HandoverChangeDialog) -> None:
        """Set the new secret on the platform; once more does no harm."""
        self._press(dialog.new.copying)
        new = QApplication.clipboard().text()
        assert new, f"no new secret: {dialog.messages.text}"
        aside = self._order.platform.with_suffix(".new")
        aside.write_text(json.dumps(new), "utf-8")
        aside.replace(self._order.platform)

    def _lay_again(self) -> None:
        """Lay all own files into the folder, since nobody knows whether the last one was."""
        page = self._page()
        if not page.acts.actions[Doing.SAVE_FILES].isEnabled():
            return
        page.acts.take(Doing.SAVE_FILES)
        self._settle()
        dialog = self._dialog()
        assert isinstance(dialog, SaveHandoverFilesDialog)
        for check in dialog.things.checks.values():
            check.box.setChecked(True)
        self._press(dialog.primary, "save again")

    def _page(self) -> HandoversPage:
        """Look at the handover, and into the folder."""
        window = self._sitting.window
        window.show_page("handovers")
        self._settle()
        page = window.pages.page
        assert isinstance(page, HandoversPage)
        page.show_record(self._order.handover)
        page._woken(Qt.ApplicationState.ApplicationActive)
        self._settle()
        return page

    def _dialog(self) -> HandoverDecision | None:
        shown = [one for one in self._sitting.window.findChildren(HandoverDecision) if one.isVisible()]
        return shown[-1] if shown else None

    def _button(self, within: QWidget, name: str) -> QPushButton:
        found = within.findChild(QPushButton, name)
        assert isinstance(found, QPushButton), name
        return found

    def _press(self, button: QAbstractButton, doing: str = "") -> None:
        """Press a button that can be pressed, and wait; what it does has a name where it is killed."""
        told = getattr(getattr(button.window(), "messages", None), "text", "")
        assert button.isVisible(), f"{self.doing}, {button.text()}: {told}"
        assert button.isEnabled(), f"{self.doing}, {button.text()}: {told}"
        if doing:
            self._begin(doing)
        button.click()
        self._settle()

    def _begin(self, doing: str) -> None:
        self._pipe.send((doing, self.doing, self.steps.taken))
        self.doing = doing
        self.steps.begin(0 if doing in self._order.spared else kill_at(self._order.kills, doing))

    def _settle(self) -> None:
        """Wait until every lane has done its work and the window knows it."""
        quiet = 0

        def is_quiet() -> bool:
            nonlocal quiet
            quiet = quiet + 1 if self._sitting.tasks.idle() else 0
            return quiet >= 3

        self._until(is_quiet)

    def _until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            time.sleep(0.001)
            assert time.monotonic() < end, f"{self.doing}: the work never ends"


def _sorts(found: Sequence[Found]) -> str:
    """Return what files are, one after the other."""
    acts = {one.statement.act.value for one in found if one.statement is not None and one.sort is not Sort.BUNDLE}
    return ", ".join([*sorted(acts), *(["bundle"] if any(one.sort is Sort.BUNDLE for one in found) else [])])
