"""Files of all sorts arrive: each is recognised, said in a sentence, and goes to its step."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.arriving import arrive, peeked
from core.custody.handover.facts import told
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.previous import clear_previous
from core.custody.handover.reading import Sort, recognise_file
from core.custody.handover.record.making_record import make_record
from core.custody.identity import certifying, revoking
from core.custody.identity.refusals import Refusal, RefusedError
from core.custody.secret import Secret
from core.errors import BadInputError, UnusableFileError
from core.inventory.credentials import NewCredential, add_credential
from core.model import (
    Credential,
    CredentialChannel,
    CredentialKind,
    HandoverStatement,
    ItemKind,
    ItemState,
    KeyCard,
    Occasion,
    Way,
)
from tests.core.custody.handover.desks import NEW_SECRET, SECRET, Place, pair_of, yes
from tests.factories import make_person

pytestmark = pytest.mark.usefixtures("in_english")


def opened(place, content, **more):
    """What becomes of a file at somebody's computer."""
    place.later()
    found = recognise_file(content, person=place.person)
    return arrive(place.desk.custodian, found, place.desk.now, **more)


def of(statement):
    return statement.file_text.encode()


def test_what_is_refused_leaves_nothing_in_a_keyring_without_a_card(office):
    pair = pair_of(office, shared=False)
    asked = pair.request("login", Way.SEALED)
    _sealing, bundle = protocol.seal(pair.giver.later().party, pair.handover)
    lisa = Place(office.desk("Lisa"), office.people["Lisa"])
    before = lisa.desk.keyring.texts()
    withdrawn = protocol.withdraw(pair.giver.later().party, pair.handover)
    for content in (bundle, of(withdrawn)):
        with pytest.raises(RefusedError):
            opened(lisa, content)
    with pytest.raises(RefusedError):
        peeked(lisa.desk.custodian, recognise_file(bundle), lisa.desk.now)
    assert lisa.desk.keyring.texts() == before
    assert lisa.desk.circle().me is None
    with lisa.desk.registry.reading() as session:
        assert session.scalars(select(KeyCard)).all() == []
        assert session.scalars(select(HandoverStatement)).all() == []
    assert asked.taker != lisa.person


def test_what_counts_makes_a_card_for_a_keyring_without_one(office):
    pair = pair_of(office, shared=False, verified=False)
    asked = protocol.request(
        pair.taker.party, pair.handover, pair.giver.person, [pair.told("duty", Way.DUTY)], Occasion.LEAVING
    )
    assert pair.giver.desk.circle().me is None
    assert opened(pair.giver, of(asked)).taken
    assert pair.giver.desk.circle().me is not None


def test_a_whole_handover_by_opening_files_alone(office):
    pair = pair_of(office, shared=False)
    giver, taker, login = pair.giver, pair.taker, pair.things["login"]
    asked = protocol.request(
        taker.party, pair.handover, giver.person, [pair.told("login", Way.SEALED)], Occasion.LEAVING
    )
    found = recognise_file(of(asked), person=giver.person)
    assert (found.sort, found.name) == (Sort.STATEMENT, "Max Mustermann")
    assert found.what == "Max Mustermann asks for 1 thing of a handover."
    assert found.next == "Next, you verify the card of Max Mustermann if need be, and seal what is asked for."
    assert opened(giver, of(asked)).taken
    assert not opened(giver, of(asked)).taken, "twice does nothing"
    _sealing, bundle = protocol.seal(giver.later().party, pair.handover)
    mailed = b"Hallo Max,\r\n" + b"\r\n".join(b"> " + line for line in bundle.splitlines()) + b"\r\nErika"
    assert recognise_file(mailed).sort is Sort.BUNDLE
    seen = peeked(taker.later().desk.custodian, recognise_file(mailed), taker.desk.now)
    assert seen.what == "Erika Mustermann says that 1 thing was sealed."
    assert taker.party.newest(login) == 0
    receipt = opened(taker, mailed).answer
    assert opened(giver, of(receipt)).course.item(login).state is ItemState.OPENED
    protocol.begin(taker.later().party, pair.handover, login, Secret(NEW_SECRET))
    confirmed = protocol.confirm(taker.later().party, pair.handover, {login: yes(taker.desk.today)})
    assert opened(giver, of(confirmed)).found.next == "Next, you release it, and your own copy is removed."
    released = protocol.release(giver.later().party, pair.handover)
    assert taker.party.held(login, 1) == Secret(SECRET), "the old one is kept until the end"
    opened(taker, of(released))
    assert pair.states() == {(ItemState.CLOSED,)}
    assert taker.party.held(login, 1) is None
    assert taker.party.held(login, 2) == Secret(NEW_SECRET)
    record = make_record(taker.desk.custodian, pair.handover, taker.desk.now)
    assert recognise_file(record.file_text.encode()).sort is Sort.RECORD


