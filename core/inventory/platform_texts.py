"""What a person typed of a platform, checked: usable facts, or a sentence that says what to correct."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.errors import BadInputError
from core.i18n import N_, _, ngettext
from core.inventory.platform_facts import (
    LETTERS,
    LINKS,
    LIVES,
    LONGEST_HANDLE,
    PATHS,
    SHUT_DOWN,
    PlatformFacts,
    plain_host,
    taken,
    web_link,
)
from core.inventory.platforms import built_in, platform_at, platforms, squeezed_name

LONGEST_NAME = 60
LINK_LABELS = {
    "terms": N_("Terms"),
    "privacy": N_("Privacy settings"),
    "recovery": N_("Recovery of a login"),
    "password": N_("Change of the password"),
}


def usable(key: str, facts: PlatformFacts) -> PlatformFacts:
    """Return facts as they are stored.

    Args:
        key: The platform's key, empty for a new one.
        facts: What was typed.

    Raises:
        BadInputError: Something cannot be used.
    """
    own = key not in built_in().platforms
    name = _name(key, facts.name)
    life = facts.life if facts.life in LIVES and (own or facts.life != "renamed") else "active"
    told = replace(facts, name=name, life=life, ends_on=facts.ends_on if life in SHUT_DOWN else None)
    links: dict[str, Any] = {link: _link(key, link, getattr(facts, link)) for link in LINKS}
    told = replace(told, **links)
    if not own:
        return told
    former = _name(key, facts.former) if life == "renamed" else ""
    called = tuple(_name(key, one) for one in facts.called if one.strip())
    _check_account(facts)
    return replace(told, called=called, hosts=_hosts(key, facts.hosts), former=former)


def _name(key: str, text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise BadInputError(_("The platform needs a name, and a renamed one its former name, too."))
    if len(name) > LONGEST_NAME or not squeezed_name(name):
        raise BadInputError(
            ngettext(
                "“{name}” cannot be a name. It needs a letter or a digit and has {number} character at most.",
                "“{name}” cannot be a name. It needs a letter or a digit and has {number} characters at most.",
                LONGEST_NAME,
            ).format(name=name[:LONGEST_NAME], number=LONGEST_NAME)
        )
    for other in platforms().values():
        if other.key != key and squeezed_name(name) in map(squeezed_name, (other.key, other.name, *other.called)):
            raise BadInputError(_("“{name}” is {platform} already.").format(name=name, platform=other.name))
    return name


def _hosts(key: str, texts: Sequence[str]) -> tuple[str, ...]:
    hosts = [_host(key, text) for text in texts if text.strip()]
    if not hosts:
        raise BadInputError(_("Please say on which host the addresses are, like “example.org”."))
    return tuple(dict.fromkeys(hosts))


def _host(key: str, text: str) -> str:
    host = plain_host(text)
    if host is None:
        raise BadInputError(_("“{text}” is no host. Write it like “example.org”.").format(text=text.strip()))
    found = platform_at(host)
    if (found is not None and found[0].key != key) or taken(host):
        owner = found[0].name if found is not None else _("another platform")
        raise BadInputError(_("{host} belongs to {platform} already.").format(host=host, platform=owner))
    return host


def _link(key: str, kind: str, text: str) -> str:
    """Check a link; the catalogue's own path of a password page stays as it is."""
    known = built_in().platforms.get(key)
    if not text.strip() or (known is not None and text == getattr(known, kind)):
        return text.strip()
    link = web_link(text)
    if link is None:
        raise BadInputError(
            _("{label}: “{text}” is no web address. It begins with “https://”.").format(
                label=_(LINK_LABELS[kind]), text=text.strip()[:80]
            )
        )
    return link


def _check_account(facts: PlatformFacts) -> None:
    if facts.path not in PATHS or facts.letters not in LETTERS or not 0 < facts.longest <= LONGEST_HANDLE:
        raise BadInputError(
            _("A name on the platform has between 1 and {number} characters.").format(number=LONGEST_HANDLE)
        )
