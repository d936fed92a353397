import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.addresses import (
    LONGEST,
    TRACKING,
    AddressError,
    clean_address,
    domain_candidates,
    domain_of,
    normalise_address,
)

pieces = st.sampled_from(
    [
        "http://",
        "https://",
        "//",
        "/",
        "\\",
        "?",
        "#",
        "&",
        "=",
        ":",
        "@",
        ".",
        "..",
        "/./",
        "/../",
        "%",
        "%2",
        "%41",
        "%2f",
        "%7e",
        "%c3%a9",
        "www.",
        "WWW.",
        "example",
        ".org",
        "\xe9",
        "\xdf",
        "\u0130",
        "\uff41",
        "\u3002",
        "[::1]",
        "127.0.0.1",
        ":80",
        ":443",
        ":8080",
        "utm_source=x",
        "fbclid=",
        "a",
        "b=1",
        "a=%20",
        "+",
        ";",
        ",",
    ]
)
addresses = st.lists(pieces, max_size=12).map("".join)
likely = st.builds(
    lambda scheme, host, rest: f"{scheme}{host}{rest}",
    st.sampled_from(["http://", "https://", "HTTPS://", ""]),
    st.sampled_from(["example.org", "www.www.Example.org:443", "b\u00fccher.example:80", "10.0.0.1"]),
    st.lists(pieces, max_size=8).map(lambda parts: "/" + "".join(parts)),
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("example.org/x", "https://example.org/x"),
        ("//example.org/x", "https://example.org/x"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        (" https://example.org ", "https://example.org"),
        ("HTTP://EXAMPLE.org/Path?Q=1#Part", "http://example.org/Path?Q=1#Part"),
        ("https://example.org./x", "https://example.org/x"),
        ("https://stra\u00dfe.de/", "https://xn--strae-oqa.de/"),
        ("https://B\u00dcCHER.example/", "https://xn--bcher-kva.example/"),
        ("https://\u4f8b\u3048\u3002jp/", "https://xn--r8jz45g.jp/"),
        ("https://example.org/\u00e9?q=\u00fc", "https://example.org/%C3%A9?q=%C3%BC"),
        ("https://example.org/100%/a|b", "https://example.org/100%25/a%7Cb"),
        ("https://example.org/?a=\\", "https://example.org/?a=%5C"),
        ("https://example.org:/x", "https://example.org/x"),
        ("https://192.0.2.1/x", "https://192.0.2.1/x"),
        ("https://[2001:DB8::1]:8080/", "https://[2001:db8::1]:8080/"),
    ],
)
def test_an_address_is_stored_as_typed_but_valid(typed, stored):
    assert clean_address(typed) == stored


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.org/a", "https://example.org/a"),
        ("https://www.example.org/a", "https://example.org/a"),
        ("HTTPS://Example.ORG/a", "https://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:80/a", "https://example.org/a"),
        ("https://example.org/a/", "https://example.org/a"),
        ("https://example.org/", "https://example.org"),
        ("https://example.org/?", "https://example.org"),
        ("https://example.org/?a=1", "https://example.org?a=1"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/b/../a/./", "https://example.org/a"),
        ("https://example.org/%7ea%2fb", "https://example.org/~a%2Fb"),
        ("https://example.org/\u00e9", "https://example.org/%c3%a9"),
        ("https://example.org/a?utm_source=x&id=1&fbclid=y", "https://example.org/a?id=1"),
        ("https://example.org/a?UTM_Medium=x", "https://example.org/a"),
        ("https://example.org/a?utm%5Fsource=x&&id=1", "https://example.org/a?id=1"),
        ("https://stra\u00dfe.de", "https://xn--strae-oqa.de"),
    ],
)
def test_two_ways_to_write_a_page_compare_equal(one, other):
    assert normalise_address(one) == normalise_address(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/a?x=1&y=2", "https://example.org/a?y=2&x=1"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://m.example.org/a", "https://example.org/a"),
        ("https://example.org/a?ref=1", "https://example.org/a"),
    ],
)
def test_two_pages_compare_different(one, other):
    assert normalise_address(one) != normalise_address(other)


def test_an_address_has_this_normal_form():
    typed = "HTTP://www.Example.org:80/b/../%7ea/?utm_source=x&id=%2f1&gclid=z&q=#top"
    assert normalise_address(typed) == "https://example.org/~a?id=%2F1&q="


