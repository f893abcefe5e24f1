"""Key cards on the command line: two people with homes and keyrings of their own, who meet only through files."""

from __future__ import annotations

import json

from core.custody.identity.enrolling import IDENTITY
from core.custody.identity.keys import Keys
from core.custody.identity.notes import note_slots, read_note
from core.custody.secret import Secret
from core.custody.vault import open_vault
from tests.core.cli.staff import Person, given, staff
from tests.parts.canaries import Search
from tests.parts.keyrings import Keyrings

__all__ = ["staff"]


def test_two_people_verify_each_other(staff: tuple[Person, Person]):
    erika, max_ = staff
    assert erika("identity", "card", "--out", erika.home / "early.txt")[0] == 2, "there is none yet"
    hers, his = erika.json("identity", "enrol"), max_.json("identity", "enrol")
    assert set(hers) == {"registry", "person", "name", "device", "store", "recipient", "created", "fingerprint"}
    assert max_.json("identity", "enrol") == his, "once is enough"
    of_max, of_erika = given(max_, erika), given(erika, max_)
    words = erika.words(of_max)
    assert words == max_.words(of_erika)
    assert list(words) == [1, 2, 3, 4, 5, 6]
    code, out, err = erika.verify(of_max, dict.fromkeys(words, "falsch"))
    assert (code, "Verified" in out, bool(err)) == (1, False, True)
    code, out, _err = max_.verify_apart(of_erika, words)
    assert (code, "head of press" in out) == (0, True)
    assert erika.verify(of_max, words)[0] == 0
    assert {row["person"]: row["verified"] for row in erika.json("identity", "list")} == {
        "Erika Mustermann": "own",
        "Max Mustermann": "words",
    }


def test_the_head_certifies_a_renewed_card_and_revokes_it_later(staff: tuple[Person, Person]):
    erika, max_ = staff
    erika.json("identity", "enrol")
    his = max_.json("identity", "enrol")
    of_max, of_erika, certificate = given(max_, erika), given(erika, max_), erika.home / "certificate.txt"
    assert erika("identity", "certify", of_max, "--out", certificate)[0] == 2, "not verified yet"
    words = max_.words(of_erika)
    assert erika.verify(of_max, words)[0] == max_.verify(of_erika, words)[0] == 0
    renewed = max_.json("identity", "enrol", "--renew")
    assert renewed["fingerprint"] != his["fingerprint"]
    again = given(max_, erika, "new.txt")
    assert erika.verify(again, max_.words(of_erika))[0] == 0
    assert erika("identity", "words", of_max)[0] == 2, "replaced"
    assert erika("identity", "certify", again, "--out", certificate)[0] == 0
    assert max_("identity", "verify", certificate)[0] == 2, "his own card"
    statement = erika.home / "revocation.txt"
    assert erika("identity", "revoke", renewed["fingerprint"][:16], "--out", statement)[0] == 0
    assert {row["fingerprint"]: bool(row["revoked"]) for row in erika.json("identity", "list")}[renewed["fingerprint"]]
    assert max_("identity", "verify", statement)[0] == 0
    assert max_("identity", "card", "--out", max_.home / "late.txt")[0] == 2, "he has none in force"
    assert erika("identity", "list")[1].count("Max Mustermann") == 2


def test_no_private_half_is_in_any_file_or_on_any_screen(staff: tuple[Person, Person], keyrings: Keyrings):
    canaries = []
    for person, other in (staff, staff[::-1]):
        person.json("identity", "enrol")
        given(person, other)
        keyrings.use(person.keyring)
        vault = open_vault(person.json("identity", "enrol")["registry"])
        store = vault.store()
        assert store is not None
        held = read_note(vault, store, IDENTITY)
        assert held is not None
        seed = json.loads(held.secret.reveal())["seed"]
        canaries += [seed, Keys(Secret(seed)).age_identity().reveal()]
        labels = [label for label, _attributes, _text in person.keyring.texts()]
        assert all(str(slot) in "".join(labels) for slot in note_slots(store, IDENTITY) if vault.get(slot))
    erika, max_ = staff
    words = erika.words(erika.home / "from-Max-card.txt")
    assert max_.verify(max_.home / "from-Erika-card.txt", words)[0] == 0
    for person in staff:
        assert person("log", "--json")[0] == person("identity", "list")[0] == person("identity", "revoke")[0] == 0
        assert person("backup", person.home / "copy.kanal")[0] == 0
    search, searched = Search(canaries), 0
    for file in [one for person in staff for one in person.home.rglob("*") if one.is_file()]:
        assert not list(search.hits(file.read_bytes())), file
        searched += 1
    assert searched > 10
    assert list(search.hits(b"x" * 5 + canaries[0].encode() + b"y" * 9)), "what is there is found"


def test_a_wrong_file_is_refused_with_a_sentence(staff: tuple[Person, Person]):
    erika, _max = staff
    erika.json("identity", "enrol")
    (erika.home / "junk.txt").write_text("Grüße")
    for words in (
        ("words", erika.home / "junk.txt"),
        ("verify", erika.home / "missing.txt"),
        ("certify", erika.registry, "--out", erika.home / "c.txt"),
        ("revoke", "ffffffff"),
        ("head", "Niemand"),
    ):
        code, out, err = erika("identity", *words)
        assert (code, out) == (2, ""), words
        assert (err.count("\n"), "Traceback" in err) == (1, False)
    assert erika("identity")[0] == 2
