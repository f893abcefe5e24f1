"""What names no account is kept as a plain address or told apart, and never taken for an account."""

import pytest

from core.inventory.recognising import Recognised, recognise


def codes(found: Recognised) -> set[str]:
    return {hint.code for hint in found.hints}


@pytest.mark.parametrize(
    "text",
    [
        "https://notfacebook.com/musterstadt",
        "notfacebook.com",
        "notfacebook.com/musterstadt/",
        "https://facebook.com.evil.example/musterstadt",
        "https://facebook.com@evil.example/musterstadt",
        "https://user@facebook.com@evil.example/musterstadt",
        "https://user@facebook.com/musterstadt",
        "https://user:geheim@www.facebook.com/musterstadt",
        "https://www.facebook.com:8443/musterstadt",
        "https://evil.example/facebook.com/musterstadt",
        "https://evil.example?https://facebook.com/musterstadt",
        "https://evil.example/?u=facebook.com/musterstadt",
        "https://evil.example#@facebook.com/musterstadt",
        "https://evil.example\\@facebook.com/musterstadt",
        "https://fаcebook.com/musterstadt",  # with a Cyrillic "а"
        "https://facebook.community/musterstadt",
        "https://facebook.co/musterstadt",
        "https://face-book.com/musterstadt",
        "https://wwwfacebook.com/musterstadt",
        "https://evil.facebook.com.example/musterstadt",
        "https://www.moers.example/",
    ],
)
def test_a_foreign_host_is_never_taken_for_the_platform(text):
    found = recognise(text, "facebook")

    assert (found.platform, found.handle, found.account_id) == ("website", None, None)
    assert found.url is not None
    assert "host-not-of-platform" in codes(found)
    assert recognise(text).platform != "facebook"


def test_a_mail_like_trick_is_no_address():
    assert recognise("user@facebook.com@evil", "facebook").platform is None
    assert recognise("stadtmoers@facebook.com", "facebook").platform is None
    assert codes(recognise("presse@moers.example", "facebook")) == {"mail-address"}
    assert codes(recognise("mailto:presse@moers.example")) == {"mail-address"}


def test_a_password_in_an_address_is_kept_nowhere():
    found = recognise("https://erika:geheim@blog.moers.example/")

    assert found.url == "https://erika@blog.moers.example/"
    assert "geheim" not in found.key


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("https://www.facebook.com/", "no-account"),
        ("https://www.facebook.com/sharer/sharer.php?u=https://moers.example", "reserved-word"),
        ("https://www.facebook.com/share/abc123/", "reserved-word"),
        ("https://www.facebook.com/events/123456789", "reserved-word"),
        ("https://fb.watch/abc/", "no-account"),
        ("https://www.instagram.com/p/Cxyz/", "reserved-word"),
        ("https://www.instagram.com/explore/tags/moers", "reserved-word"),
        ("https://www.instagram.com/reel/Cxyz/", "reserved-word"),
        ("https://www.instagram.com/" + "a" * 31, "bad-handle"),
        ("https://www.instagram.com/stadt..moers", "bad-handle"),
        ("https://x.com/home", "reserved-word"),
        ("https://x.com/i/lists/1", "reserved-word"),
        ("https://x.com/intent/tweet?text=hallo", "reserved-word"),
        ("https://x.com/share?url=https://moers.example", "reserved-word"),
        ("https://x.com/stadt.moers", "bad-handle"),
        ("https://x.com/" + "a" * 16, "bad-handle"),
        ("https://t.co/abc", "no-account"),
        ("https://www.youtube.com/watch?v=abc&ab_channel=StadtMoers", "reserved-word"),
        ("https://www.youtube.com/shorts/abc", "reserved-word"),
        ("https://www.youtube.com/playlist?list=PL1", "reserved-word"),
        ("https://youtu.be/dQw4w9WgXcQ", "no-account"),
        ("https://www.youtube.com/channel/StadtMoers", "reserved-word"),
        ("https://www.linkedin.com/feed/update/urn:li:activity:1", "reserved-word"),
        ("https://www.linkedin.com/company/", "reserved-word"),
        ("https://t.me/abc", "bad-handle"),
        ("https://t.me/joinchat/AbCdEf", "reserved-word"),
        ("https://t.me/+AbCdEf", "bad-handle"),
        ("https://chat.whatsapp.com/AbCdEf", "no-account"),
        ("https://vm.tiktok.com/ZMabc/", "no-account"),
        ("https://www.tiktok.com/tag/moers", "reserved-word"),
        ("https://www.pinterest.de/pin/123/", "reserved-word"),
        ("https://vimeo.com/123456789", "bad-handle"),
        ("https://www.eventbrite.de/e/lesung-tickets-1", "reserved-word"),
        ("https://studio.youtube.com/@x", "no-account"),
    ],
)
def test_an_address_of_a_platform_without_an_account_is_kept_with_the_reason(text, code):
    found = recognise(text)

    assert (found.platform, found.handle, found.account_id) == ("website", None, None)
    assert found.url is not None
    assert codes(found) == {code}


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://blog.moers.example/", "https://blog.moers.example/"),
        ("http://blog.moers.example", "http://blog.moers.example/"),
        ("WWW.Moers.Example/Gaestebuch?Seite=2#oben", "https://www.moers.example/Gaestebuch?Seite=2"),
        ("https://app.moers.example/#/karte", "https://app.moers.example/#/karte"),
        ("www.mülheim.example/Bürger", "https://www.mülheim.example/B%C3%BCrger"),
        ("http://www.xn--mlheim-3ya.example/B%c3%bcrger", "http://www.mülheim.example/B%C3%BCrger"),
        ("https://moers.example:8080/forum", "https://moers.example:8080/forum"),
        ("https://192.168.0.1/wiki", "https://192.168.0.1/wiki"),
        ("http://intranet/gaestebuch", "http://intranet/gaestebuch"),
        ("https://de.wikipedia.example/wiki/Moers_(Stadt)", "https://de.wikipedia.example/wiki/Moers_(Stadt)"),
        ("https://moers.example/a%2Fb?c=%26", "https://moers.example/a%2Fb?c=%26"),
    ],
)
def test_what_no_platform_owns_is_kept_as_a_plain_web_address(text, url):
    assert (recognise(text).platform, recognise(text).url, codes(recognise(text))) == (
        "website",
        url,
        {"not-recognised"},
    )
    assert recognise(text, "website").hints == ()


@pytest.mark.parametrize(
    ("text", "platform", "code"),
    [
        ("", None, "empty"),
        (" \t\n", "facebook", "empty"),
        ("k. A.", "facebook", "empty"),
        ("-", "facebook", "empty"),
        ("<>", None, "empty"),
        ("stadtmoers", None, "not-recognised"),
        ("@stadtmoers", None, "not-recognised"),
        ("Stadt Moers", None, "not-recognised"),
        ("Stadt Moers", "facebook", "bad-handle"),
        ("ftp://moers.example/", None, "not-recognised"),
        ("javascript:alert(1)", None, "not-recognised"),
        ("https://", None, "not-recognised"),
        ("https://a..example/", None, "not-recognised"),
        ("share", "facebook", "reserved-word"),
        ("watch", "youtube", "reserved-word"),
        ("@buecherei", "mastodon", "bad-handle"),
        ("a" * 16, "x", "bad-handle"),
    ],
)
def test_a_text_that_is_neither_address_nor_handle_gives_a_hint_only(text, platform, code):
    found = recognise(text, platform)

    assert (found.platform, found.handle, found.account_id, found.url, found.key) == (None, None, None, None, "")
    assert codes(found) == {code}
