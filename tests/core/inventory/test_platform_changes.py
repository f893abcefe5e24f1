"""A registry changes the catalogue of platforms for itself, and everything that reads the catalogue follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core.errors import BadInputError
from core.governance.finding_lists import of_subject
from core.i18n import N_
from core.inventory import channels
from core.inventory.lists import CHANNELS
from core.inventory.platform_changes import (
    add_platform,
    change_platform,
    follow_platforms,
    listed_platforms,
    reset_platform,
)
from core.inventory.platform_facts import PATHS, PlatformFacts, entry_of, read_stored, web_link
from core.inventory.platforms import built_in, changed_by, password_page, platform_named, platforms, use_catalogue
from core.inventory.recognising import recognise
from core.model import Channel, RegistrySetting
from core.registry import open_registry
from core.storage.searching import count_matches
from tests.core.exchange.importing.lists import imported

STADTNETZ = PlatformFacts(name="Stadtnetz", hosts=("stadtnetz.example",), path="/@{name}", letters="word", longest=20)


@pytest.fixture(autouse=True)
def own_catalogue():
    """What a test puts in force ends with it."""
    yield
    use_catalogue(None)


def _add(registry, facts=STADTNETZ):
    with registry.action(N_("Add platform")) as session:
        return add_platform(session, facts)


def _channel(registry, address, **more):
    with registry.action(N_("Add channel")) as session:
        return channels.add_channel(session, address, today=registry.today(), **more).id


def _read(registry, channel_id):
    with registry.reading() as session:
        one = session.get(Channel, channel_id)
        return one.platform, one.handle, one.host_belongs


def _rules(registry, channel_id):
    with registry.reading() as session:
        return {finding.rule for finding in of_subject(session, channel_id)}


def test_an_own_platform_is_recognised_by_address_name_and_handle(registry):
    key, moved = _add(registry)
    assert (key, moved) == ("stadtnetz", 0)
    found = recognise("https://www.stadtnetz.example/@Musterstadt/posts?x=1")
    assert (found.platform, found.handle) == (key, "Musterstadt")
    assert found.url == "https://stadtnetz.example/@Musterstadt"
    assert recognise("musterstadt", "Stadtnetz").url == "https://stadtnetz.example/@musterstadt"
    assert recognise("https://stadtnetz.example/@viel.zu-bunt").platform == "website"
    assert recognise("https://stadtnetz.example.evil.example/@Musterstadt").platform != key


def test_what_was_kept_as_a_web_address_moves_to_the_platform_and_back(registry):
    channel = _channel(registry, "https://stadtnetz.example/@Musterstadt", title="Stadt")
    assert _read(registry, channel)[0] in {"website", "mastodon"}
    before = _read(registry, channel)
    plain = _channel(registry, "https://stadtnetz.example/musterstadt")
    key, moved = _add(registry, replace(STADTNETZ, path="/{name}"))
    assert moved == 1
    assert _read(registry, plain) == (key, "musterstadt", True)
    assert _read(registry, channel) == before
    with registry.action(N_("Remove platform")) as session:
        assert reset_platform(session, key) == 1
    assert _read(registry, plain)[0] == "website"
    registry.undo()
    assert _read(registry, plain) == (key, "musterstadt", True)
    registry.undo()
    assert _read(registry, plain)[0] == "website"
    assert key not in platforms()


def test_an_own_platform_is_imported_from_a_list(registry, tmp_path):
    key, _moved = _add(registry)
    file = tmp_path / "liste.csv"
    file.write_text("Plattform;Adresse\nStadtnetz;https://stadtnetz.example/@Amt\nStadtnetz;@Zoo\n", encoding="utf-8")
    imported(registry, file)
    with registry.reading() as session:
        rows = session.execute(select(Channel.platform, Channel.handle).order_by(Channel.handle)).all()
    assert [tuple(row) for row in rows] == [(key, "Amt"), (key, "Zoo")]


def test_another_host_of_the_platform_mends_the_foreign_host(registry):
    key, _moved = _add(registry)
    channel = _channel(registry, "https://netz.example/@Musterstadt", platform=key)
    assert "foreign-host" in _rules(registry, channel)
    with registry.action(N_("Change platform")) as session:
        change_platform(session, key, replace(STADTNETZ, hosts=("stadtnetz.example", "netz.example")))
    assert "foreign-host" not in _rules(registry, channel)
    assert _read(registry, channel) == (key, "Musterstadt", True)


@pytest.mark.parametrize(
    ("life", "ends_on", "rule"),
    [
        ("ended", date(2020, 1, 1), "platform-gone"),
        ("ended", None, "platform-gone"),
        ("ending", None, "platform-ending"),
        ("active", None, None),
    ],
)
def test_a_built_in_platform_that_shuts_down_raises_its_findings(registry, life, ends_on, rule):
    channel = _channel(registry, "facebook.com/musterstadt")
    facts = read_stored("facebook", {})
    with registry.action(N_("Change platform")) as session:
        change_platform(session, "facebook", replace(facts, life=life, ends_on=ends_on))
    raised = _rules(registry, channel) & {"platform-gone", "platform-ending"}
    assert raised == ({rule} if rule else set())
    with registry.action(N_("Reset platform")) as session:
        reset_platform(session, "facebook")
    assert not _rules(registry, channel) & {"platform-gone", "platform-ending"}


def test_a_new_name_is_searched_sorted_and_understood_and_the_old_one_still_is(registry):
    _channel(registry, "x.com/musterstadt")
    with registry.action(N_("Change platform")) as session:
        change_platform(session, "x", replace(read_stored("x", {}), name="Zett"))
    assert platforms()["x"].name == "Zett"
    assert {platform_named(name) for name in ("Zett", "X", "Twitter")} == {platforms()["x"]}
    with registry.reading() as session:
        assert count_matches(session.connection(), CHANNELS, "zett") == 1
    registry.undo()
    assert platforms()["x"].name == "X"
    with registry.reading() as session:
        assert count_matches(session.connection(), CHANNELS, "zett") == 0


def test_a_program_that_opens_the_registry_uses_its_catalogue(registry):
    key, _moved = _add(registry)
    use_catalogue(None)
    again = open_registry(registry.path)
    assert platforms()[key].name == "Stadtnetz"
    again.close()


def test_what_equals_the_program_is_not_stored(registry):
    with registry.action(N_("Change platform")) as session:
        change_platform(session, "facebook", replace(read_stored("facebook", {}), name="Fratzenbuch"))
        change_platform(session, "facebook", read_stored("facebook", {}))
    with registry.reading() as session:
        assert not session.scalars(select(RegistrySetting.id).where(RegistrySetting.key == "platform.facebook")).all()
        listed = {one.key: one for one in listed_platforms(session)}
    assert not listed["facebook"].changed
    assert "website" not in listed


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": " "}, "The platform needs a name"),
        ({"name": "!?"}, "cannot be a name"),
        ({"name": "Face Book"}, "“Face Book” is Facebook already."),
        ({"called": ("Twitter",)}, "“Twitter” is X already."),
        ({"hosts": ()}, "Please say on which host"),
        ({"hosts": ("ohne punkt",)}, "is no host"),
        ({"hosts": ("127.0.0.1",)}, "is no host"),
        ({"hosts": ("https://www.facebook.com/x",)}, "facebook.com belongs to Facebook already."),
        ({"hosts": ("evil.facebook.com",)}, "belongs to another platform already."),
        ({"terms": "javascript:alert(1)"}, "is no web address"),
        ({"password": "file:///etc/passwd"}, "is no web address"),
        ({"recovery": "/auth/edit"}, "is no web address"),
        ({"privacy": "https://user:pass@stadtnetz.example/"}, "is no web address"),
        ({"longest": 0}, "between 1 and 200 characters"),
        ({"life": "renamed"}, "a renamed one its former name"),
    ],
)
def test_what_cannot_be_used_gets_a_sentence_and_nothing_is_stored(registry, change, sentence):
    with pytest.raises(BadInputError, match=sentence):
        _add(registry, replace(STADTNETZ, **change))
    assert "stadtnetz" not in platforms()


def test_a_renamed_platform_understands_its_former_host_and_name(registry):
    hosts = ("stadtnetz.example", "altnetz.example")
    key, _moved = _add(registry, replace(STADTNETZ, hosts=hosts, life="renamed", former="Altnetz"))
    found = recognise("https://altnetz.example/@Zoo")
    assert (found.platform, found.url) == (key, "https://stadtnetz.example/@Zoo")
    assert [hint.code for hint in found.hints] == ["renamed"]
    assert platform_named("Altnetz") == platforms()[key]


@given(
    st.dictionaries(
        st.sampled_from([*PlatformFacts.__dataclass_fields__, "shapes", "handle"]),
        st.one_of(st.none(), st.integers(), st.text(), st.lists(st.text()), st.dictionaries(st.text(), st.text())),
    ),
    st.sampled_from(["facebook", "mastodon", "own"]),
)
def test_whatever_is_stored_the_catalogue_stays_sound(stored, key):
    facts = read_stored(key, stored)
    entry = entry_of(key, facts)
    made = changed_by({key: entry} if entry else {})
    assert made.platforms.keys() >= built_in().platforms.keys()
    for platform in made.platforms.values():
        links = (platform.terms, platform.privacy, platform.recovery, platform.password)
        assert all(link.startswith(("https://", "http://")) or link == "/auth/edit" for link in links if link)
    assert made.platforms["facebook"].hosts == built_in().platforms["facebook"].hosts


@pytest.mark.parametrize("path", PATHS)
def test_every_form_of_address_that_is_offered_is_read_and_written(registry, path):
    key, _moved = _add(registry, replace(STADTNETZ, path=path))
    url = f"https://stadtnetz.example{path.format(name='Zoo')}"
    found = recognise(url)
    assert (found.platform, found.handle, found.url) == (key, "Zoo", url)


@pytest.mark.parametrize(
    ("platform", "url", "page"),
    [
        ("github", "https://github.com/stadt", "https://github.com/settings/security"),
        ("mastodon", "https://ruhr.example/@stadt", "https://ruhr.example/auth/edit"),
        ("mastodon", "https://name@ruhr.example/@stadt", None),
        ("mastodon", "javascript:alert(1)", None),
        ("mastodon", "", None),
        ("telegram", "https://t.me/stadt", None),
        ("website", "https://stadt.example", None),
        ("nowhere", "https://stadt.example", None),
    ],
)
def test_the_page_where_a_password_is_changed_is_known(platform, url, page):
    assert password_page(platform, url) == page


def test_every_password_page_of_the_catalogue_is_safe():
    told = {key: one.password for key, one in built_in().platforms.items() if one.password}
    assert {"facebook", "instagram", "x", "youtube", "linkedin", "xing", "bluesky", "threads", "tiktok"} <= told.keys()
    assert all(
        page.startswith("https://") and web_link(page) == page for key, page in told.items() if key != "mastodon"
    )


def test_following_says_which_platforms_are_called_differently(registry):
    with registry.reading() as session:
        assert follow_platforms(session) == frozenset()
    use_catalogue(changed_by({"x": {"name": "Zett"}}))
    with registry.reading() as session:
        assert follow_platforms(session) == {"x"}
