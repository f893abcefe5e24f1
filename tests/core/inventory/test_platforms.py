"""The catalogue holds every platform, and people's names for them are understood."""

import re
from datetime import date

import pytest

from core.inventory.platforms import is_below_a_platform, platform_at, platform_named, platforms

KEYS = [
    *(
        "facebook",
        "instagram",
        "x",
        "youtube",
        "linkedin",
        "xing",
        "mastodon",
        "bluesky",
        "threads",
        "tiktok",
        "telegram",
    ),
    *("whatsapp", "snapchat", "pinterest", "tumblr", "vimeo", "flickr", "twitch", "issuu", "soundcloud", "github"),
    *("reddit", "linktree", "medium", "eventbrite", "discord", "nebenan", "website", "google-plus", "myspace"),
    *(
        "foursquare",
        "qik",
        "netvibes",
        "mister-wong",
        "storify",
        "vine",
        "periscope",
        "ustream",
        "posterous",
        "studivz",
    ),
]
GONE = {
    "google-plus",
    "qik",
    "netvibes",
    "mister-wong",
    "storify",
    "vine",
    "periscope",
    "ustream",
    "posterous",
    "studivz",
}
ALL = [pytest.param(platform, id=key) for key, platform in platforms().items()]


def test_every_platform_is_in_the_catalogue_in_its_order():
    assert list(platforms()) == KEYS


def test_what_is_gone_legacy_and_active_is_told_apart():
    assert {key for key, platform in platforms().items() if platform.life == "ended"} == GONE
    assert {key for key, platform in platforms().items() if platform.life == "legacy"} == {"myspace", "foursquare"}
    assert {platform.life for platform in platforms().values()} == {"ended", "legacy", "active"}


def test_only_days_that_a_source_confirms_are_recorded():
    ends = {key: platform.ends_on for key, platform in platforms().items() if platform.ends_on}

    assert ends == {"google-plus": date(2019, 4, 2), "qik": date(2014, 4, 30)}


@pytest.mark.parametrize("platform", ALL)
def test_an_entry_of_the_catalogue_is_sound(platform):
    re.compile(platform.handle_rule)
    assert platform.case in {"ignored", "kept", "lower"}
    assert all(host == host.lower() for host in (*platform.hosts, *platform.elsewhere))
    assert all(word == word.casefold() for word in platform.reserved)
    assert all(link.startswith("https://") for link in (platform.terms, platform.privacy, platform.recovery) if link)
    assert platform.shapes or platform.key in {"mastodon", "website"}
    assert all(platform_at(host) is not None for host in platform.hosts)
    assert {platform_named(name) for name in (platform.name, platform.key, *platform.called)} == {platform}


def test_no_host_and_no_name_belongs_to_two_platforms():
    for names in ("hosts", "elsewhere", "called"):
        everything = [name.casefold() for platform in platforms().values() for name in getattr(platform, names)]
        assert len(everything) == len(set(everything))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Twitter", "x"),
        ("twitter ", "x"),
        ("X", "x"),
        ("X (Twitter)", "x"),
        ("X (ehemals Twitter)", "x"),
        ("Twitter / X", "x"),
        ("fb", "facebook"),
        ("FACEBOOK", "facebook"),
        ("Facebook-Seite", "facebook"),
        ("Facebookseite", "facebook"),
        ("Facebook Profil", "facebook"),
        ("www.facebook.com", "facebook"),
        ("Insta", "instagram"),
        ("YT", "youtube"),
        ("You Tube", "youtube"),
        ("Youtubekanal", "youtube"),
        ("YouTube-Kanal", "youtube"),
        ("LinkedIn", "linkedin"),
        ("Xing", "xing"),
        ("flickr", "flickr"),
        ("Fediverse", "mastodon"),
        ("Google+", "google-plus"),
        ("Google +", "google-plus"),
        ("google plus", "google-plus"),
        ("Mister Wong", "mister-wong"),
        ("Gästebuch", "website"),
        ("Ga\u0308stebuch", "website"),
        ("Blog", "website"),
        ("Forum / Wiki", "website"),
        ("Newsletter", "website"),
        ("App", "website"),
        ("Webseite", "website"),
        ("nebenan.de", "nebenan"),
        ("WhatsApp-Kanal", "whatsapp"),
    ],
)
def test_a_platform_is_found_by_what_lists_and_people_call_it(text, key):
    found = platform_named(text)

    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "+", "Name", "URL", "Link", "Kanal", "Google", "Facebook und Instagram", "Notfacebook", "Stadt"],
)
def test_what_names_no_or_several_platforms_names_none(text):
    assert platform_named(text) is None


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("facebook.com", "facebook"),
        ("www.facebook.com", "facebook"),
        ("de-de.facebook.com", "facebook"),
        ("www.m.facebook.com", "facebook"),
        ("de.linkedin.com", "linkedin"),
        ("fb.com", "facebook"),
        ("youtu.be", "youtube"),
        ("m.tumblr.com", "tumblr"),
        ("de.tumblr.com", "tumblr"),
        ("stadtmoers.tumblr.com", "tumblr"),
        ("notfacebook.com", None),
        ("facebook.com.evil.example", None),
        ("evil.facebook.com", None),
        ("a.b.tumblr.com", None),
        ("com", None),
        ("", None),
    ],
)
def test_a_host_is_a_platforms_only_if_it_matches_exactly(host, key):
    found = platform_at(host)

    assert (found[0].key if found else None) == key


def test_no_host_below_a_platform_can_be_a_server_of_the_fediverse():
    assert is_below_a_platform("studio.youtube.com")
    assert is_below_a_platform("x.com")
    assert is_below_a_platform("erika.substack.com")
    assert not is_below_a_platform("ruhr.example")
    assert not is_below_a_platform("notyoutube.com")
