"""Takes the pictures of the main pages that README and handbook show: the demo city, as a visitor would see it.

    python -m resources.setup.pictures                  all pictures in both languages
    python -m resources.setup.pictures de channels      one picture in German

Nothing of the person who runs it is touched or shown: home, settings and registry lie in a folder of their own, the
window is on no screen, and no keyring can be reached.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resources.setup import pictures_handovers
from resources.setup.picture_window import rest, say_the_keyring_is_open

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from core.registry import Registry
    from gui.app import Sitting

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "resources" / "handbook" / "pictures"
LANGUAGES = ("de", "en")
SIZE = (1280, 800)
LARGEST = 120_000
"""Bytes a picture may have: a clone stays small."""

_LIST = """\
Plattform;Adresse;Titel;verantw. Person;Letzter Beitrag
Facebook;facebook.com/musterstadt;Stadt Musterstadt;Erika Mustermann;20.11.2026
Instagram;instagram.com/stadtbuecherei.musterstadt;Stadtbücherei;Max Mustermann;18.11.2026
YouTube;youtube.com/@freibad-musterstadt;Freibad;;2024
Mastodon;@rathaus@musterstadt.example;Rathaus;Pressestelle;gestern
;irgendetwas;Ohne Adresse;;
"""


def main(arguments: list[str]) -> int:
    """Take the pictures that are asked for, each language in a process of its own."""
    languages = [one for one in arguments if one in LANGUAGES] or list(LANGUAGES)
    names = [one for one in arguments if one not in LANGUAGES]
    if unknown := [name for name in names if name not in PICTURES]:
        sys.stderr.write(f"No such picture: {', '.join(unknown)}. There are: {', '.join(PICTURES)}.\n")
        return 2
    if len(languages) == 1:
        take(languages[0], names or list(PICTURES), FOLDER)
        return 0
    command = [sys.executable, "-m", "resources.setup.pictures"]
    done = [subprocess.run([*command, one, *names], cwd=ROOT, check=False) for one in languages]  # noqa: S603 - itself
    return max(one.returncode for one in done)


def take(language: str, names: list[str], folder: Path) -> None:
    """Take pictures in one language, into the folder of that name; a process has but one language."""
    with tempfile.TemporaryDirectory() as home, _alone_in(Path(home)):
        sitting = _sat_down(language, Path(home))
        for name in names:
            shown = PICTURES[name](sitting, Path(home))
            rest(sitting)
            _keep(shown, folder / language / f"{name}.png")
            if shown is not sitting.window:
                shown.close()
        sitting.window.close()
        sitting.end()


def _alone_in(home: Path) -> Any:
    """Keep to a folder and to no screen until it is over."""
    names = {"HOME": "", "XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state", "XDG_CONFIG_HOME": "config"}
    told = {name: str(home / below) for name, below in names.items()}
    return _surrounded(told | {"QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": "disabled:"})


@contextmanager
def _surrounded(told: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    yield
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


def _sat_down(language: str, home: Path) -> Sitting:
    """Open the demo city in the light theme, as somebody who works there."""
    from core import workstation
    from core.custody.custodian import remembered_as
    from core.exchange.demo import fill
    from core.i18n import use_language
    from core.inventory.binding import bind
    from core.registry import create_registry
    from gui.app import Sitting, make_application

    use_language(language)
    today = datetime.now().astimezone().date()
    registry = create_registry(home / "registry.kanal")
    fill(registry, today=today)
    with registry.action("Bind") as session:
        erika = bind(session, registry.store_id, "Erika Mustermann", today).person.id
    workstation.remember(remembered_as(registry.id), str(_keep_logins(registry, erika, today)))
    registry.close()
    workstation.remember("theme", "light")
    sitting = Sitting(make_application(language))
    sitting.begin(home / "registry.kanal")
    sitting.window.resize(*SIZE)
    rest(sitting)
    return sitting


def _keep_logins(registry: Registry, erika: UUID, today: date) -> UUID:
    """Write that the logins of the city lie in keyrings, as they would where people work; return Erika's keyring."""
    from sqlalchemy import select

    from core.custody.custodian import slot_of
    from core.model import Credential, Custody, KeptIn, Person, Store

    with registry.action("Keep logins") as session:
        deputy = session.scalars(select(Person.id).where(Person.given_name == "Lieschen")).one()
        stores = [
            Store(person_id=person, backend="secret-service", remark=machine, since=today - timedelta(days=120))
            for person, machine in ((erika, "Presse-1"), (deputy, "Presse-2"))
        ]
        session.add_all(stores)
        session.flush()
        kept = select(Credential).where(Credential.kept_in == KeptIn.KEYRING).order_by(Credential.label)
        for place, login in enumerate(session.scalars(kept).all()):
            login.revision, login.rotated_on = 1, today - timedelta(days=90 - place)
            session.add_all(
                Custody(
                    credential_id=login.id,
                    person_id=store.person_id,
                    store_id=store.id,
                    slot=slot_of(store.id, login.id, 1),
                    revision=1,
                    since=login.rotated_on,
                    last_seen_on=today,
                )
                for store in stores[: 1 + place % 2]
            )
        return stores[0].id


