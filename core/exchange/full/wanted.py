"""Which lists can be exported as a whole, to whom."""

from __future__ import annotations

from core.errors import BadInputError
from core.exchange.exporting import Export, Exportable
from core.exchange.full.findings import WholeFindings
from core.exchange.full.log import WholeLog
from core.exchange.full.records import ReaderExport, keys_for
from core.exchange.report.readers import Reader
from core.i18n import N_, _
from core.inventory.lists import ASSETS, CHANNELS, PEOPLE, UNITS, USES
from core.storage.record_list import RecordList
from core.storage.searching import View

TITLES = {
    "channels": N_("Channels"),
    "people": N_("People"),
    "units": N_("Units"),
    "assets": N_("Assets"),
    "uses": N_("Uses of assets"),
    "findings": N_("Findings"),
    "log": N_("Log"),
}
"""What each list is called, by its stable key."""

_RECORDS: dict[str, tuple[RecordList, str]] = {
    "channels": (CHANNELS, "title"),
    "people": (PEOPLE, "family_name"),
    "units": (UNITS, "code"),
    "assets": (ASSETS, "title"),
    "uses": (USES, "asset"),
}
_FOR_THE_PUBLIC = frozenset({"channels", "units"})


def whole(what: str, reader: Reader) -> Exportable:
    """Return a whole list: all its columns and rows that a reader may have.

    Args:
        what: A key of TITLES.
        reader: For whom it is.

    Raises:
        BadInputError: There is no such list, or it is not for this reader.
    """
    if what not in TITLES:
        raise BadInputError(
            _("There is no list “{name}”. Choose one of: {names}.").format(name=what, names=", ".join(TITLES))
        )
    if reader is Reader.PUBLIC and what not in _FOR_THE_PUBLIC:
        raise BadInputError(
            _("“{name}” is not for the public. The public can have: {names}.").format(
                name=what, names=", ".join(sorted(_FOR_THE_PUBLIC))
            )
        )
    title = _(TITLES[what])
    match what:
        case "findings":
            return WholeFindings(title, reader)
        case "log":
            return WholeLog(title, reader)
        case _:
            records, sort = _RECORDS[what]
            return _records(records, View(sort=sort), title, reader)


def _records(records: RecordList, view: View, title: str, reader: Reader) -> Exportable:
    listed = Export(records, keys_for(records, reader), view, title)
    return listed if reader is Reader.INTERNAL else ReaderExport(listed, reader)
