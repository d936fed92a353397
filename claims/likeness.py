"""How alike two texts or two addresses are: what makes a pair worth a moderator's look. Pure functions."""

import re
import unicodedata
from collections.abc import Iterator

from claims.addresses import AddressError, normalise_address

_MOBILE = ("m.", "mobile.", "amp.")
_CACHE = re.compile(r"https://(?:google\.[a-z.]+/amp|[a-z0-9-]+\.cdn\.ampproject\.org/[cv])/s/(.+)")
_AMP_PARTS = re.compile(r"(?:^|&)(?:amp(?:=1|=true)?|outputType=amp|output=amp)(?=&|$)")


def trigrams(text: str) -> frozenset[str]:
    """The runs of three letters of a text, each word with two blanks before it and one behind, as pg_trgm has them."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = re.findall(r"[^\W_]+", folded)
    return frozenset(
        run[place : place + 3] for run in (f"  {word} " for word in words) for place in range(len(run) - 2)
    )


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of trigrams that two texts have in common, from 0 to 1."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def plain_form(address_norm: str) -> str:
    """The address of the same page for a big screen: not the mobile one, AMP's, nor that of a cache of AMP's."""
    cached = _CACHE.fullmatch(address_norm)
    address = f"https://{cached[1]}" if cached else address_norm
    host, slash, rest = address.removeprefix("https://").partition("/")
    for beginning in _MOBILE:
        if host.startswith(beginning) and host.count(".") > 1:
            host = host.removeprefix(beginning)
            break
    path, _, query = rest.partition("?")
    path = re.sub(r"(^|/)amp/", r"\1", path) if not path.endswith("/amp") else path.removesuffix("/amp")
    path = re.sub(r"\.amp(\.html?)?$", r"\1", path)
    query = _AMP_PARTS.sub("", query).strip("&")
    plain = f"https://{host}{slash}{path}{'?' if query else ''}{query}"
    try:
        return normalise_address(plain)
    except AddressError:
        return address_norm


def address_family(address_norm: str) -> list[str]:
    """The normalised addresses under which the same page may stand, its plain form first."""
    plain = plain_form(address_norm)
    return list(dict.fromkeys([plain, *_variants(plain)]))


def _variants(plain: str) -> Iterator[str]:
    host, slash, rest = plain.removeprefix("https://").partition("/")
    path, mark, query = rest.partition("?")
    tail = f"{mark}{query}"
    for beginning in _MOBILE:
        yield f"https://{beginning}{host}{slash}{rest}"
    if path:
        yield f"https://{host}/{path}/amp{tail}"
        yield f"https://{host}/amp/{path}{tail}"
        yield f"https://amp.{host}/{path}/amp{tail}"
        if path.endswith(".html"):
            yield f"https://{host}/{path.removesuffix('.html')}.amp.html{tail}"
    joined = f"{tail}&" if query else "?"
    for flag in ("amp", "amp=1", "outputType=amp"):
        yield f"https://{host}{slash}{path}{joined}{flag}"
    yield f"https://google.com/amp/s/{host}{slash}{rest}"
