"""The lists of the inventory: what each shows, and the query that reads it."""

from __future__ import annotations

from core.inventory import channels, credentials, people, units
from core.inventory.assets import assets, uses
from core.inventory.platforms import built_in, platforms
from core.model import Asset, AssetUse, AssetVersion, Channel, Credential, OrgUnit, Person
from core.storage.record_list import RecordList


def _platform_name(key: str) -> str:
    known = platforms().get(key)
    return known.name if known is not None else key


CHANNELS = RecordList(
    Channel,
    channels.FIELDS,
    channels.listing,
    {key: platform.name for key, platform in built_in().platforms.items()},
    _platform_name,
)
PEOPLE = RecordList(
    Person, people.FIELDS, people.listing, then_by={"family_name": "given_name", "given_name": "family_name"}
)
UNITS = RecordList(OrgUnit, units.FIELDS, units.listing)
CREDENTIALS = RecordList(Credential, credentials.FIELDS, credentials.listing)
ASSETS = RecordList(
    Asset, assets.FIELDS, assets.listing, through=((AssetUse, AssetVersion), (Channel, AssetUse, AssetVersion))
)
USES = RecordList(AssetUse, uses.FIELDS, uses.listing, CHANNELS.names, _platform_name, through=((Asset, AssetVersion),))
LISTS = (CHANNELS, PEOPLE, UNITS, CREDENTIALS, ASSETS, USES)
