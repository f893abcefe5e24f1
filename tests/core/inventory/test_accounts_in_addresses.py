"""Every form of an address a platform has or had leads to the account."""

from datetime import date

import pytest

from core.inventory.hints import NOTES
from core.inventory.platforms import platforms
from core.inventory.recognising import Recognised, recognise


def codes(found: Recognised) -> set[str]:
    return {hint.code for hint in found.hints}


@pytest.mark.parametrize(
    ("text", "platform", "handle", "url"),
    [
        ("https://de-de.facebook.com/buergeramt.musterstadt/?ref=page", "facebook", "buergeramt.musterstadt",
         "https://www.facebook.com/buergeramt.musterstadt"),
        ("https://www.facebook.com/groups/moers/posts/1", "facebook", "groups/moers",
         "https://www.facebook.com/groups/moers"),
        ("https://www.instagram.com/stadtbuecherei.mh/", "instagram", "stadtbuecherei.mh",
         "https://www.instagram.com/stadtbuecherei.mh"),
        ("instagram.com/muelheim_ruhr/p/Cxyz/", "instagram", "muelheim_ruhr", "https://www.instagram.com/muelheim_ruhr"),
        ("https://www.instagram.com/muelheim_ruhr/reel/Cxyz/", "instagram", "muelheim_ruhr",
         "https://www.instagram.com/muelheim_ruhr"),
        ("https://instagram.com/_u/muelheim_ruhr", "instagram", "muelheim_ruhr", "https://www.instagram.com/muelheim_ruhr"),
        ("instagr.am/muelheim_ruhr", "instagram", "muelheim_ruhr", "https://www.instagram.com/muelheim_ruhr"),
        ("https://www.instagram.com/stories/muelheim_ruhr/3123/", "instagram", "muelheim_ruhr",
         "https://www.instagram.com/muelheim_ruhr"),
        ("https://www.instagram.com/accounts/login/?next=/muelheim_ruhr/", "instagram", "muelheim_ruhr",
         "https://www.instagram.com/muelheim_ruhr"),
        ("https://x.com/moers_de/status/123?s=20", "x", "moers_de", "https://x.com/moers_de"),
        ("https://x.com/@moers_de", "x", "moers_de", "https://x.com/moers_de"),
        ("https://x.com/intent/follow?screen_name=moers_de", "x", "moers_de", "https://x.com/moers_de"),
        ("http://www.youtube.de/StadtMoers", "youtube", "StadtMoers", "https://www.youtube.com/StadtMoers"),
        ("https://m.youtube.com/@StadtMoers/videos", "youtube", "StadtMoers", "https://www.youtube.com/@StadtMoers"),
        ("https://youtu.be/@StadtMoers", "youtube", "StadtMoers", "https://www.youtube.com/@StadtMoers"),
        ("https://www.youtube.com/user/StadtMoers/about", "youtube", "StadtMoers", "https://www.youtube.com/user/StadtMoers"),
        ("https://www.youtube.com/c/StadtMoers", "youtube", "StadtMoers", "https://www.youtube.com/c/StadtMoers"),
        ("https://www.youtube.com/@M%C3%BClheim", "youtube", "Mülheim", "https://www.youtube.com/@M%C3%BClheim"),
        ("https://www.youtube.com/@Mu%CC%88lheim", "youtube", "Mülheim", "https://www.youtube.com/@M%C3%BClheim"),
        ("https://www.linkedin.com/company/stadt-musterstadt/posts/?feedView=all", "linkedin", "stadt-musterstadt",
         "https://www.linkedin.com/company/stadt-musterstadt"),
        ("https://de.linkedin.com/school/vhs-moers", "linkedin", "vhs-moers", "https://www.linkedin.com/school/vhs-moers"),
        ("linkedin.com/showcase/karriere-moers/", "linkedin", "karriere-moers",
         "https://www.linkedin.com/showcase/karriere-moers"),
        ("https://www.linkedin.com/in/erika-mustermann/", "linkedin", "in/erika-mustermann",
         "https://www.linkedin.com/in/erika-mustermann"),
        ("https://www.xing.com/profile/Erika_Mustermann/cv", "xing", "Erika_Mustermann",
         "https://www.xing.com/profile/Erika_Mustermann"),
        ("https://www.xing.com/pages/stadtmoers", "xing", "stadtmoers", "https://www.xing.com/pages/stadtmoers"),
        ("http://www.xing.com/companies/stadtmoers/about", "xing", "stadtmoers", "https://www.xing.com/pages/stadtmoers"),
        ("https://ruhr.example/@buecherei", "mastodon", "buecherei@ruhr.example", "https://ruhr.example/@buecherei"),
        ("https://ruhr.example/@buecherei/112233", "mastodon", "buecherei@ruhr.example", "https://ruhr.example/@buecherei"),
        ("https://ruhr.example/web/@buecherei", "mastodon", "buecherei@ruhr.example", "https://ruhr.example/@buecherei"),
        ("https://andere.example/@buecherei@ruhr.example", "mastodon", "buecherei@ruhr.example",
         "https://ruhr.example/@buecherei"),
        ("@buecherei@RUHR.example", "mastodon", "buecherei@ruhr.example", "https://ruhr.example/@buecherei"),
        ("https://bsky.app/profile/Musterstadt.example/post/3kabc", "bluesky", "musterstadt.example",
         "https://bsky.app/profile/musterstadt.example"),
        ("https://moers.bsky.social", "bluesky", "moers.bsky.social", "https://bsky.app/profile/moers.bsky.social"),
        ("https://www.threads.net/@stadt.moers/post/Cabc", "threads", "stadt.moers", "https://www.threads.com/@stadt.moers"),
        ("https://www.tiktok.com/@stadt.moers/video/712?lang=de", "tiktok", "stadt.moers",
         "https://www.tiktok.com/@stadt.moers"),
        ("https://t.me/s/stadtmoers", "telegram", "stadtmoers", "https://t.me/stadtmoers"),
        ("telegram.me/stadtmoers/12", "telegram", "stadtmoers", "https://t.me/stadtmoers"),
        ("https://stadtmoers.t.me", "telegram", "stadtmoers", "https://t.me/stadtmoers"),
        ("https://www.snapchat.com/add/stadtmoers", "snapchat", "stadtmoers", "https://www.snapchat.com/add/stadtmoers"),
        ("https://www.snapchat.com/@stadtmoers", "snapchat", "stadtmoers", "https://www.snapchat.com/add/stadtmoers"),
        ("https://www.pinterest.de/stadtmoers/pinnwand/", "pinterest", "stadtmoers", "https://www.pinterest.com/stadtmoers"),
        ("http://stadtmoers.tumblr.com/post/1/titel", "tumblr", "stadtmoers", "https://www.tumblr.com/stadtmoers"),
        ("https://www.tumblr.com/blog/view/stadtmoers", "tumblr", "stadtmoers", "https://www.tumblr.com/stadtmoers"),
        ("https://vimeo.com/stadtmoers", "vimeo", "stadtmoers", "https://vimeo.com/stadtmoers"),
        ("https://vimeo.com/channels/stadtmoers", "vimeo", "channels/stadtmoers", "https://vimeo.com/channels/stadtmoers"),
        (" http://www.flickr.com/photos/stadtmoers ", "flickr", "stadtmoers", "https://www.flickr.com/photos/stadtmoers"),
        ("https://www.flickr.com/photos/stadtmoers/sets/7215/", "flickr", "stadtmoers",
         "https://www.flickr.com/photos/stadtmoers"),
        ("https://www.flickr.com/people/stadtmoers/", "flickr", "stadtmoers", "https://www.flickr.com/photos/stadtmoers"),
        ("https://www.twitch.tv/stadtmoers/videos", "twitch", "stadtmoers", "https://www.twitch.tv/stadtmoers"),
        ("https://issuu.com/stadtmoers/docs/heft_1", "issuu", "stadtmoers", "https://issuu.com/stadtmoers"),
        ("https://soundcloud.com/stadtmoers/sets/lesung", "soundcloud", "stadtmoers", "https://soundcloud.com/stadtmoers"),
        ("https://github.com/stadtmoers/daten", "github", "stadtmoers", "https://github.com/stadtmoers"),
        ("https://github.com/orgs/stadtmoers/repositories", "github", "stadtmoers", "https://github.com/stadtmoers"),
        ("https://old.reddit.com/r/moers/comments/1/titel/", "reddit", "r/moers", "https://www.reddit.com/r/moers"),
        ("https://www.reddit.com/u/stadtmoers", "reddit", "stadtmoers", "https://www.reddit.com/user/stadtmoers"),
        ("https://linktr.ee/stadtmoers", "linktree", "stadtmoers", "https://linktr.ee/stadtmoers"),
        ("https://medium.com/@stadtmoers/titel-1a2b", "medium", "stadtmoers", "https://medium.com/@stadtmoers"),
        ("https://stadtmoers.medium.com/titel-1a2b", "medium", "stadtmoers", "https://medium.com/@stadtmoers"),
        ("https://stadtmoers.eventbrite.de", "eventbrite", "stadtmoers", "https://stadtmoers.eventbrite.com/"),
        ("https://discord.gg/AbCdEf", "discord", "AbCdEf", "https://discord.com/invite/AbCdEf"),
        ("https://nebenan.de/organizations/1234", "nebenan", "organizations/1234", "https://nebenan.de/organizations/1234"),
        ("https://myspace.com/stadtmoers", "myspace", "stadtmoers", "https://myspace.com/stadtmoers"),
        ("https://de.foursquare.com/stadtmoers", "foursquare", "stadtmoers", "https://foursquare.com/stadtmoers"),
    ],
)  # fmt: skip
def test_an_account_is_found_in_its_address(text, platform, handle, url):
    found = recognise(text)

    assert (found.platform, found.handle, found.account_id, found.url) == (platform, handle, None, url)
    assert found.hints == ()


