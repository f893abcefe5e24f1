"""However a person writes an account, it is recognised as one and the same."""

import pytest

from core.inventory.recognising import Recognised, recognise

FACEBOOK_ACCOUNT = "https://www.facebook.com/stadtmoers"


def codes(found: Recognised) -> set[str]:
    return {hint.code for hint in found.hints}


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("facebook.com/stadtmoers", None),
        ("http://www.facebook.com/stadtmoers/", None),
        ("https://m.facebook.com/stadtmoers?ref=x", None),
        ("https://de-de.facebook.com/stadtmoers", None),
        ("https://www.de-de.facebook.com/stadtmoers", None),
        ("HTTPS://WWW.FACEBOOK.COM/stadtmoers", None),
        ("//facebook.com/stadtmoers", None),
        ("https:/facebook.com/stadtmoers", None),
        ("facebook.com./stadtmoers", None),
        ("fb.com/stadtmoers", None),
        ("https://m.me/stadtmoers", None),
        ("https://www.facebook.com/pg/stadtmoers/posts/", None),
        ("https://www.facebook.com/stadtmoers/posts/pfbid0abc?__tn__=-R", None),
        ("https://www.facebook.com/stadtmoers/videos/123456789", None),
        ("https://www.facebook.com/stadtmoers/about", None),
        ("https://www.facebook.com/stadtmoers#comments", None),
        ("https://www.facebook.com/#!/stadtmoers", None),
        ("https://www.facebook.com/home.php#!/stadtmoers?sk=wall", None),
        ("https://www.facebook.com/st%61dtmoers", None),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Fstadtmoers%3Ffbclid%3Dx&h=AT0", None),
        ("https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Fstadtmoers", None),
        ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Ffacebook.com%2Fstadtmoers&data=0", None),
        (" \thttps://www.facebook.com/stadtmoers\r\n", None),
        ("\ufeffhttps://www.facebook.com/\u200bstadtmoers\u00a0", None),
        ("<https://www.facebook.com/stadtmoers>", None),
        ("<<https://www.facebook.com/stadtmoers>>.", None),
        ("„https://www.facebook.com/stadtmoers“", None),
        ("'facebook.com/stadtmoers'", None),
        ("(https://www.facebook.com/stadtmoers)", None),
        ("https://www.facebook.com/stadtmoers, seit 2010", None),
        ("https://www.facebook.com/stadtmoers (nur lesend)", None),
        ("Siehe https://www.facebook.com/stadtmoers.", None),
        ("Seite www.facebook.com/stadtmoers seit 2010", None),
        ("[Stadt Moers](https://www.facebook.com/stadtmoers)", None),
        ("[www.moers.example](http://facebook.com/stadtmoers/)", None),
        ('<a href="https://www.facebook.com/stadtmoers">Moers</a>', None),
        ("Facebook: stadtmoers", None),
        ("facebook.com/stadtmoers", "facebook"),
        ("stadtmoers", "facebook"),
        ("@stadtmoers", "facebook"),
        ("/stadtmoers", "facebook"),
        ("stadtmoers/", "facebook"),
        (" stadtmoers (inaktiv)", "facebook"),
        ("stadtmoers", "Facebook-Seite"),
    ],
)
def test_every_way_to_write_one_facebook_account_is_one_account(text, platform):
    found = recognise(text, platform)

    assert (found.platform, found.handle, found.account_id) == ("facebook", "stadtmoers", None)
    assert (found.url, found.key, found.hints) == (FACEBOOK_ACCOUNT, "facebook:stadtmoers", ())
    assert found.input == text


