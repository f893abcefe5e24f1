"""The attack table of handover.md: each row is refused with its own code, and nothing is written to a keyring."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pyrage
import pytest

from core.custody.handover import protocol
from core.custody.handover.formats.abouts import cards_text
from core.custody.handover.formats.age_armor import armored_age, unarmored_age
from core.custody.handover.formats.statements import Matter, Statement
from core.custody.secret import Secret
from core.model.choices import Act, Occasion, Way
from tests.core.custody.handover.memory_party import card_of, keys_of
from tests.core.custody.handover.office_in_memory import ERIKA, LOGINS, MAX, NAMES, UTE, Office, thing
from tests.core.custody.handover.stage import DIGEST, HANDOVER, LOGIN, OTHER_REGISTRY, Stage, mallory, refused


@pytest.fixture
def stage() -> Stage:
    """Two people who know each other's keys, and somebody between them."""
    return Stage(Office(shared=False))


def test_a_bundle_by_a_stranger_who_has_the_public_key_is_refused(stage):
    stage.ask()
    assert refused(stage, stage.max, protocol.open_, stage.bundle()) == "stranger"


def test_a_bundle_under_another_display_name_is_refused(stage):
    stage.ask()
    forged = stage.bundle(card=mallory(ERIKA, "Erika Musterfrau"))
    assert refused(stage, stage.max, protocol.open_, forged) == "other-name"


def test_what_max_wraps_anew_for_ute_is_refused(stage):
    bundle = stage.seal()
    opener = pyrage.x25519.Identity.from_str(stage.max.me().keys.age_identity().reveal())
    plain = bytes(pyrage.decrypt(unarmored_age(bundle), [opener]))
    for_ute = pyrage.x25519.Recipient.from_str(stage.ute.keyring.card.recipient)
    wrapped = armored_age(bytes(pyrage.encrypt(plain, [for_ute])))
    assert refused(stage, stage.ute, protocol.open_, wrapped) == "not-for-you"


def test_a_bundle_for_somebody_else_is_refused(stage):
    bundle = stage.seal()
    assert refused(stage, stage.ute, protocol.open_, bundle) == "not-for-you"


def test_a_bundle_that_was_opened_is_refused_even_after_a_backup_was_put_back(stage):
    bundle = stage.seal()
    backup = stage.max.copy.copied()
    protocol.open_(stage.max, bundle)
    assert refused(stage, stage.max, protocol.open_, bundle) == "replayed"
    stage.max.copy.statements = backup.statements
    assert refused(stage, stage.max, protocol.open_, bundle) == "replayed"


def test_a_bundle_with_an_older_revision_is_refused(stage):
    bundle = stage.seal()
    stage.max.copy.revisions[LOGIN] = 2
    assert refused(stage, stage.max, protocol.open_, bundle) == "older-revision"


def test_a_bundle_of_another_registry_is_refused(stage):
    stage.ask()
    erika, max_ = (card_of(one, NAMES[one], "elsewhere", 0, OTHER_REGISTRY) for one in (ERIKA, MAX))
    sealing = stage.sealing(card=erika, keys=keys_of("elsewhere/0"), to=max_)
    forged = _wrapped(sealing, stage.max.keyring.card.recipient)
    assert refused(stage, stage.max, protocol.open_, forged) == "other-registry"


def test_a_bundle_whose_time_is_over_is_refused(stage):
    bundle = stage.seal()
    stage.office.world.now += timedelta(days=15)
    assert refused(stage, stage.max, protocol.open_, bundle) == "expired"


def test_a_withdrawn_bundle_is_refused_even_after_mailbox_and_registry_were_put_back(stage):
    bundle = stage.seal()
    backup = stage.max.copy.copied()
    protocol.take_in(stage.max, protocol.withdraw(stage.erika, HANDOVER))
    assert refused(stage, stage.max, protocol.open_, bundle) == "withdrawn"
    stage.max.copy.statements = backup.statements
    assert refused(stage, stage.max, protocol.open_, bundle) == "withdrawn"


