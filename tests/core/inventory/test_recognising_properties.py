"""What holds for every text, every platform of the catalogue and every form of its addresses."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.inventory.platforms import Platform, platforms
from core.inventory.recognising import recognise
from core.inventory.url_shapes import Shape, written

PATIENT = settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], deadline=None)
FEW = settings(PATIENT, max_examples=8)
AHEAD = "(?=.{4,253}$)"
NAMED = st.sampled_from([None, *platforms()])
HOSTS = sorted({host for platform in platforms().values() for host in platform.hosts})
PIECES = st.sampled_from(
    [
        *(
            "https://",
            "http:",
            "//",
            "/",
            "\\",
            "@",
            "?",
            "#",
            "#!/",
            ":",
            "%",
            "%C3%A4",
            "%FF",
            "ä",
            "\u0308",
            "a",
            ".",
        ),
        *("?u=", "next=", "l.php", "/login", "id=1", "(", ")", "[", "]", "<", ">", "'", '"', " ", "\n", "\u200b", "*"),
        *(
            "facebook.com",
            "www.",
            "m.",
            "youtube.com",
            "t.me",
            "tumblr.com",
            ".example",
            "\ud800",
            "xn--",
            "ß",
            "K",
            "℀",
        ),
        *("。", "::1", "+", "-", "_"),
    ]
)
ADDRESSES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["https://", "http://www.", "m.", ""]),
    st.sampled_from([*HOSTS, "ruhr.example"]),
    st.sampled_from(["/", "/@", "/groups/", "/user/", "/channel/UC", "?id=", ""]),
    st.text(),
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=14).map("".join), ADDRESSES)
ACCOUNTED = [(platform, shape) for platform in platforms().values() for shape in platform.shapes]


def names(platform: Platform, rule: str) -> st.SearchStrategy[str]:
    ascii_only = st.characters(max_codepoint=127)
    # What a rule looks ahead for would be written out as well, and hardly anything of that fits the rest.
    drawn = st.from_regex(rule.removeprefix(AHEAD), fullmatch=True, alphabet=ascii_only)
    # "NN" and "offen" are how lists write that there is no account.
    handles = drawn.filter(re.compile(rule).fullmatch).filter(platform.may_be_called)
    return handles.filter(lambda name: recognise(name).hints[:1] != recognise("").hints)


def slots_of(platform: Platform, shape: Shape) -> st.SearchStrategy[dict[str, str]]:
    wanted = set(re.findall(r"\{(\w+)\}", shape.path + shape.host))
    title = st.from_regex(r"[A-Za-z]{1,12}", fullmatch=True)
    strategies = dict.fromkeys(wanted, title)
    if "name" in wanted:
        strategies["name"] = names(platform, shape.name)
    if "id" in wanted:
        strategies["id"] = st.from_regex(shape.id, fullmatch=True, alphabet=st.characters(max_codepoint=127))
    return st.fixed_dictionaries(strategies)


@settings(PATIENT)
@given(TEXTS, NAMED)
def test_any_text_is_read_and_the_canonical_form_of_a_canonical_form_is_itself(text, named):
    found = recognise(text, named)

    assert found.input == text
    assert (found.url is None) == (found.platform is None) == (found.key == "")
    if found.url is not None:
        again = recognise(found.url, named)
        assert (again.platform, again.handle, again.account_id) == (found.platform, found.handle, found.account_id)
        assert (again.url, again.key) == (found.url, found.key)
        assert found.url.startswith(("http://", "https://"))
        assert not re.search(r"[\s<>\"]", found.url)


@settings(PATIENT)
@given(TEXTS, NAMED)
def test_the_handle_found_gives_the_same_account_again(text, named):
    found = recognise(text, named)

    if found.handle is not None:
        assert recognise(found.handle, found.platform).key == found.key


@settings(FEW)
@pytest.mark.parametrize(("platform", "shape"), ACCOUNTED, ids=lambda value: getattr(value, "key", None) or value.path)
@given(data=st.data())
def test_every_form_of_every_platform_finds_its_account(platform, shape, data):
    slots = data.draw(slots_of(platform, shape))
    host = written(shape.host, slots) if shape.host else data.draw(st.sampled_from(platform.hosts))
    after = data.draw(st.sampled_from(["", "/", "/posts/1", "#top"])) if "?" not in shape.path else ""

    found = recognise(f"https://{host}{written(shape.path, slots)}{after}")

    assert found.platform == platform.key, found
    assert slots.get("name", "").casefold() in (found.handle or "").casefold()
    assert found.account_id == slots.get("id")
    again = recognise(found.url or "")
    assert (again.url, again.key) == (found.url, found.key)
    if found.handle is not None:
        assert recognise(found.handle, platform.key).key == found.key


WITH_NAMES_IN_PATHS = [p for p in platforms().values() if any("{name}" in s.path and not s.host for s in p.shapes)]


@settings(FEW)
@pytest.mark.parametrize("platform", WITH_NAMES_IN_PATHS, ids=lambda platform: platform.key)
@given(data=st.data())
def test_scheme_labels_slash_query_and_case_change_nothing(platform, data):
    shape = next(shape for shape in platform.shapes if "{name}" in shape.path and not shape.host)
    name = data.draw(names(platform, shape.name))
    spelled = name if platform.case == "kept" else data.draw(st.sampled_from([name, name.upper(), name.lower()]))
    scheme = data.draw(st.sampled_from(["", "http://", "https://", "HTTPS://", "//"]))
    label = data.draw(st.sampled_from(["", "www.", "m.", "mobile.", "WWW."]))
    end = data.draw(st.sampled_from(["", "/", "?ref=x", "/?ref=x&utm_source=y", "#!", "/about", "/posts"]))
    host = data.draw(st.sampled_from(platform.hosts))

    plain = recognise(f"https://{platform.hosts[0]}{written(shape.path, {'name': name})}")
    varied = recognise(f"{scheme}{label}{host}{written(shape.path, {'name': spelled})}{end}")

    assert varied.key == plain.key != ""
    assert varied.platform == platform.key


@settings(PATIENT)
@given(
    host=st.sampled_from(HOSTS),
    disguise=st.sampled_from(
        ["not{}", "evil-{}", "{}.evil.example", "{}-login.example", "evil.example/{}", "{}@evil.example", "{}:8443",
         "user@{}", "{}:443@evil.example", "evil.example?{}", "{}.co"]
    ),
    path=st.sampled_from(["/stadtmoers", "/@stadtmoers", "/", "/channel/UCabcDEF1234567890", "/photos/moers"]),
)  # fmt: skip
def test_a_disguised_host_is_no_platforms(host, disguise, path):
    found = recognise(f"https://{disguise.format(host)}{path}")

    assert found.platform in {"website", "mastodon"}
    named = next(platform for platform in platforms().values() if host in platform.hosts)
    as_named = recognise(f"https://{disguise.format(host)}{path}", named.key)
    assert as_named.platform == "website"
    assert as_named.hints[0].code == "host-not-of-platform"