@pytest.mark.parametrize(
    ("text", "platform", "url"),
    [
        ("stadt.moers", "xing", "https://www.xing.com/pages/stadt.moers"),
        ("stadt.moers", "facebook", "https://www.facebook.com/stadt.moers"),
        ("@stadtbuecherei.mh", "instagram", "https://www.instagram.com/stadtbuecherei.mh"),
        ("koeln.de", "instagram", "https://www.instagram.com/koeln.de"),
        ("Erika_Mustermann", "xing", "https://www.xing.com/profile/Erika_Mustermann"),
        ("@moers_de", "x", "https://x.com/moers_de"),
        ("StadtMoers", "youtube", "https://www.youtube.com/@StadtMoers"),
        ("user/StadtMoers", "youtube", "https://www.youtube.com/user/StadtMoers"),
        ("UCabcDEF1234567890abcdEF", "youtube", "https://www.youtube.com/channel/UCabcDEF1234567890abcdEF"),
        ("100012345678901", "facebook", "https://www.facebook.com/profile.php?id=100012345678901"),
        ("in/erika-mustermann", "linkedin", "https://www.linkedin.com/in/erika-mustermann"),
        ("r/moers", "reddit", "https://www.reddit.com/r/moers"),
        ("u/moers", "reddit", "https://www.reddit.com/user/moers"),
        ("moers", "bluesky", "https://bsky.app/profile/moers.bsky.social"),
        ("musterstadt.example", "bluesky", "https://bsky.app/profile/musterstadt.example"),
        ("@musterstadt.example", "bluesky", "https://bsky.app/profile/musterstadt.example"),
        ("buecherei@ruhr.example", "mastodon", "https://ruhr.example/@buecherei"),
        ("https://ruhr.example/users/buecherei", "mastodon", "https://ruhr.example/@buecherei"),
        ("+Musterstadt", "google-plus", "https://plus.google.com/+Musterstadt"),
        ("0029VaExample000000000", "whatsapp", "https://www.whatsapp.com/channel/0029VaExample000000000"),
        ("www.moers.example/gaestebuch", "Gästebuch", "https://www.moers.example/gaestebuch"),
        ("moers.example", "website", "https://moers.example/"),
    ],
)
def test_a_bare_handle_is_understood_once_the_platform_is_named(text, platform, url):
    found = recognise(text, platform)

    assert found.url == url
    assert codes(found) <= {"platform-gone"}


def test_an_address_on_another_platform_than_the_named_is_that_account_with_a_hint():
    found = recognise("https://www.facebook.com/stadtmoers", "instagram")

    assert (found.platform, found.url, codes(found)) == ("facebook", FACEBOOK_ACCOUNT, {"other-platform"})
    assert codes(recognise("https://ruhr.example/@buecherei", "website")) == {"other-platform"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.youtube.com/StadtMoers", "https://www.youtube.com/@stadtmoers"),
        ("https://www.youtube.com/user/StadtMoers", "https://www.youtube.com/c/stadtmoers"),
        ("facebook.com/StadtMoers/", "http://www.facebook.com/stadtmoers"),
        ("https://ruhr.example/@Buecherei", "@buecherei@ruhr.example"),
        ("http://www.moers.example/gaestebuch/", "moers.example/gaestebuch?utm_source=x"),
        ("https://www.facebook.com/pages/A/123456789012", "https://www.facebook.com/profile.php?id=123456789012"),
    ],
)
def test_two_ways_to_one_account_have_one_key(one, other):
    assert recognise(one).key == recognise(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.youtube.com/channel/UCabcDEF1234567890abcdEF", "https://www.youtube.com/channel/UCABCDEF1234567890ABCDEF"),
        ("https://www.linkedin.com/in/moers", "https://www.linkedin.com/company/moers"),
        ("https://www.facebook.com/groups/moers", "https://www.facebook.com/moers"),
        ("https://discord.gg/AbCdEf", "https://discord.gg/abcdef"),
        ("@buecherei@ruhr.example", "@buecherei@andere.example"),
        ("https://moers.example/forum?id=1", "https://moers.example/forum?id=2"),
    ],
)  # fmt: skip
def test_two_accounts_have_two_keys(one, other):
    assert recognise(one).key != recognise(other).key


def test_of_several_addresses_the_first_is_taken_and_that_is_said():
    found = recognise("https://x.com/moers_de https://www.facebook.com/stadtmoers")

    assert (found.handle, codes(found)) == ("moers_de", {"several-addresses"})