def test_a_card_that_was_swapped_in_the_mailbox_gets_nothing(stage):
    asked = stage.ask()
    about = dict(asked.about) | {"cards": cards_text([mallory(MAX)])}
    forged = stage.says(Act.REQUEST, about, card=mallory(MAX))
    assert refused(stage, stage.erika, protocol.take_in, forged) == "swapped-card"
    stage.erika.copy.statements[HANDOVER] = {forged.digest: forged}
    assert refused(stage, stage.erika, protocol.seal, HANDOVER) == "swapped-card"


def test_nothing_is_sealed_to_a_card_that_is_not_verified(stage):
    stage.erika.keyring.pins.clear()
    asked = stage.ask()
    assert refused(stage, stage.erika, protocol.take_in, asked) == "not-verified"
    stage.erika.copy.statements[HANDOVER] = {asked.digest: asked}
    assert refused(stage, stage.erika, protocol.seal, HANDOVER) == "not-verified"


def test_a_second_bundle_of_one_handover_is_refused(stage):
    stage.open()
    second = stage.bundle(**stage.by_erika(), number=7)
    assert refused(stage, stage.max, protocol.open_, second) == "doubled-id"


def test_a_number_that_was_given_twice_is_refused(stage):
    stage.open()
    forged = stage.says(Act.WITHDRAWAL, {"reason": "noch einmal"}, **stage.by_erika())
    assert refused(stage, stage.max, protocol.take_in, forged) == "rolled-back"


def test_a_handover_between_others_under_the_same_id_is_refused(stage):
    stage.ask()
    matter = Matter(stage.max.registry, HANDOVER, UTE, MAX)
    forged = stage.says(
        Act.WITHDRAWAL, {"reason": ""}, card=stage.ute.keyring.card, keys=keys_of("ute-1/0"), matter=matter
    )
    assert refused(stage, stage.max, protocol.take_in, forged) == "doubled-id"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda bundle: bundle[: len(bundle) // 2], "truncated"),
        (lambda _bundle: b"a" * 1_100_000, "too-large"),
        (lambda _bundle: b"%PDF-1.7", "other-kind"),
    ],
)
def test_what_is_no_whole_bundle_is_refused(stage, data, code):
    bundle = stage.seal()
    assert refused(stage, stage.max, protocol.open_, data(bundle)) == code


def test_a_forged_receipt_is_refused(stage):
    stage.seal()
    about = {"bundle": DIGEST, "sealing": DIGEST}
    assert (
        refused(stage, stage.erika, protocol.take_in, stage.says(Act.RECEIPT, about, card=mallory(MAX)))
        == "forged-receipt"
    )
    of_another = stage.says(Act.RECEIPT, about, **stage.by_max(), number=9)
    assert refused(stage, stage.erika, protocol.take_in, of_another) == "forged-receipt"


def test_a_forged_confirmation_is_refused_and_the_copy_stays(stage):
    stage.open()
    answered = replace(thing(LOGIN, Way.SEALED, 2), answers={"login-seen": "2026-11-23"})
    forged = stage.says(Act.CONFIRMATION, {}, card=mallory(MAX), told=answered)
    assert refused(stage, stage.erika, protocol.take_in, forged) == "forged-confirmation"
    stage.erika.copy.statements[HANDOVER][forged.digest] = forged
    assert refused(stage, stage.erika, protocol.release, HANDOVER) == "forged-confirmation"
    assert stage.erika.held(LOGIN, 1) == stage.office.live[LOGIN]


def test_a_forged_confirmation_of_a_sealed_login_that_calls_it_a_reset_is_refused(stage):
    stage.open()
    answered = replace(thing(LOGIN, Way.RESET, 2), answers={"login-seen": "2026-11-23"})
    forged = stage.says(Act.CONFIRMATION, {}, card=mallory(MAX), told=answered)
    assert refused(stage, stage.erika, protocol.take_in, forged) == "forged-confirmation"


def test_a_confirmation_of_the_old_revision_is_refused(stage):
    stage.open()
    answered = replace(thing(LOGIN, Way.SEALED, 1), answers={"login-seen": "2026-11-23"})
    old = stage.says(Act.CONFIRMATION, {}, **stage.by_max(), told=answered, number=9)
    assert refused(stage, stage.erika, protocol.take_in, old) == "forged-confirmation"


