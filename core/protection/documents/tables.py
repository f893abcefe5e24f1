"""The tables in the documents, made from the program itself: fields, categories, periods, settings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.i18n import N_, _
from core.inventory.people import FIELDS
from core.model import Person
from core.protection.declared import ABOUT
from core.protection.documents.facts import PERIODS, Facts
from core.protection.erasure.mentions import searched
from core.protection.extract.labels import label_of, noun
from core.protection.extract.telling import keys_of
from core.protection.paper import table
from core.settings import SETTINGS
from core.storage.values import journaled_tables

NOT_ABOUT_PEOPLE = frozenset(
    {
        "registry.id",
        "term.",
        "quiet.",
        "stale.",
        "dormant.",
        "last-post-unknown.",
        "platform-ending.",
        "imprint.",
        "usage-concept.",
        "record-untouched.",
        "propose-closing.",
        "report.",
        "report-overdue.",
    }
)
"""Settings, by the beginnings of their keys, that neither concern data of people nor the protection of access."""

_KINDS = {
    "reading": "readings",
    "confirmation": "confirmations",
    "handover": "handovers",
    "handover_item": "handovers",
    "handover_statement": "handovers",
    "person": "leavers",
    "secret_use": "uses",
    "asset_version": "portraits",
}
"""Which period holds for a table; what has none goes with what it belongs to."""

_CATEGORIES = {
    "asset": N_("Portrait"),
    "asset_version": N_("File of a portrait"),
    "asset_use": N_("Use of a portrait"),
}
"""What a table is called where it is about people only in part."""

_IN_TEXTS = {"asset": N_("Asset of the city's appearance")}
"""What a record is called among the texts where its usual name says too little."""

_SOURCE = re.compile(r" \([^()]+\)(?=\.$)")
"""Where a field's help says who asked for it first: nothing that staff look for in a notice."""

_WITHOUT_SETTING = ("absences", "uses")
"""What the program erases by itself, when its own end has come; no setting says when."""

_DERIVED = {"finding", "mended_finding"}


def blocks(facts: Facts) -> dict[str, str]:
    """Return the tables by their places in the templates."""
    said = facts.said
    heads = {key: said[f"head_{key}"] for key in ("field", "help", "category", "contents", "period")}
    more = {key: said[f"head_{key}"] for key in ("data", "begins", "after", "setting", "value", "default")}
    return {
        "fields_table": table([heads["field"], heads["help"]], _fields(), (28, 72)),
        "categories_table": table(
            [heads["category"], heads["contents"], heads["period"]], _categories(facts), (30, 40, 30)
        ),
        "periods_table": table(
            [more["data"], heads["period"], more["begins"], more["after"]], _periods(facts), (32, 16, 26, 26)
        ),
        "settings_table": table([more["setting"], more["value"], more["default"]], _settings(facts), (46, 36, 18)),
    }


def _fields() -> Iterator[list[str]]:
    """Give what a person's entry holds; what only follows from other fields is left out."""
    for field in FIELDS:
        if field.key in Person.__table__.columns or f"{field.key}_id" in Person.__table__.columns:
            yield [field.title, _SOURCE.sub("", _(field.help))]


def _categories(facts: Facts) -> Iterator[list[str]]:
    """Give every table whose rows are about people, the log, and the texts that can name somebody."""
    for about in ABOUT:
        if about.table not in _DERIVED:
            labels = dict.fromkeys(label_of(about.table, key) for key in keys_of(about.table))
            name = _(_CATEGORIES[about.table]) if about.table in _CATEGORIES else noun(about.table)
            yield [name, ", ".join(filter(None, labels)), _kept(facts, about.table)]
    yield [facts.said["category_log"], facts.said["contents_log"], _kept(facts, "change")]
    yield [facts.said["category_texts"], "\n".join(_texts()), _kept(facts, "channel")]


def _texts() -> Iterator[str]:
    """Give by record the fields in which an erasure looks for names, and those that are personal besides."""
    for one in journaled_tables():
        told = _told_of_people(one.name)
        looked_at = {column.key for column in searched().get(one.name, ())}
        found = [column.key for column in one.columns if column.key in looked_at or column.info.get("personal")]
        labels = dict.fromkeys(label_of(one.name, key) for key in found if key not in told)
        if labels:
            kind = _(_IN_TEXTS[one.name]) if one.name in _IN_TEXTS else noun(one.name)
            yield f"{kind}: {', '.join(labels)}"


def _told_of_people(name: str) -> frozenset[str]:
    """Return the columns that a category of its own names already; a table about people only in part has them twice."""
    wholly = {about.table for about in ABOUT} - _CATEGORIES.keys()
    return frozenset(keys_of(name)) if name in wholly else frozenset()


def _kept(facts: Facts, name: str) -> str:
    kind = _KINDS.get(name, "record")
    period = facts.period(kind) if kind in PERIODS else ""
    return facts.said[f"kept_{kind}"].format(period=period, leavers=facts.period("leavers"))


def _periods(facts: Facts) -> Iterator[list[str]]:
    for kind in PERIODS:
        told = [facts.said[f"{part}_{kind}"] for part in ("period", "begins", "after")]
        yield [told[0], facts.period(kind), *told[1:]]
    for kind in _WITHOUT_SETTING:
        yield [facts.said[f"{part}_{kind}"] for part in ("period", "kept", "begins", "after")]


def _settings(facts: Facts) -> Iterator[list[str]]:
    for setting in SETTINGS:
        if not any(setting.key.startswith(one) for one in NOT_ABOUT_PEOPLE):
            yield [_(setting.label), facts.number(setting.key), facts.default(setting)]