@pytest.mark.parametrize(
    ("text", "platform", "account_id", "url"),
    [
        ("https://www.facebook.com/pages/Museum-Muster/123456789012", "facebook", "123456789012",
         "https://www.facebook.com/pages/Museum-Muster/123456789012"),
        ("https://www.facebook.com/pages/Museum-Muster/vanity/123456789012?v=info", "facebook", "123456789012",
         "https://www.facebook.com/pages/Museum-Muster/123456789012"),
        ("https://www.facebook.com/pages/category/Museum/Museum-Muster-123456789012/", "facebook", "123456789012",
         "https://www.facebook.com/pages/Museum-Muster/123456789012"),
        ("https://www.facebook.com/Museum-Muster-123456789012", "facebook", "123456789012",
         "https://www.facebook.com/pages/Museum-Muster/123456789012"),
        ("https://www.facebook.com/profile.php?id=100012345678901&sk=about", "facebook", "100012345678901",
         "https://www.facebook.com/profile.php?id=100012345678901"),
        ("https://www.facebook.com/people/Museum-Muster/100012345678901/", "facebook", "100012345678901",
         "https://www.facebook.com/people/Museum-Muster/100012345678901"),
        ("https://www.facebook.com/p/Museum-Muster-100012345678901/", "facebook", "100012345678901",
         "https://www.facebook.com/people/Museum-Muster/100012345678901"),
        ("https://www.facebook.com/100012345678901", "facebook", "100012345678901",
         "https://www.facebook.com/profile.php?id=100012345678901"),
        ("https://m.facebook.com/story.php?story_fbid=1&id=100012345678901", "facebook", "100012345678901",
         "https://www.facebook.com/profile.php?id=100012345678901"),
        ("https://www.facebook.com/groups/123456789012", "facebook", "123456789012",
         "https://www.facebook.com/groups/123456789012"),
        ("https://x.com/i/user/123456", "x", "123456", "https://x.com/i/user/123456"),
        ("https://www.youtube.com/channel/UCabcDEF1234567890abcdEF/videos", "youtube", "UCabcDEF1234567890abcdEF",
         "https://www.youtube.com/channel/UCabcDEF1234567890abcdEF"),
        ("https://www.youtube.com/feeds/videos.xml?channel_id=UCabcDEF1234567890abcdEF", "youtube",
         "UCabcDEF1234567890abcdEF", "https://www.youtube.com/channel/UCabcDEF1234567890abcdEF"),
        ("https://www.linkedin.com/company/1234567/admin/", "linkedin", "1234567",
         "https://www.linkedin.com/company/1234567"),
        ("https://bsky.app/profile/did:plc:abc234", "bluesky", "did:plc:abc234", "https://bsky.app/profile/did:plc:abc234"),
        ("https://whatsapp.com/channel/0029VaExample000000000", "whatsapp", "0029VaExample000000000",
         "https://www.whatsapp.com/channel/0029VaExample000000000"),
        ("https://www.flickr.com/photos/12345678@N05/", "flickr", "12345678@N05",
         "https://www.flickr.com/photos/12345678@N05"),
        ("https://www.eventbrite.de/o/stadt-moers-12345678901", "eventbrite", "12345678901",
         "https://www.eventbrite.com/o/12345678901"),
        ("https://foursquare.com/v/rathaus/4b0588f7f964a52012cf22e3", "foursquare", "4b0588f7f964a52012cf22e3",
         "https://foursquare.com/v/rathaus/4b0588f7f964a52012cf22e3"),
        ("https://discord.com/channels/123456789012345678/1", "discord", "123456789012345678",
         "https://discord.com/channels/123456789012345678"),
    ],
)  # fmt: skip
def test_an_immutable_id_is_found_and_its_case_kept(text, platform, account_id, url):
    found = recognise(text)

    assert (found.platform, found.handle, found.account_id, found.url) == (platform, None, account_id, url)
    assert found.key == f"{platform}#{account_id}"


