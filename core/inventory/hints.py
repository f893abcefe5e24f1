"""What the recogniser has to say about an address besides the account: a sentence for people, a code for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.i18n import N_, _, show_date

if TYPE_CHECKING:
    from core.inventory.platforms import Platform

NOTES = frozenset({"renamed", "platform-gone", "platform-ending", "several-addresses"})
"""Codes that come with an account that was recognised; all others say that something does not fit."""

_SENTENCES = {
    "bad-handle": N_("“{text}” cannot be a name on {platform}. Please check the spelling."),
    "empty": N_("There is no address here."),
    "host-not-of-platform": N_("{host} does not belong to {platform}. Please check the address."),
    "mail-address": N_("“{text}” is an e-mail address, not an account."),
    "no-account": N_("This address belongs to {platform} but names no account. Please paste the account's address."),
    "not-an-address": N_("“{text}” is neither an address nor a name on {platform}. Please paste the address."),
    "not-recognised": N_("No known platform; kept as a plain web address."),
    "other-platform": N_("This address belongs to {platform}, not to {named}."),
    "platform-ending": N_("{platform} will be shut down."),
    "platform-ending-on": N_("{platform} will be shut down on {day}."),
    "platform-gone": N_("{platform} was shut down."),
    "platform-gone-on": N_("{platform} was shut down on {day}."),
    "platform-unknown": N_("“{text}” is no address. Please choose the platform or paste the address."),
    "renamed": N_("{former} is now called {platform}; the address is written accordingly."),
    "reserved-word": N_("“{text}” is a page of {platform} itself, not an account."),
    "server-missing": N_("A name on Mastodon needs its server: name@server."),
    "several-addresses": N_("The text holds several addresses; the first is taken."),
    "user-or-port": N_("An address with a user name or a port is not taken for one of {platform}."),
}
_CODES = {
    "not-an-address": "not-recognised",
    "platform-unknown": "not-recognised",
    "platform-ending-on": "platform-ending",
    "platform-gone-on": "platform-gone",
    "server-missing": "bad-handle",
}
_SHOWN_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Hint:
    """Something a person should know about an address; it never refuses the address."""

    code: str
    """Stable, in English, for programs."""
    text: str
    """A translated sentence."""


def hint(kind: str, **values: str) -> Hint:
    """Make a hint in the user's language.

    Args:
        kind: One of the sentences above; several can share a code.
        values: What the sentence's placeholders stand for; long pasted texts are shortened.
    """
    shown = {name: value[:_SHOWN_CHARACTERS] for name, value in values.items()}
    return Hint(_CODES.get(kind, kind), _(_SENTENCES[kind]).format(**shown))


def life_hints(platform: Platform) -> tuple[Hint, ...]:
    """Say that a platform is or will be shut down, with the day if a source confirms it."""
    kind = {"ended": "platform-gone", "ending": "platform-ending"}.get(platform.life)
    if kind is None:
        return ()
    dated = f"{kind}-on" if platform.ends_on else kind
    return (hint(dated, platform=platform.name, day=show_date(platform.ends_on)),)