def test_the_old_secret_goes_after_thirty_days_although_nobody_released(office):
    pair = pair_of(office, shared=False, verified=False)
    taker, login = pair.taker, pair.things["login"]
    pair.request("login", Way.RESET)
    with taker.desk.registry.action("known") as session:
        session.get_one(Credential, login).revision = 1
    Actor(taker.desk.custodian, taker.desk.now).keep(login, 1, Secret(SECRET))
    protocol.begin(taker.later().party, pair.handover, login, Secret(NEW_SECRET))
    protocol.confirm(taker.later().party, pair.handover, {login: yes(taker.desk.today)})
    assert clear_previous(taker.later(days=30).desk.custodian) == 0
    assert taker.party.held(login, 1) == Secret(SECRET)
    assert clear_previous(taker.later(days=1).desk.custodian) == 1
    assert taker.party.held(login, 1) is None
    assert taker.desk.today - pair.giver.desk.today == timedelta(days=31)


def test_what_the_registry_lacks_is_shown_before_anything_is_taken_in(office):
    pair = pair_of(office, shared=False, verified=False)
    giver, taker = pair.giver, pair.taker
    with taker.desk.registry.action("new") as session:
        fresh = add_credential(session, NewCredential(CredentialKind.PASSWORD, "Neu", (pair.things["channel"],)))
    with taker.desk.registry.reading() as session:
        items = [told(session, ItemKind.CREDENTIAL, fresh.id, Way.RESET)]
    asked = protocol.request(taker.party, pair.handover, giver.person, items, Occasion.LEAVING)
    first = opened(giver, of(asked))
    assert [one.label for one in first.lacking] == ["Neu"]
    assert not first.taken
    assert not giver.items(pair.handover)
    assert opened(giver, of(asked), add=True).taken
    assert pair.states() == {(ItemState.REQUESTED,)}


def test_a_file_opened_before_gives_the_same_receipt_once_more(office):
    """Whoever was interrupted before the receipt was saved drops the sealed file again."""
    pair = pair_of(office, shared=False)
    taker, registry = pair.taker, pair.taker.desk.registry
    pair.request("login", Way.SEALED)
    _sealing, bundle = protocol.seal(pair.giver.later().party, pair.handover)
    receipt = opened(taker, bundle).answer
    entries = len(registry.log())
    again = opened(taker, bundle)
    assert (again.answer, again.taken) == (receipt, False)
    assert len(registry.log()) == entries, "nothing is refused, and nothing is done twice"
    assert opened(pair.giver, of(again.answer)).taken


def test_a_refused_file_adds_nothing_of_what_it_brings_along(office):
    pair = pair_of(office, shared=False, verified=False)
    giver, taker = pair.giver, pair.taker
    with taker.desk.registry.action("new") as session:
        fresh = add_credential(session, NewCredential(CredentialKind.PASSWORD, "Neu", (pair.things["channel"],)))
    with taker.desk.registry.reading() as session:
        items = [told(session, ItemKind.CREDENTIAL, fresh.id, Way.RESET)]
    asked = protocol.request(taker.later(days=3).party, pair.handover, giver.person, items, Occasion.LEAVING)
    giver.party.me()  # Whoever has no card yet is enrolled, whatever becomes of a file.
    registry = giver.desk.registry
    entries = len(registry.log())
    with pytest.raises(RefusedError) as refused:
        opened(giver, of(asked), add=True)
    assert refused.value.code is HandoverRefusal.FROM_THE_FUTURE
    assert [entry.label for entry in registry.log()[entries:]] == ["Refuse a file of a handover"]
    assert giver.get(Credential, fresh.id) is None


