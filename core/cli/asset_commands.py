"""Subcommands about the files of the city's identity: take in, hand out, check."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.cli.output import complain, give, say
from core.cli.people_commands import person_called
from core.cli.registry_commands import opened
from core.errors import BadInputError
from core.i18n import N_, _, ngettext
from core.inventory.assets.lacking import title_of
from core.inventory.assets.library import Trouble, TroubleKind, recorded_files, shelf_of
from core.inventory.assets.surroundings import Entry, surroundings
from core.inventory.assets.unrecorded import unrecorded_files
from core.inventory.assets.versions import versions_of
from core.inventory.recognising import recognise
from core.model import Asset, AssetKind, AssetVariant, AssetVersion, Channel
from core.registry import Registry
from core.storage.sorting import folded

if TYPE_CHECKING:
    from core.exchange.pictures.kits import Kit
    from core.exchange.pictures.taking_in import NewFile

FINE, FOUND = 0, 1
_TROUBLES = {
    TroubleKind.MISSING: N_("{title}: the file {name} is missing in the library."),
    TroubleKind.DAMAGED: N_("{title}: the file {name} was altered or damaged."),
}


def asset(options: argparse.Namespace) -> int:
    """Take a file in, copy one out, or check them all; exit code 1 where the check found something."""
    doing: dict[str, Callable[[argparse.Namespace], int]] = {"add": _add, "export": _export, "verify": _verify}
    return doing[options.what](options)


def _add(options: argparse.Namespace) -> int:
    from core.exchange.pictures.examining import examine
    from core.exchange.pictures.taking_in import NewFile, take_in_asset

    examined = examine(Path(options.file).expanduser())
    with opened(options) as registry:
        told = NewFile(
            examined,
            AssetKind(options.kind),
            options.title,
            AssetVariant(options.variant),
            _person(registry, options.person),
            options.rights_holder,
            options.approved,
            options.licence,
            options.licence_until,
        )
        namesake = _namesake(registry, told)
        asset_id = take_in_asset(registry, told, registry.today())
        with registry.reading() as session:
            version = versions_of(session, asset_id)[0]
    if options.json:
        give(_version(version))
    else:
        say(_("“{title}” was taken in: {id}").format(title=options.title, id=asset_id))
    if namesake is not None:
        before = _("“{title}” was in the library before: {id}. Further versions and variants are added in the window.")
        complain(before.format(title=namesake.title, id=namesake.asset_id))
    return FINE


def _namesake(registry: Registry, told: NewFile) -> Entry | None:
    """Return what is called like a new file and is of its kind."""
    with registry.reading() as session:
        around = surroundings(session, shelf_of(registry.path), told.examined.sha256, registry.today())
    return around.called(told.title, told.kind)


def _person(registry: Registry, text: str | None) -> UUID | None:
    if text is None:
        return None
    with registry.reading() as session:
        return person_called(session, text)


def _version(version: AssetVersion) -> dict[str, Any]:
    keys = ("sha256", "media_type", "size", "width", "height", "file_name", "variant", "number", "approved_on")
    return {"id": version.asset_id, "version": version.id, **{key: getattr(version, key) for key in keys}}


def _export(options: argparse.Namespace) -> int:
    from core.exchange.pictures.handing_out import save_copy
    from core.exchange.pictures.kits import write_kit

    target = Path(options.out).expanduser()
    with opened(options) as registry:
        with registry.reading() as session:
            wanted = _wanted(session, options.id, target, registry.today())
            warnings = _warnings(session, wanted, registry.today())
        if isinstance(wanted, AssetVersion):
            save_copy(registry.path, wanted.sha256, target, _endings(wanted))
        else:
            write_kit(registry, wanted, target)
    for sentence in warnings:
        complain(sentence)
    say(_("Written: “{path}”.").format(path=target))
    return FINE


def _endings(version: AssetVersion) -> tuple[str, ...]:
    """Return what the name of a copy may end in, so that it says what the file is."""
    from core.exchange.pictures.kinds import JPEG, SUFFIXES

    return (SUFFIXES[version.media_type], *((".jpeg",) if version.media_type == JPEG else ()))


def _warnings(session: Session, wanted: AssetVersion | Kit, today: date) -> tuple[str, ...]:
    """Return what whoever hands a file on has to know: that a portrait may not be shown, or was left out."""
    from core.inventory.assets.permission import gap_of

    if not isinstance(wanted, AssetVersion):
        left_out = _("Left out: {reason}")
        return tuple(left_out.format(reason=sentence) for sentence in wanted.left_out)
    gap = gap_of(session, session.get_one(Asset, wanted.asset_id), None, today)
    return (gap,) if gap else ()


def _wanted(session: Session, text: str, target: Path, today: date) -> AssetVersion | Kit:
    """Return what is to be written: a channel and an archive mean a kit, everything else one file."""
    from core.exchange.pictures.kits import SUFFIX, kit_of_asset, kit_of_channel

    kit = target.suffix.lower() == SUFFIX
    match _found(session, text, kit=kit):
        case Channel() as channel:
            return kit_of_channel(session, channel.id, today)
        case Asset() as found if kit:
            return kit_of_asset(session, found.id, today)
        case found:
            return _refuse_erased(session, _file_of(session, found))


def _found(session: Session, text: str, *, kit: bool) -> Asset | AssetVersion | Channel:
    """Return what an id, a title or the address of a channel names.

    Args:
        session: A session that reads.
        text: What the user gave.
        kit: Whether an archive is wanted: else a title means an asset rather than a channel that bears it, too.

    Raises:
        BadInputError: Nothing, or several.
    """
    try:
        known = UUID(text.strip())
    except ValueError:
        return _called(session, text, kit=kit)
    for record in (Asset, AssetVersion, Channel):
        found = session.get(record, known)
        if isinstance(found, (Asset, AssetVersion, Channel)):
            return found
    raise BadInputError(_("There is neither an asset nor a channel “{id}”.").format(id=text))


def _called(session: Session, text: str, *, kit: bool) -> Asset | Channel:
    assets, channels = _assets_called(session, text), _channels_called(session, text)
    found: list[Asset | Channel] = [*assets, *(channels if kit or not assets else ())]
    if not found:
        raise BadInputError(_("There is neither an asset nor a channel “{id}”.").format(id=text))
    if len(found) > 1 and len(found) == len(assets):
        raise BadInputError(_("Several assets are called “{id}”. Please give the id.").format(id=text))
    if len(found) > 1:
        several = _("“{id}” means several channels or assets. Please give the address of a channel, or the id.")
        raise BadInputError(several.format(id=text))
    return found[0]


def _assets_called(session: Session, title: str) -> list[Asset]:
    wanted = _compared(title)
    return [one for one in session.scalars(select(Asset)) if _compared(one.title) == wanted]


def _channels_called(session: Session, text: str) -> list[Channel]:
    """Return the channel of an address, or those that bear a title."""
    key = recognise(text).key
    at_address = select(Channel).where(Channel.account_key == key)
    if key and (found := session.scalars(at_address).first()) is not None:
        return [found]
    wanted, titles = _compared(text), session.execute(select(Channel.id, Channel.title))
    return [session.get_one(Channel, id_) for id_, title in titles.all() if _compared(title) == wanted]


def _compared(text: str) -> str:
    """Return the form in which titles meet; the database knows only the capitals of ASCII."""
    return folded(" ".join(text.split()))


def _file_of(session: Session, found: Asset | AssetVersion) -> AssetVersion:
    """Return the version that is meant: of an asset the one in force, in colour where there is a choice."""
    if isinstance(found, AssetVersion):
        return found
    masters = [one for one in versions_of(session, found.id) if one.derived_from_id is None]
    current = [one for one in masters if one.replaced_by_id is None]
    if not current:
        raise BadInputError(_("“{title}” has no file that could be handed on.").format(title=found.title))
    return current[0]


def _refuse_erased(session: Session, version: AssetVersion) -> AssetVersion:
    """Refuse a file that was erased.

    Raises:
        BadInputError: It was.
    """
    from core.inventory.assets.permission import erased_sentence, is_erased

    erased = select(Asset.title).where(Asset.id == version.asset_id, is_erased())
    if (title := session.scalar(erased)) is not None:
        raise BadInputError(erased_sentence(title))
    return version


@dataclass(frozen=True, slots=True)
class _Checked:
    """What a check of the library came to."""

    files: int
    troubles: list[tuple[Trouble, str]]
    unrecorded: list[str]
    foreign: list[str]


def _verify(options: argparse.Namespace) -> int:
    with opened(options) as registry, registry.reading() as session:
        shelf, recorded = shelf_of(registry.path), recorded_files(session)
        troubles = [(one, title_of(session, one.sha256)) for one in shelf.check(recorded)]
        unrecorded = sorted(unrecorded_files(session, registry.path))
        checked = _Checked(len(recorded), troubles, unrecorded, shelf.foreign())
    if options.json:
        give(_checked(checked))
    else:
        _tell(checked)
    return FOUND if checked.troubles or checked.unrecorded else FINE


def _checked(checked: _Checked) -> dict[str, Any]:
    troubles = [{"sha256": one.sha256, "kind": one.kind.value, "title": title} for one, title in checked.troubles]
    told = {"files": checked.files, "troubles": troubles, "unrecorded": checked.unrecorded}
    return {**told, "foreign": checked.foreign}


def _tell(checked: _Checked) -> None:
    for one, title in checked.troubles:
        say(_(_TROUBLES[one.kind]).format(title=title, name=f"{one.sha256[:12]}…"))
    if checked.troubles:
        say(_("Restore a backup, or add the original files again; they take their places by themselves."))
    unrecorded = _("The file {name} lies in the library, and nothing in the registry names it.")
    for name in checked.unrecorded:
        say(unrecorded.format(name=f"{name[:12]}…"))
    if checked.unrecorded:
        say(_("The next erasure of personal data removes it; you may also delete it by hand."))
    for name in checked.foreign:
        complain(_("“{name}” lies in the library and is none of its files.").format(name=name))
    count = checked.files
    say(ngettext("{count} file was checked.", "{count} files were checked.", count).format(count=count))
