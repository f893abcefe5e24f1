"""What lies in a mailbox for one person: theirs alone, not what they know, and by whom, known or not."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from core.custody.handover.fetching import Reader, letters_for
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.statements import Matter, Signer, make_statement
from core.custody.handover.mailbox import FolderMailbox, statement_name
from core.custody.identity.cards import Owner, make_card
from core.custody.identity.circle import HEAD_OF_PRESS
from core.custody.identity.keys import Keys, new_seed
from core.i18n import N_
from core.model import Act, ItemKind, Way
from core.settings import change_setting
from tests.factories import make_person

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
STORE = UUID(int=5)


@pytest.fixture
def office(registry, tmp_path):
    """Erika's registry, in which nobody knows Max yet, and the folder."""
    with registry.action(N_("Prepare")) as session:
        erika = make_person()
        session.add(erika)
        session.flush()
        yield registry, session, erika, FolderMailbox(tmp_path)


def refusal(registry, giver, taker, store=None):
    """Return what Max says on his computer, or Erika on hers."""
    keys = Keys(new_seed())
    owner = Owner(registry.id, taker, "Max Mustermann", "PC-120", store or uuid4())
    told = Told(ItemKind.RESPONSIBILITY, uuid4(), Way.DUTY, None, "Zoo")
    signer = Signer(make_card(owner, keys, NOW), keys, 1, "", NOW)
    return make_statement(Act.REFUSAL, Matter(registry.id, uuid4(), giver, taker), [told], {"reason": "Nein"}, signer)


def letters(office, person):
    registry, session, _erika, box = office
    return letters_for(Reader(session, registry.id, person, STORE), box)


def lay(box, statement):
    box.put(statement_name(statement), statement.file_text.encode())


def test_somebody_whom_the_registry_does_not_know_is_called_as_on_their_card(office):
    registry, _session, erika, box = office
    lay(box, refusal(registry, erika.id, uuid4()))
    [letter] = letters(office, erika.id)
    assert letter.name == "Max Mustermann"
    assert [one.statement.act for one in letter.found] == [Act.REFUSAL]


def test_what_one_signed_oneself_or_what_is_between_others_is_left_alone(office):
    registry, _session, erika, box = office
    lay(box, refusal(registry, erika.id, uuid4(), store=STORE))
    lay(box, refusal(registry, uuid4(), uuid4()))
    assert letters(office, erika.id) == ()


def test_the_head_of_press_finds_what_is_between_others(office):
    registry, session, erika, box = office
    change_setting(session, HEAD_OF_PRESS, str(erika.id))
    session.flush()
    lay(box, refusal(registry, uuid4(), uuid4()))
    assert len(letters(office, erika.id)) == 1
