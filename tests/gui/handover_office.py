"""Erika at her desk with a real keyring and one login, and Max elsewhere: what tests of handover dialogs begin with."""

from __future__ import annotations

from datetime import timedelta

from core.custody import keeping
from core.custody.custodian import Custodian
from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.facts import told
from core.custody.handover.formats.abouts import cards_text, fingerprints_text, new_nonce
from core.custody.handover.formats.bundle import make_bundle
from core.custody.handover.formats.statements import Matter, Signer, make_statement
from core.custody.handover.kept import statements_of
from core.custody.handover.listing import handover_detail
from core.custody.handover.possible import possible_steps
from core.custody.identity.enrolling import enrol
from core.custody.secret import Secret
from core.custody.vault import open_vault
from core.i18n import N_
from core.inventory.binding import bind
from core.inventory.channels import add_channel
from core.inventory.credentials import NewCredential, add_credential
from core.model import Act, CredentialKind, ItemKind, Occasion, Way
from gui.handover_steps import take_step
from gui.key_cards import this_instant
from tests.gui.handover_people import HEAD, Talk, me
from tests.gui.key_card_people import Colleague

OLD = Secret("das alte Geheimnis")


class Office:
    """Erika sits here with a real keyring; Max is elsewhere; there is one login."""

    def __init__(self, desk, monkeypatch):
        self.desk, self._monkeypatch = desk, monkeypatch
        self.number = 6
        with desk.registry.action(N_("Bind")) as session:
            self.erika = bind(session, desk.registry.store_id, "Erika Mustermann", desk.today).person.id
            channel = add_channel(session, "instagram.com/musterstadt", title="Musterstadt", today=desk.today)
            session.flush()
            new = NewCredential(CredentialKind.PASSWORD, "Instagram", (channel.id,), "presse")
            self.login = add_credential(session, new).id
        self.custodian = Custodian(desk.registry, open_vault(desk.registry.id), desk.today)
        enrol(self.custodian, this_instant())
        self.max = Colleague(desk, "Max Mustermann")
        desk.settle()

    def told(self, way):
        with self.desk.registry.reading() as session:
            return told(session, ItemKind.CREDENTIAL, self.login, way)

    def gives(self, way, giver=None):
        """Let Erika, or somebody else, hand the login to Max."""
        keeping.store_secret(self.custodian, self.login, OLD)
        return Talk(self.desk, giver or me(self.desk, self.erika, "Erika Mustermann"), self.max, [self.told(way)])

    def takes(self, way):
        """Let Max hand the login to Erika."""
        return Talk(self.desk, self.max, me(self.desk, self.erika, "Erika Mustermann"), [self.told(way)])

    def steps(self, handover):
        with self.desk.registry.reading() as session:
            detail = handover_detail(session, handover, self.desk.today)
        head = self.erika
        return detail, {one.doing: one for one in possible_steps(detail, self.erika, head)}

    def take(self, handover, doing, kind):
        """Take a step, and return its dialog."""
        detail, steps = self.steps(handover)
        take_step(self.desk.workspace, steps[doing], detail, self.desk.window)
        return self.desk.dialog(kind)

    def press(self, button):
        assert button.isEnabled(), button.text()
        button.click()
        self.desk.settle()

    def state(self, handover):
        return self.steps(handover)[0].items[0].state

    def held(self, revision):
        return Actor(self.custodian, this_instant()).held(self.login, revision)

    def said(self, handover, act):
        with self.desk.registry.reading() as session:
            return [one for one in statements_of(session, handover) if one.act is act]

    def elsewhere(self, talk):
        """Return a request of Max's that has not come to this registry yet."""
        about = {"nonce": new_nonce(), "occasion": "leaving", "until": None, "cards": cards_text([self.max.card])}
        matter = Matter(self.desk.registry.id, talk.id, self.erika, self.max.person)
        self.number += 1
        signer = Signer(self.max.card, self.max.keys, self.number, HEAD, this_instant())
        return make_statement(Act.REQUEST, matter, talk.items, about, signer)

    def saved(self, dialog, target):
        self._monkeypatch.setattr("gui.handover_files.QFileDialog.getSaveFileName", lambda *_args: (str(target), ""))
        self.press(dialog.saving)
        return target


def sealed_by_max(office, talk, desk, way=Way.COPY):
    """Erika asks for a copy, and Max seals it at his computer."""
    party = Actor(office.custodian, this_instant())
    items, until = [office.told(way)], desk.today + timedelta(days=7) if way is Way.COPY else None
    asked = protocol.request(
        party, talk.id, office.max.person, items, Occasion.COVER if until else Occasion.LEAVING, until=until
    )
    now = this_instant()
    about = {
        "nonce": asked.about["nonce"],
        "expires": (desk.today + timedelta(days=14)).isoformat(),
        "to": fingerprints_text(asked.cards),
        "request": asked.digest,
    }
    matter = Matter(desk.registry.id, talk.id, office.max.person, office.erika)
    sealing = make_statement(
        Act.SEALING, matter, asked.items, about, Signer(office.max.card, office.max.keys, 1, HEAD, now)
    )
    return make_bundle(sealing, {office.login: OLD}, office.max.keys, asked.cards)