def test_a_bundle_that_is_refused_adds_nothing(office):
    pair = pair_of(office, shared=False)
    giver, taker, login = pair.giver, pair.taker, pair.things["login"]
    pair.request("login", Way.SEALED)
    facts = {login: told_facts(giver, login)}
    _sealing, bundle = protocol.seal(giver.later().party, pair.handover, None, facts)
    protocol.refuse(taker.later().party, pair.handover)
    forget(taker, login)
    registry = taker.desk.registry
    entries = len(registry.log())
    with pytest.raises(RefusedError) as refused:
        opened(taker, bundle, add=True)
    assert refused.value.code is HandoverRefusal.WITHDRAWN
    assert [entry.label for entry in registry.log()[entries:]] == ["Refuse a file of a handover"]
    assert taker.get(Credential, login) is None


def told_facts(place, login):
    """What is told of a login to a copy that lacks it."""
    with place.desk.registry.reading() as session:
        return told(session, ItemKind.CREDENTIAL, login, Way.SEALED).facts


def forget(place, login):
    """Let a registry lack a login."""
    with place.desk.registry.action("forget") as session:
        for tie in session.scalars(select(CredentialChannel).where(CredentialChannel.credential_id == login)):
            session.delete(tie)
        session.flush()
        session.delete(session.get_one(Credential, login))


def test_somebody_whom_nobody_here_knows_adds_nothing(office):
    pair = pair_of(office, shared=False, verified=False)
    giver, taker, stranger = pair.giver, pair.taker, make_person(given_name="Lina")
    with taker.desk.registry.action("new") as session:
        session.add(stranger)
        fresh = add_credential(session, NewCredential(CredentialKind.PASSWORD, "Neu", (pair.things["channel"],)))
        session.flush()
        unknown, made = stranger.id, fresh.id
    with taker.desk.registry.reading() as session:
        items = [told(session, ItemKind.CREDENTIAL, made, Way.RESET)]
    asked = protocol.request(taker.party, pair.handover, unknown, items, Occasion.LEAVING)
    giver.party.me()
    entries = len(giver.desk.registry.log())
    with pytest.raises(BadInputError, match="does not know a person"):
        opened(giver, of(asked), add=True)
    assert len(giver.desk.registry.log()) == entries
    assert giver.get(Credential, made) is None


def test_cards_certificates_and_revocations_are_recognised_too(office):
    pair = pair_of(office, shared=False)
    erika, max_ = pair.giver.desk, pair.taker.desk
    hers, his = pair.giver.party.me().card, pair.taker.party.me().card
    card = recognise_file(his.file_text.encode())
    assert (card.sort, card.person, card.next) == (
        Sort.CARD,
        pair.taker.person,
        "Next, compare the words with Max Mustermann on the telephone.",
    )
    assert not opened(pair.giver, his.file_text.encode()).taken
    certificate = certifying.certify(erika.custodian, his, erika.now)
    assert recognise_file(certificate.file_text.encode()).sort is Sort.CERTIFICATE
    revocation = revoking.revoke(erika.custodian, hers, erika.now)
    assert opened(pair.taker, revocation.file_text.encode()).taken
    assert pair.taker.party.is_revoked(hers.fingerprint)
    assert max_.circle().is_revoked(hers.fingerprint)


def test_what_is_no_file_of_ours_is_refused(tmp_path):
    with pytest.raises(RefusedError) as refused:
        recognise_file(b"Guten Tag")
    assert refused.value.code is Refusal.NOT_OURS
    with pytest.raises(RefusedError) as refused:
        recognise_file(b"-----BEGIN AGE ENCRYPTED FILE-----\n" + b"x" * 2_000_000)
    assert refused.value.code is HandoverRefusal.TOO_LARGE
    with pytest.raises(UnusableFileError):
        recognise_file(tmp_path / "fehlt.anfrage")


def test_a_bundle_for_somebody_else_leaves_one_entry_in_the_log(office):
    pair = pair_of(office, shared=False)
    pair.request("login", Way.SEALED)
    _sealing, bundle = protocol.seal(pair.giver.later().party, pair.handover)
    registry = pair.giver.desk.registry
    entries = len(registry.log())
    with pytest.raises(RefusedError) as refused:
        opened(pair.giver, bundle)
    assert refused.value.code is HandoverRefusal.NOT_FOR_YOU
    assert [entry.label for entry in registry.log()[entries:]] == ["Refuse a file of a handover"]