def _page(key: str, wanted: str = "") -> Callable[[Sitting, Path], QWidget]:
    """Return what shows a page, and on it the record of a name."""

    def show(sitting: Sitting, _home: Path) -> QWidget:
        sitting.window.show_page(key, _record(sitting, wanted) if wanted else None)
        say_the_keyring_is_open(sitting)
        return sitting.window

    return show


def _record(sitting: Sitting, name: str) -> UUID:
    from sqlalchemy import select

    from core.model import Asset, Channel, Credential, Person

    names = (
        (Asset.id, Asset.title),
        (Channel.id, Channel.title),
        (Credential.id, Credential.label),
        (Person.id, Person.given_name),
    )
    with sitting.workspace.registry.reading() as session:
        return next(
            found for one, named in names if (found := session.scalars(select(one).where(named == name)).first())
        )


def _report(sitting: Sitting, _home: Path) -> QWidget:
    from PySide6.QtWidgets import QLineEdit

    sitting.window.commands.make_report()
    dialog = _dialog()
    for line in dialog.findChildren(QLineEdit, "target"):
        line.setText(Path(line.text()).name)  # Where this tool works is nobody's folder.
    return dialog


def _import(sitting: Sitting, home: Path) -> QWidget:
    listed = home / "Kanalliste.csv"
    listed.write_text(_LIST, encoding="utf-8")
    sitting.window.commands.import_list(listed)
    rest(sitting)
    return _dialog()


PICTURES: dict[str, Callable[[Sitting, Path], QWidget]] = {
    "overview": _page("overview"),
    "channels": _page("channels", "Kulturbüro Musterstadt"),
    "people": _page("people", "Lieschen"),
    "credentials": _page("credentials", "Facebook-Konto der Redaktion"),
    "findings": _page("findings"),
    "assets": _page("assets", "Stadtwappen"),
    "asset-matrix": _page("asset-matrix"),
    "report": _report,
    "import": _import,
    "handovers": pictures_handovers.handovers,
    "key-cards": pictures_handovers.key_cards,
}
"""What brings each picture's subject to the front, by the name of its file; what adds to the city comes last."""


def _dialog() -> QWidget:
    from PySide6.QtWidgets import QApplication, QDialog

    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible())


def _keep(shown: QWidget, file: Path) -> None:
    """Save a picture in as many colours as keep it small."""
    from PIL import Image
    from PySide6.QtCore import QBuffer, QIODevice

    taken = QBuffer()
    taken.open(QIODevice.OpenModeFlag.WriteOnly)
    shown.grab().save(taken, "PNG")
    picture = Image.open(io.BytesIO(taken.data().data())).convert("RGB")
    file.parent.mkdir(parents=True, exist_ok=True)
    for colours in (256, 128, 64, 32):
        picture.quantize(colours, dither=Image.Dither.NONE).save(file, optimize=True)
        if file.stat().st_size <= LARGEST:
            return


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
