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

from core.cli.asset_finding import asset_called, found
from core.cli.output import complain, give, say
from core.cli.person_finding import person_called
from core.cli.registry_commands import opened
from core.errors import BadInputError
from core.i18n import N_, _, ngettext
from core.inventory.assets.lacking import title_of
from core.inventory.assets.library import Trouble, TroubleKind, recorded_files, shelf_of
from core.inventory.assets.surroundings import Entry, surroundings
from core.inventory.assets.unrecorded import unrecorded_files
from core.inventory.assets.versions import versions_of
from core.model import Asset, AssetKind, AssetVariant, AssetVersion, Channel
from core.registry import Registry

if TYPE_CHECKING:
    from core.exchange.pictures.examining import Examined
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
    _refuse_mixed(options)
    from core.exchange.pictures.examining import examine

    examined = examine(Path(options.file).expanduser())
    with opened(options) as registry:
        version, namesake = (_add_to if options.to else _add_new)(registry, options, examined)
        with registry.reading() as session:
            title = session.get_one(Asset, version.asset_id).title
    if options.json:
        give(_version(version))
    else:
        say(_("“{title}” was taken in: {id}").format(title=title, id=version.asset_id))
    if namesake is not None:
        before = _("“{title}” was in the library before: {id}. Further versions and variants are added with --to.")
        complain(before.format(title=namesake.title, id=namesake.asset_id))
    return FINE


def _refuse_mixed(options: argparse.Namespace) -> None:
    """Refuse what tells neither of a new asset nor of a further file of one that is there.

    Raises:
        BadInputError: It does not.
    """
    about_new = (options.kind, options.title, options.person, options.rights_holder, options.licence)
    if options.to and any(one is not None for one in (*about_new, options.licence_until)):
        raise BadInputError(_("With --to only --variant and --approved can be given: the asset keeps the rest."))
    if not options.to and None in {options.kind, options.title}:
        raise BadInputError(_("Please give --kind and --title, or --to for a further file of an asset."))


def _add_to(registry: Registry, options: argparse.Namespace, examined: Examined) -> tuple[AssetVersion, None]:
    """Add a further version, or the first one of a variant."""
    from core.exchange.pictures.taking_in import NewVersion, take_in_version

    with registry.reading() as session:
        asset_id = asset_called(session, options.to).id
    told = NewVersion(examined, AssetVariant(options.variant or AssetVariant.COLOUR), options.approved)
    version_id = take_in_version(registry, asset_id, told, registry.today())
    with registry.reading() as session:
        return session.get_one(AssetVersion, version_id), None


def _add_new(registry: Registry, options: argparse.Namespace, examined: Examined) -> tuple[AssetVersion, Entry | None]:
    """Add an asset; one that was called so before is returned, too."""
    from core.exchange.pictures.taking_in import NewFile, take_in_asset

    told = NewFile(
        examined,
        AssetKind(options.kind),
        options.title,
        AssetVariant(options.variant or AssetVariant.COLOUR),
        _person(registry, options.person),
        options.rights_holder,
        options.approved,
        options.licence,
        options.licence_until,
    )
    namesake = _namesake(registry, told)
    if namesake is not None and options.variant:
        there = _("“{title}” is in the library already. Add the variant to it with --to {id}, or choose another title.")
        raise BadInputError(there.format(title=namesake.title, id=namesake.asset_id))
    asset_id = take_in_asset(registry, told, registry.today())
    with registry.reading() as session:
        return versions_of(session, asset_id)[0], namesake


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
    from core.exchange.pictures.kinds import SUFFIXES, endings_of

    return endings_of(SUFFIXES[version.media_type])


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
    match found(session, text, kit=kit):
        case Channel() as channel:
            return kit_of_channel(session, channel.id, today)
        case Asset() as one if kit:
            return kit_of_asset(session, one.id, today)
        case one:
            return _refuse_erased(session, _file_of(session, one))


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