@pytest.mark.parametrize(
    ("text", "platform", "handle"),
    [
        ("https://plus.google.com/+Musterstadt", "google-plus", "Musterstadt"),
        ("http://qik.com/stadtmoers", "qik", "stadtmoers"),
        ("http://www.netvibes.com/stadtmoers", "netvibes", "stadtmoers"),
        ("http://www.netvibes.com/stadtmoers#Startseite", "netvibes", "stadtmoers"),
        ("http://www.mister-wong.de/user/stadtmoers/", "mister-wong", "stadtmoers"),
        ("http://storify.com/stadtmoers/hochwasser", "storify", "stadtmoers"),
        ("https://vine.co/stadtmoers", "vine", "stadtmoers"),
        ("https://www.periscope.tv/stadtmoers", "periscope", "stadtmoers"),
        ("https://www.pscp.tv/stadtmoers", "periscope", "stadtmoers"),
        ("http://www.ustream.tv/channel/stadtmoers", "ustream", "stadtmoers"),
        ("http://stadtmoers.posterous.com/", "posterous", "stadtmoers"),
        ("http://www.studivz.net/stadtmoers", "studivz", "stadtmoers"),
    ],
)
def test_a_platform_that_is_gone_is_still_recognised_and_flagged(text, platform, handle):
    found = recognise(text)

    assert (found.platform, found.handle) == (platform, handle)
    assert codes(found) == {"platform-gone"}
    assert codes(found) <= NOTES


def test_the_day_of_an_end_is_told_only_where_a_source_confirms_it():
    assert "02.04.2019" in recognise("https://plus.google.com/+Musterstadt").hints[0].text
    assert "30.04.2014" in recognise("http://qik.com/stadtmoers").hints[0].text
    assert not any(letter.isdigit() for letter in recognise("http://vine.co/stadtmoers").hints[0].text)
    assert platforms()["qik"].ends_on == date(2014, 4, 30)


@pytest.mark.parametrize(
    "text",
    ["http://twitter.com/moers_de", "https://mobile.twitter.com/moers_de/", "https://twitter.com/#!/moers_de",
     "https://twitter.com/intent/user?screen_name=moers_de", "twitter.com/moers_de/status/9"],
)  # fmt: skip
def test_an_address_of_twitter_is_one_of_x(text):
    found = recognise(text, "x")

    assert (found.platform, found.handle, found.url) == ("x", "moers_de", "https://x.com/moers_de")
    assert codes(found) == {"renamed"}
