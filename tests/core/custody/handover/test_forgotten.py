"""A registry that was put back from a backup: what the keyring remembers, and that it is said."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from core.custody.handover import protocol
from core.custody.handover.forgotten import Forgotten, forgotten
from core.model import Way
from core.registry import open_registry
from tests.core.custody.handover.desks import Place, pair_of


def put_back(place: Place, backup) -> None:
    """Put an earlier state of the registry back."""
    registry = open_registry(backup, today=lambda: place.desk.today)
    registry.store_id = place.desk.registry.store_id
    place.desk = replace(place.desk, registry=registry)


def backed_up(place: Place, folder):
    """Keep the registry as it is now."""
    return shutil.copyfile(place.desk.registry.path, folder / f"{place.person}.kanal")


@pytest.mark.parametrize("what", ["opened", "refused"])
def test_a_handover_that_went_further_is_named(office, tmp_path, what):
    pair = pair_of(office, shared=False)
    taker = pair.taker
    pair.request("login", Way.SEALED)
    backup = backed_up(taker, tmp_path)
    assert forgotten(taker.desk.custodian) == Forgotten()
    sealing, bundle = protocol.seal(pair.giver.later().party, pair.handover)
    if what == "opened":
        said = protocol.open_(taker.later().party, bundle)
    else:
        said = protocol.refuse(taker.later().party, pair.handover)
    assert forgotten(taker.desk.custodian) == Forgotten()
    put_back(taker, backup)
    assert forgotten(taker.desk.custodian) == Forgotten((pair.handover,), said_more=True)
    for statement in (sealing, said):
        taker.take_in(statement)
    assert forgotten(taker.desk.custodian) == Forgotten(), "the files bring all of it back"


def test_whoever_hands_over_hears_that_more_was_signed(office, tmp_path):
    pair = pair_of(office, shared=False)
    giver = pair.giver
    pair.request("login", Way.SEALED)
    backup = backed_up(giver, tmp_path)
    sealing, _bundle = protocol.seal(giver.later().party, pair.handover)
    put_back(giver, backup)
    assert forgotten(giver.desk.custodian) == Forgotten((), said_more=True)
    giver.take_in(sealing)
    assert forgotten(giver.desk.custodian) == Forgotten()


def test_a_locked_keyring_is_not_asked(office):
    pair = pair_of(office, shared=False)
    pair.request("login", Way.SEALED)
    pair.taker.desk.keyring.lock()
    assert forgotten(pair.taker.desk.custodian) == Forgotten()
