"""What a registry says of a platform that the catalogue does not say: typed by a person, or stored and perhaps damaged.

Nothing that is stored can make the program follow a link that is no web address, or take over a platform's host.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from core.i18n import N_
from core.inventory.platforms import Platform, built_in, hosts_of
from core.inventory.web_address import parsed

LINKS = ("terms", "privacy", "recovery", "password")
PATHS = ("/{name}", "/@{name}", "/user/{name}", "/users/{name}", "/profile/{name}", "/channel/{name}", "/c/{name}")
LETTERS = {
    "usual": (N_("Letters, digits, dot, hyphen, underscore"), r"[A-Za-z0-9_.-]{{1,{longest}}}"),
    "word": (N_("Letters, digits, underscore"), r"[A-Za-z0-9_]{{1,{longest}}}"),
    "any": (N_("Everything but a slash"), r"[^/?#\s@]{{1,{longest}}}"),
}
LIVES = {
    "active": N_("In use"),
    "legacy": N_("Hardly used any more"),
    "renamed": N_("Renamed"),
    "ending": N_("Will be shut down"),
    "ended": N_("Was shut down"),
}
SHUT_DOWN = frozenset({"ending", "ended"})
LONGEST_HANDLE = 200
LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class PlatformFacts:
    """What a person can say of a platform.

    Attributes:
        name: As people write it.
        called: What else lists and people call it.
        hosts: Of its addresses; the first is written in canonical ones.
        path: The form of an account's address, one of PATHS.
        letters: What a handle consists of, a key of LETTERS.
        longest: How many characters a handle has at most.
        life: A key of LIVES.
        former: What a renamed platform was called; its further hosts are those of that time.
        ends_on: The day on which it is or was shut down, where that is known.
        terms: The page with its terms.
        privacy: The page with the privacy settings.
        recovery: The page where a lost login is recovered.
        password: The page where a password is changed.
    """

    name: str = ""
    called: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    path: str = PATHS[0]
    letters: str = "usual"
    longest: int = 60
    life: str = "active"
    former: str = ""
    ends_on: date | None = None
    terms: str = ""
    privacy: str = ""
    recovery: str = ""
    password: str = ""


OF_BUILT_IN = frozenset({"name", "life", "ends_on", *LINKS})
"""What can be changed of a platform that comes with the program; how its addresses are read is tested and stays."""


def facts_of(platform: Platform) -> PlatformFacts:
    """Return what the catalogue says of a platform, as far as a person can change it."""
    links = {link: getattr(platform, link) for link in LINKS}
    return PlatformFacts(
        platform.name, platform.called, platform.hosts, life=platform.life, ends_on=platform.ends_on, **links
    )


def base_of(key: str) -> PlatformFacts:
    """Return what holds of a platform as long as the registry says nothing."""
    known = built_in().platforms.get(key)
    return facts_of(known) if known is not None else PlatformFacts()


def stored_form(key: str, facts: PlatformFacts) -> dict[str, Any]:
    """Return what is stored of a platform: only what differs from the catalogue."""
    base, told = asdict(base_of(key)), asdict(facts)
    kept = OF_BUILT_IN if key in built_in().platforms else told.keys()
    return {name: _plain(value) for name, value in told.items() if name in kept and value != base[name]}


def read_stored(key: str, stored: object) -> PlatformFacts:
    """Read what is stored of a platform; what cannot be used is as if it were not stored."""
    base = base_of(key)
    if not isinstance(stored, Mapping):
        return base
    allowed = OF_BUILT_IN if key in built_in().platforms else {one.name for one in fields(PlatformFacts)}
    told = {name: _read(name, value) for name, value in stored.items() if name in allowed}
    return replace(base, **{name: value for name, value in told.items() if value is not None or name == "ends_on"})


def entry_of(key: str, facts: PlatformFacts) -> dict[str, Any] | None:
    """Return a platform's table of the catalogue, None where it cannot be one."""
    life = "active" if facts.life == "renamed" else facts.life
    entry: dict[str, Any] = {"name": facts.name, "life": life, "ends_on": facts.ends_on}
    entry |= {link: getattr(facts, link) for link in LINKS}
    known = built_in().platforms.get(key)
    if known is not None:
        renamed = () if facts.name == known.name else (known.name,)
        return {**entry, "called": [*known.called, *renamed]}
    hosts = [host for host in facts.hosts if not taken(host)]
    if not hosts or not facts.name:
        return None
    former = facts.former if facts.life == "renamed" else ""
    return {
        **entry,
        "called": [*facts.called, *([former] if former else [])],
        "hosts": hosts,
        "base": f"https://{hosts[0]}",
        "handle": LETTERS[facts.letters][1].format(longest=facts.longest),
        "shapes": [{"path": facts.path}],
        "renamed": dict.fromkeys(hosts[1:], former) if former else {},
    }


def taken(host: str) -> bool:
    """Tell whether a host is, or lies below, one of a platform that comes with the program."""
    labels = host.split(".")
    return any(".".join(labels[start:]) in hosts_of(built_in()) for start in range(len(labels)))


def web_link(text: str) -> str | None:
    """Return the address of a page that a browser opens by http or https, None where a text is none."""
    written = text.strip()
    address = parsed(written) if written.lower().startswith(("https://", "http://")) else None
    if address is None or address.user or len(written) > LONGEST_TEXT:
        return None
    return address.text() if not any(letter.isspace() for letter in written) else None


def plain_host(text: str) -> str | None:
    """Return the host of an address or of what is one itself, without "www.", None where a text has none."""
    address = parsed(text.strip())
    if address is None or not address.plain or address.host.startswith("["):
        return None
    host = address.host.removeprefix("www.")
    return host if "." in host and not host.replace(".", "").isdigit() else None


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value


def _read(name: str, value: object) -> Any:
    """Read one stored value, None where it is unusable."""
    match name, value:
        case "ends_on", str():
            return _day(value)
        case (("called" | "hosts"), list()):
            texts = [one for one in value if isinstance(one, str) and one]
            return tuple(host for one in texts if (host := plain_host(one))) if name == "hosts" else tuple(texts)
        case "path", str():
            return value if value in PATHS else None
        case "letters", str():
            return value if value in LETTERS else None
        case "life", str():
            return value if value in LIVES else None
        case "longest", int():
            return value if 0 < value <= LONGEST_HANDLE else None
        case (("terms" | "privacy" | "recovery" | "password"), str()):
            return web_link(value) or ""
        case (("name" | "former"), str()):
            return value[:LONGEST_TEXT] or None
        case _:
            return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
