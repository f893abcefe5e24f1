"""Says of every login of a KeePass file what taking it in would do; nothing is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from core.custody.custodian import Custodian
from core.custody.one_time_codes import one_time_codes
from core.custody.secret import Secret
from core.errors import BadInputError
from core.exchange.keepass.entries import Entry
from core.exchange.keepass.known import KnownLogin, KnownLogins, compare, same_secret
from core.exchange.keepass.matching import Channels, KnownChannel, Match, host_of, sign_in_page
from core.exchange.keepass.proposal import Decisions, Login, Outcome, Proposal, Row
from core.i18n import _, show_date
from core.model import CredentialKind

_REFERENCE = re.compile(r"\{REF:[A-Z]@", re.IGNORECASE)


def propose(custodian: Custodian, entries: Sequence[Entry], decisions: Decisions | None = None) -> Proposal:
    """Compare the entries of a file with the registry and with this keyring.

    Raises:
        VaultError: The keyring, which holds some of these logins already, does not answer.
    """
    decided = decisions or Decisions()
    with custodian.registry.reading() as session:
        channels, known = Channels(session), KnownLogins(session, custodian.today)
    logins = [_login(joined, channels, decided) for joined in _joined(entries, join=decided.join)]
    rows = [row for login in logins for row in _rows(custodian, login, known)]
    return Proposal(tuple(_doubting_rivals(rows)), channels.all)


def _joined(entries: Iterable[Entry], *, join: bool) -> list[tuple[Entry, ...]]:
    """Put entries together that have the same name and password at the same host: one login behind several channels."""
    groups: list[list[Entry]] = []
    by_name: dict[tuple[str, str], list[list[Entry]]] = {}
    for entry in entries:
        alike = by_name.setdefault((entry.login_name.casefold(), host_of(entry)), [])
        same = next((group for group in alike if join and _is_same_login(group[0], entry)), None)
        if same is None:
            alike.append([entry])
            groups.append(alike[-1])
        else:
            same.append(entry)
    return [tuple(group) for group in groups]


def _is_same_login(one: Entry, other: Entry) -> bool:
    """Tell whether two entries of one name at one host have the same secrets."""
    complete = bool(one.password and one.login_name and one.urls)
    return complete and one.password == other.password and (not other.codes or one.codes == other.codes)


def _login(entries: tuple[Entry, ...], channels: Channels, decided: Decisions) -> Login:
    chosen = (channels.by_id.get(decided.channels[one.number]) for one in entries if one.number in decided.channels)
    found = tuple(dict.fromkeys(one for one in chosen if one is not None))
    matches = [channels.match(one) for one in entries if one.number not in decided.channels]
    sure = _channels_of(match for match in matches if not match.doubt)
    doubt = "" if found or sure else matches[0].doubt
    opened = tuple(dict.fromkeys((*found, *sure))) or _channels_of(matches)
    return Login(entries, opened, doubt, sign_in_page(entries[0], opened))


def _channels_of(matches: Iterable[Match]) -> tuple[KnownChannel, ...]:
    return tuple(dict.fromkeys(one for match in matches for one in match.channels))


def _rows(custodian: Custodian, login: Login, known: KnownLogins) -> Iterator[Row]:
    entry = login.entry
    label = login.label or _("Entry {number}").format(number=entry.number)
    if entry.password:
        yield _row(custodian, login, (CredentialKind.PASSWORD, label, entry.password), known)
    if entry.codes:
        codes = _("{label} (one-time codes)").format(label=label)
        yield _row(custodian, login, (CredentialKind.TOTP, codes, entry.codes), known)
    if not entry.password and not entry.codes:
        problem = _("The entry holds neither a password nor one-time codes.")
        yield Row(login, CredentialKind.PASSWORD, label, Secret(""), "refused", (problem,))


def _row(custodian: Custodian, login: Login, told: tuple[CredentialKind, str, Secret], known: KnownLogins) -> Row:
    kind, label, secret = told
    there = known.find(kind, label, login.entry.login_name, [one.id for one in login.channels])
    row = Row(login, kind, label, secret, "created", tuple(_remarks(login)), there.id if there else None)
    if unfit := _why_unfit(kind, secret):
        return replace(row, outcome="refused", problems=(unfit, *row.problems))
    if there is not None:
        return _compared(custodian, row, there)
    if login.doubt:
        return replace(row, outcome="doubtful", problems=(login.doubt, *row.problems))
    return row


def _compared(custodian: Custodian, row: Row, there: KnownLogin) -> Row:
    """Say what becomes of a login that is there already."""
    compared = compare(custodian, there.id, row.secret, row.login.entry.changed_on)
    outcome: Outcome = compared.outcome
    problems = [compared.problem] if compared.problem else []
    more = untied(row, there)
    if more and outcome in {"unchanged", "changed"}:
        outcome = "changed"
        told = _("From now on it opens these channels as well: {channels}")
        problems.append(told.format(channels="; ".join(one.label for one in more)))
    return replace(row, outcome=outcome, problems=(*problems, *row.problems))


def untied(row: Row, there: KnownLogin) -> list[KnownChannel]:
    """Return the channels that a known login will open from now on; a suggested channel is none of them."""
    if row.login.doubt or row.kind is CredentialKind.TOTP:
        return []
    return [one for one in row.login.channels if one.id not in there.channels]


def _remarks(login: Login) -> Iterator[str]:
    """Yield what a person should know of a login, without being a doubt."""
    entry = login.entry
    if len(login.entries) > 1:
        numbers = ", ".join(str(one.number) for one in login.entries)
        yield _("The entries {numbers} have the same name and password: they become one login.").format(numbers=numbers)
    if entry.expires_on is not None:
        yield _("The entry expires on {day} by the file.").format(day=show_date(entry.expires_on))


def _why_unfit(kind: CredentialKind, secret: Secret) -> str:
    text = secret.reveal()
    if _REFERENCE.search(text):
        return _("The entry refers to another one that is not in the file.")
    if kind is not CredentialKind.TOTP:
        return ""
    if "steam" in parse_qs(urlsplit(text).query).get("encoder", []) if text.startswith("otpauth:") else False:
        return _("These one-time codes are of a kind of Steam's own, which is not known here.")
    try:
        one_time_codes(secret)
    except BadInputError as error:
        return error.sentence
    return ""


def _doubting_rivals(rows: list[Row]) -> Iterator[Row]:
    """Doubt rows that say different things of one login: an old and a new password, for example."""
    for row, rivals in with_rivals(rows):
        if rivals and row.outcome != "refused":
            numbers = ", ".join(str(one.login.entry.number) for one in rivals)
            doubt = _("Entry {numbers} says something else of the same login. Tick the one that is right.")
            problems = (doubt.format(numbers=numbers), *row.problems)
            yield replace(row, outcome="doubtful", problems=problems)
        else:
            yield row


def with_rivals(rows: Sequence[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """Yield each row with those that mean the same login and bring another secret for it."""
    alike: dict[object, list[Row]] = {}
    for row in rows:
        alike.setdefault(_meant(row), []).append(row)
    for row in rows:
        yield row, [other for other in alike[_meant(row)] if _differ(row, other)]


def _meant(row: Row) -> tuple[object, ...]:
    """Return what rows of one login have in common: the login itself where it is known, else kind and name."""
    return (row.credential_id or row.login.entry.login_name.casefold(), row.kind)


def _differ(one: Row, other: Row) -> bool:
    meet = one.credential_id is not None or bool(set(one.login.channels) & set(other.login.channels))
    return meet and not same_secret(one.secret, other.secret)