def test_a_reset_by_an_unverified_card_is_released_only_when_the_old_secret_was_tried(stage):
    for desk in (stage.erika, stage.max):
        desk.keyring.pins.clear()
    protocol.take_in(stage.erika, stage.ask(Way.RESET))
    protocol.begin(stage.max, HANDOVER, LOGIN, Secret("geheim-neu"))
    protocol.take_in(stage.erika, protocol.confirm(stage.max, HANDOVER, {LOGIN: {"login-seen": "2026-11-23"}}))
    assert refused(stage, stage.erika, protocol.release, HANDOVER) == "not-tried"
    protocol.release(stage.erika, HANDOVER, tried=[LOGIN])
    assert stage.erika.newest(LOGIN) == 0
    assert stage.erika.revision(LOGIN) == 2


def test_a_revoked_key_seals_and_opens_nothing(stage):
    bundle = stage.seal()
    stage.max.copy.revoked.add(stage.erika.keyring.card.fingerprint)
    assert refused(stage, stage.max, protocol.open_, bundle) == "revoked"
    stage.max.copy.revoked = {stage.max.keyring.card.fingerprint}
    assert refused(stage, stage.max, protocol.open_, bundle) == "revoked"


def test_nothing_is_sealed_to_a_revoked_or_replaced_card(stage):
    protocol.take_in(stage.erika, stage.ask())
    stage.erika.copy.revoked.add(stage.max.keyring.card.fingerprint)
    assert refused(stage, stage.erika, protocol.seal, HANDOVER) == "revoked"
    stage.erika.copy.revoked.clear()
    newer = card_of(MAX, NAMES[MAX], "max-1", 1)
    stage.erika.copy.cards[newer.fingerprint] = newer
    assert refused(stage, stage.erika, protocol.seal, HANDOVER) == "revoked"


def test_a_bundle_for_the_very_card_it_comes_from_is_refused(stage):
    asked = protocol.request(stage.max, HANDOVER, MAX, [thing(LOGINS[2], Way.MOVE, 1)], Occasion.MOVE)
    assert asked.giver == asked.taker
    assert refused(stage, stage.max, protocol.seal, HANDOVER) == "to-itself"
    told = thing(LOGINS[2], Way.SEALED, 1)
    assert refused(stage, stage.max, protocol.request, UUID(int=5), MAX, [told], Occasion.LEAVING) == "to-itself"


def test_a_handover_of_nothing_is_refused(stage):
    assert refused(stage, stage.max, protocol.request, HANDOVER, ERIKA, [], Occasion.LEAVING) == "no-items"


def test_the_same_login_twice_is_refused(stage):
    twice = [thing(LOGIN, Way.SEALED, 1)] * 2
    assert refused(stage, stage.max, protocol.request, HANDOVER, ERIKA, twice, Occasion.LEAVING) == "doubled-item"


def test_an_age_header_that_the_library_takes_and_we_do_not_is_refused(stage):
    raw = unarmored_age(stage.seal())
    odd = raw.replace(b"\n--- ", b"\n-> scrypt c2FsdHNhbHRzYWx0c2FsdA 1\n" + b"A" * 43 + b"\n--- ", 1)
    assert refused(stage, stage.max, protocol.open_, armored_age(odd)) == "bad-age-header"


def _wrapped(sealing: Statement, recipient: str) -> bytes:
    """Seal a statement to any key, signed as a bundle of that statement is."""
    content = {"kind": "handover-bundle", "format": 1, "sealing": sealing.text.decode(), "values": {str(LOGIN): "x"}}
    text = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    signature = keys_of("elsewhere/0").sign(b"kanalregister/v1/handover-bundle\0" + text)
    whole = json.dumps(content | {"signature": signature}, sort_keys=True, separators=(",", ":")).encode()
    padded = whole + b" " * (-len(whole) % 4_096)
    return armored_age(bytes(pyrage.encrypt(padded, [pyrage.x25519.Recipient.from_str(recipient)])))
