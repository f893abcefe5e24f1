"""A name is found in every way of writing it, and nothing but the name goes from the text."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from core.i18n import N_
from core.model import Channel
from core.protection.erasure.carrying_out import begin, carry_out
from core.protection.erasure.planning import plan_erasure
from core.protection.recognising.name_forms import Forms, Known, forms_of
from core.protection.recognising.spelling import Finder, finder, spelled
from tests.factories import make_channel, make_owner, make_person

TODAY, LONG_AGO = date(2026, 11, 23), date(2019, 3, 31)


def forms(first: str, family: str, *others: tuple[str, str]) -> Forms:
    people = [Known() for _one in (None, *others)]
    for one, (given_name, family_name) in zip(people, ((first, family), *others), strict=True):
        one.learn({"given_name": given_name, "family_name": family_name})
    return forms_of(people[:1], people[1:])


def how(found: Forms, text: str) -> str:
    """Say whether a text is found, and how."""
    if not found.may_be_in(text):
        return "not"
    return "sure" if found.sure.search(text) else "doubtful" if found.unclear.search(text) else "not"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ANSPRECHPARTNER: KÖHLMANNEK", "doubtful"),
        ("köhlmannek fragen", "doubtful"),
        ("koehlmannek", "doubtful"),
        ("koehlmannek24", "doubtful"),
        ("Koehlmannek", "sure"),
        ("Köhl\u00admannek", "sure"),
        ("K\u200böhlmannek", "sure"),
        ("Ko\u0308hlmannek", "sure"),
        ("ordner_Köhlmannek_2020", "sure"),
        ("ordner_köhlmannek_2020", "doubtful"),
        ("HERR KÖHLMANNEK", "sure"),
        ("JÖRG KÖHLMANNEK", "sure"),
        ("Köhlmannekstraße", "not"),
        ("Jörg", "not"),
        ("Köhlmann", "not"),
    ],
)
def test_a_name_is_found_in_capitals_small_letters_and_with_what_nobody_sees(text: str, found: str):
    assert how(forms("Jörg", "Köhlmannek"), text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MÜLLER-LÜDENSCHEIDT", "doubtful"),
        ("Müller\u2011Lüdenscheidt", "sure"),
        ("Müller\u2013Lüdenscheidt", "sure"),
        ("Müller - Lüdenscheidt", "sure"),
        ("Müller Lüdenscheidt", "sure"),
        ("Annegret Müller", "sure"),
        ("Annegret Lüdenscheidt", "sure"),
        ("Lüdenscheidt, Annegret", "sure"),
        ("Annegret Müller-Schmidt", "doubtful"),
        ("Frau Müller", "doubtful"),
        ("Lüdenscheidt", "doubtful"),
        ("AnnegretMuellerLuedenscheidt", "sure"),
        ("annegret.mueller.luedenscheidt", "sure"),
        ("Annegret Meier", "not"),
    ],
)
def test_a_double_name_is_found_with_any_dash_and_by_its_halves(text: str, found: str):
    assert how(forms("Annegret", "Müller-Lüdenscheidt"), text) == found


def test_one_half_that_is_somebody_else_s_name_is_not_surely_meant():
    found = forms("Annegret", "Müller-Lüdenscheidt", ("Annegret", "Müller"))
    assert how(found, "Annegret Müller") == "doubtful"
    assert how(forms("Erika", "Lüdenscheidt", ("Annegret", "Müller-Lüdenscheidt")), "Lüdenscheidt") == "doubtful"


def test_the_account_of_a_double_name_is_found():
    found = forms("Annegret", "Müller-Lüdenscheidt")
    assert found.sure_in_accounts.search("https://www.instagram.com/annegret.mueller.luedenscheidt")


@pytest.mark.parametrize("word", ["koch", "KOCH", "Koch"])
def test_a_name_that_is_a_word_is_never_sure_alone(word: str):
    assert how(forms("Jürgen", "Koch"), f"Der {word} kommt") == "doubtful"


def test_a_list_in_capitals_makes_no_other_name():
    assert how(forms("JÖRG", "KÖHLMANNEK"), "Jörg Köhlmannek und Köhlmannek") == "sure"


CHARACTERS = some.text(some.sampled_from("aäößLo\u0308\u0301\u00ad\u200b-\u2011\u2013 İıﬁ_.x"), max_size=30)


@given(text=CHARACTERS)
@settings(max_examples=200, deadline=None)
def test_what_is_not_found_stays_byte_for_byte(text: str):
    assert finder([]).sub("[…]", text) == text
    assert finder(["."]).sub(lambda found: found.group(), text) == text


@given(before=CHARACTERS, after=CHARACTERS)
@settings(max_examples=150, deadline=None)
def test_only_the_name_goes(before: str, after: str):
    after = after.lstrip("\u0308\u0301\u00ad\u200b")
    text = f"{before} Q\u00adü {after}"
    assert finder(["Que"]).sub("[…]", text) == f"{before} […] {after}"


NAMES = some.text(some.sampled_from("abcdefghijklmnoprtuvwzäöüßéñ"), min_size=5, max_size=9).map(str.capitalize)
FAMILIES = some.one_of(NAMES, some.tuples(NAMES, NAMES).map("-".join))
DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


@given(
    first=NAMES,
    family=FAMILIES,
    form=some.sampled_from(["{0} {1}", "{1}", "{1}, {0}"]),
    case=some.sampled_from([str, str.upper, str.lower]),
    normal=some.sampled_from(["NFC", "NFD"]),
    digraph=some.booleans(),
    unseen=some.sampled_from(["", "\u00ad", "\u200b", "\u2060"]),
    at=some.integers(1, 4),
    dash=some.sampled_from("-\u2010\u2011\u2012\u2013\u2014\u2212"),
    around=some.sampled_from([("Bitte ", " fragen"), ("ordner_", "_2020"), ("(", ")"), ("", "")]),
)
@settings(max_examples=300, deadline=None)
def test_every_spelling_of_a_name_is_found(first, family, form, case, normal, digraph, unseen, at, dash, around):
    name = case(form.format(first, family.translate(DIGRAPHS) if digraph else family)).replace("-", dash)
    name = unicodedata.normalize(normal, name)
    text = f"{around[0]}{name[:at]}{unseen}{name[at:]}{around[1]}"
    found = forms(first, family)
    assert how(found, text) != "not"
    rest = found.unclear.sub("[…]", found.sure.sub("[…]", text))
    assert spelled(family).casefold() not in spelled(rest).casefold()
    assert rest.startswith(around[0])
    assert rest.endswith(around[1])


@given(name=some.tuples(NAMES, FAMILIES), other=some.tuples(NAMES, FAMILIES))
@settings(max_examples=150, deadline=None)
def test_somebody_else_s_name_is_not_found(name, other):
    mine, theirs = ({part for whole in one for part in spelled(whole).casefold().split("-")} for one in (name, other))
    if not mine & theirs:
        assert how(forms(*name), f"Bitte {' '.join(other)} fragen") == "not"


@pytest.fixture
def channels(registry) -> tuple[Channel, Channel]:
    """Two channels whose notes hold a first name alone; the leaver has answered for one of them."""
    registry.today = lambda: TODAY
    own, foreign = (
        make_channel(title=title, account_key=title, notes="Jörg hat das Passwort") for title in ("Zoo", "Museum")
    )
    with registry.action(N_("Add")) as session:
        session.add_all(
            [own, foreign, person := make_person(given_name="Jörg", family_name="Köhlmannek", left_on=LONG_AGO)]
        )
        session.flush()
        session.add(make_owner(own, person, since=date(2015, 1, 1), until=LONG_AGO))
    return own, foreign


def test_a_first_name_alone_may_mean_somebody_where_they_had_to_do_with_the_channel(registry, channels):
    plan = plan_erasure(registry, TODAY)
    told = [(one.mention.place.record_id, one.mention.sure, one.mention.ticked) for one in plan.mentions]
    assert told == [(channels[0].id, False, False)]
    order = plan.order({one.mention.key for one in plan.mentions})
    begin(registry, order)
    carry_out(registry, order)
    with registry.reading() as session:
        assert session.get_one(Channel, channels[0].id).notes == "[…] hat das Passwort"
        assert session.get_one(Channel, channels[1].id).notes == "Jörg hat das Passwort"
    made = [one.after["notes"] for one in registry.log() if one.table == "channel" and (one.after or {}).get("notes")]
    assert sorted(made) == ["Jörg hat das Passwort", "[…] hat das Passwort"]


def test_a_pattern_that_finds_nothing_finds_nothing():
    assert isinstance(finder([]), Finder)
    assert finder([]).search("Köhlmannek") is None