@pytest.mark.parametrize("name", sorted(TRACKING))
def test_it_drops_a_tracking_parameter(name):
    assert normalise_address(f"https://example.org/a?{name}=1") == "https://example.org/a"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "An address is missing"),
        ("   ", "An address is missing"),
        ("javascript:alert(1)", "not javascript:"),
        ("JaVaScRiPt://example.org/%0aalert(1)", "not javascript:"),
        ("data:text/html,x", "not data:"),
        ("file:///etc/passwd", "not file:"),
        ("mailto:a@example.org", "not mailto:"),
        ("ftp://example.org", "not ftp:"),
        ("view-source:https://example.org", "not view-source:"),
        ("https:example.org", "Two slashes are missing"),
        ("https://user:secret@example.org/", "user name"),
        ("https://example.org@evil.example/", "user name"),
        ("https:///path", "names no site"),
        ("https://?q=1", "names no site"),
        ("https://localhost/", "has no dot"),
        ("https://exa..mple.org/", "not the name of a site"),
        ("https://-example.org/", "not the name of a site"),
        ("https://1.2.3/", "not the name of a site"),
        ("https://256.1.1.1/", "not the name of a site"),
        ("https://[::1", "not the name of a site"),
        ("https://[fe80::1%25eth0]/", "not the name of a site"),
        ("https://[::1]x/", "not the name of a site"),
        ("https://ex%61mple.org/", "not the name of a site"),
        ("https://a\u2100b.org/", "cannot be part of a site's name"),
        ("https://exa\u200dmple.org/", "cannot be part of a site's name"),
        ("https://" + "a" * 64 + ".org", "not the name of a site"),
        ("https://" + "\u00e9" * 70 + ".org", "not the name of a site"),
        ("https://example.org:0/", "is not a port"),
        ("https://example.org:65536/", "is not a port"),
        ("https://example.org:\u0661/", "is not a port"),
        ("https://example.org\\@evil.example/", "backslash"),
        ("https://example.org\\.evil.example/", "backslash"),
        ("https://example.org/a b", "a space"),
        ("https://example.org/a\u00a0b", "a space"),
        ("https://example.org/a\nhttps://example.org/b", "line break"),
        ("https://example.org/\x00", "U+0000"),
        ("https://example.org/\ud800", "half of a character"),
        ("https://example.org/" + "a" * 2000, "2,020 characters"),
        ("https://example.org/" + "\u00e9" * 1000, "6,020 characters"),
    ],
)
def test_it_refuses_an_address_and_says_why(typed, said):
    for take in (clean_address, normalise_address):
        with pytest.raises(AddressError) as refused:
            take(typed)
        assert said in str(refused.value)


def test_a_long_address_is_not_repeated_whole():
    with pytest.raises(AddressError) as refused:
        clean_address("x" * 1990)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("take", [clean_address, normalise_address, domain_of])
@given(typed=st.one_of(addresses, likely, st.text(max_size=50)))
def test_taking_an_address_raises_nothing_but_its_own_error(take, typed):
    try:
        take(typed)
    except AddressError:
        return


@given(st.one_of(addresses, likely))
@example("http://example.org:443/")
@example("https://www.www.example.org/a//")
@example("https://example.org/%25%34%31")
@example("https://example.org/..//./")
def test_a_normal_form_is_its_own_normal_form(typed):
    try:
        form = normalise_address(typed)
    except AddressError:
        return
    assert normalise_address(form) == form
    assert form.isascii()
    assert len(form) <= LONGEST


@given(st.one_of(addresses, likely))
def test_what_is_stored_compares_as_what_was_typed(typed):
    try:
        stored = clean_address(typed)
    except AddressError:
        return
    assert stored.isascii()
    assert len(stored) <= LONGEST
    assert clean_address(stored) == stored
    assert normalise_address(stored) == normalise_address(typed)


@given(likely)
def test_a_normal_form_stays_on_the_same_site(typed):
    try:
        form = normalise_address(typed)
    except AddressError:
        return
    assert domain_of(form) == domain_of(typed)


@pytest.mark.parametrize(
    ("address", "candidates"),
    [
        ("https://a.b.example.org/x", ["a.b.example.org", "b.example.org", "example.org"]),
        ("https://www.example.org:8080", ["example.org"]),
        ("https://www.mb.com.ph/2026/", ["mb.com.ph"]),
        ("https://ofac.treasury.gov/faqs", ["ofac.treasury.gov", "treasury.gov"]),
        ("https://www.gov.uk/x", ["gov.uk"]),
        ("https://192.0.2.1/", ["192.0.2.1"]),
        ("https://[::1]/", ["[::1]"]),
        ("example.org", ["example.org"]),
    ],
)
def test_a_source_is_looked_for_from_the_full_host_up(address, candidates):
    assert domain_candidates(address) == candidates
