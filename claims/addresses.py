"""Web addresses of evidence: what is stored and linked, and the form by which two are compared."""

import ipaddress
import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

LONGEST = 2000

# Set by advertising, mailing and sharing tools to tell visitors apart; the page is the same
# without. Names that some sites use for the content itself (id, ref, source, s, cid) stay.
TRACKING = frozenset(
    """
    dclid fbclid gad_source gbraid gclid gclsrc gs_lcrp igsh igshid li_fat_id mc_cid mc_eid msclkid mkt_tok
    rb_clickid srsltid ttclid twclid vero_conv vero_id wbraid wickedid yclid ysclid _ga _gl _hsenc _hsmi __hsfp
    __hssc __hstc __twitter_impression hsctatracking at_campaign at_medium guccounter guce_referrer
    guce_referrer_sig oly_anon_id oly_enc_id
    """.split()  # noqa: SIM905 (forty lines otherwise)
)
TRACKING_PREFIX = "utm_"

_DEFAULT_PORTS = ("80", "443")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST_AND_PORT = re.compile(r"[^/?#@:]+\.[^/?#@:]+:[0-9]*(?=[/?#]|$)")
_LABEL = re.compile("[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT = _UNRESERVED | frozenset("!$&'()*+,;=:@/?%[]")
_DOTS = str.maketrans("\u3002\uff0e\uff61", "...")
_UNSEEN_AT_ENDS = "\u200b\u2060\ufeff"
# Second levels under which a country's registry hands out names: no source owns one of them.
_HANDED_OUT_BELOW = frozenset("ac co com edu go gob ind ltd ne net nom or org plc sch".split())  # noqa: SIM905


class AddressError(ValueError):
    """An address that cannot be taken; its words are for the person who typed it."""


class _Parts(NamedTuple):
    scheme: str
    host: str
    port: str
    path: str
    query: str | None
    fragment: str | None


def clean_address(text: str) -> str:
    """The address as it is stored and linked: http or https, ASCII, at most 2,000 characters.

    A missing scheme becomes https. Scheme and host are put in small letters, an international
    host in its ASCII form (RFC 3492), other characters that an address cannot hold are
    percent-encoded as UTF-8 (RFC 3987, 3.1); the rest stays as typed, fragment included.
    Raises AddressError with what is wrong.
    """
    return _checked_length(_joined(_split(text)))


def normalise_address(text: str) -> str:
    """The form by which two addresses are compared: equal forms are the same page.

    On top of `clean_address`, by RFC 3986, 6.2.2 and 6.2.3: escapes in capitals, unreserved
    characters unescaped, `.` and `..` resolved. By what the web does: http counts as https and
    ports 80 and 443 as none, since a site answers with one page on both; a leading `www.` is
    dropped, for the same reason; so are the fragment, slashes at the end, empty parts of the
    query and the parameters in TRACKING. The order of the others is kept, it can matter.
    A form is an address itself, and its own form. Raises AddressError with what is wrong.
    """
    parts = _split(text)
    host = parts.host if _is_number(parts.host) else _without_www(parts.host)
    port = "" if parts.port in _DEFAULT_PORTS else parts.port
    path = _without_dots(_normalised(parts.path)).rstrip("/")
    query = _without_tracking(_normalised(parts.query or ""))
    return _checked_length(_joined(_Parts("https", host, port, path, query or None, None)))


def domain_of(address: str) -> str:
    """The host of an address without `www.` and port. Raises AddressError as `clean_address`."""
    host = _split(address).host
    return host if _is_number(host) else _without_www(host)


def domain_candidates(address: str) -> list[str]:
    """Domains by which the source of an address may be known, the closest first.

    `https://a.b.example.org/x` gives a.b.example.org, b.example.org, example.org. Parents of
    one part and such as `co.uk` are left out. Raises AddressError as `clean_address`.
    """
    domain = domain_of(address)
    if _is_number(domain):
        return [domain]
    labels = domain.split(".")
    parents = (labels[start:] for start in range(1, len(labels) - 1))
    return [domain, *(".".join(parent) for parent in parents if not _is_handed_out(parent))]


def _split(text: str) -> _Parts:
    text = text.strip().strip(_UNSEEN_AT_ENDS).strip()
    _refuse_unfit(text)
    scheme, rest = _split_scheme(text)
    found = re.match(r"([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", rest)
    assert found
    authority, path, query, fragment = found.groups()
    if "\\" in authority + path:
        raise AddressError("The address holds a backslash. Write / where it stands.")
    host, port = _split_authority(authority)
    return _Parts(
        scheme,
        host,
        port,
        _escaped(path),
        None if query is None else _escaped(query),
        None if fragment is None else _escaped(fragment),
    )


def _refuse_unfit(text: str) -> None:
    if not text:
        raise AddressError("An address is missing. Paste it as https://example.org/page.")
    if len(text) > LONGEST:
        raise _too_long(len(text))
    for character in text:
        if "\ud800" <= character <= "\udfff":
            raise AddressError("The address holds half of a character. Copy it once more.")
        if unicodedata.category(character) in ("Cc", "Zl", "Zp"):
            raise AddressError(
                f"The address holds a control character or a line break"
                f" (U+{ord(character):04X}). Paste one address only, on one line."
            )
        if character.isspace():
            raise AddressError("The address holds a space. Paste one address only, or write %20 for a space.")


def _split_scheme(text: str) -> tuple[str, str]:
    """Scheme and what follows `//`; https where none is written."""
    if text.startswith("//"):
        return "https", text[2:]
    found = _SCHEME.match(text)
    if not found or _HOST_AND_PORT.match(text):
        return "https", text
    scheme = found[1].lower()
    if scheme not in ("http", "https"):
        raise AddressError(f"Only addresses that begin with http:// or https:// can be taken, not {_clip(scheme)}:")
    if not text[found.end() :].startswith("//"):
        raise AddressError(f"Two slashes are missing: write {scheme}:// and then the site.")
    return scheme, text[found.end() + 2 :]


def _split_authority(authority: str) -> tuple[str, str]:
    if "@" in authority:
        raise AddressError(
            "The address holds a user name before the site (what stands before @)."
            " Take it out: it may be a secret, or hide where the address leads."
        )
    if authority.startswith("["):
        written, bracket, rest = authority.partition("]")
        host = _ip6(written[1:]) if bracket else ""
    else:
        written, colon, rest = authority.partition(":")
        host, rest = _host(written), colon + rest
    if not host or rest[:1] not in ("", ":"):
        raise AddressError(f"“{_clip(authority)}” is not the name of a site.")
    port = rest[1:]
    if not port:
        return host, ""
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65536):
        raise AddressError(f"“{_clip(port)}” is not a port. Write a number from 1 to 65535.")
    return host, str(int(port))


def _host(written: str) -> str:
    """The name of a site in ASCII and small letters, or an address of four numbers."""
    if not written:
        raise AddressError("The address names no site. Paste it as https://example.org/page.")
    host = ".".join(_label(label) for label in written.translate(_DOTS).split("."))
    host = host.removesuffix(".")
    labels = host.split(".")
    if labels[-1].isdigit():
        return _ip4(host)
    if len(labels) < 2:
        raise AddressError(f"“{_clip(written)}” is not the name of a site: it has no dot.")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressError(f"“{_clip(written)}” is not the name of a site.")
    return host


def _label(label: str) -> str:
    """One part of a host in ASCII.

    Not by Python's own codec: its rules of 2003 turn ß into ss, which is another site today.
    """
    if label.isascii():
        return label.lower()
    label = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", label).lower())
    if not all(c == "-" or unicodedata.category(c)[0] in "LMN" for c in label):
        raise AddressError(f"“{_clip(label)}” cannot be part of a site's name.")
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def _ip4(host: str) -> str:
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError:
        raise AddressError(f"“{_clip(host)}” is not the name of a site.") from None


def _ip6(host: str) -> str:
    try:
        address = ipaddress.IPv6Address(host)
    except ValueError:
        return ""
    return "" if address.scope_id else f"[{address}]"


def _is_number(host: str) -> bool:
    return host.startswith("[") or host.rpartition(".")[2].isdigit()


def _without_www(host: str) -> str:
    while host.startswith("www.") and host.count(".") > 1:
        host = host[4:]
    return host


def _is_handed_out(labels: list[str]) -> bool:
    return len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _HANDED_OUT_BELOW


def _escaped(text: str) -> str:
    """Percent-encodes what an address cannot hold, and a % that begins no escape."""
    text = re.sub("%(?![0-9A-Fa-f]{2})", "%25", text)
    return "".join(c if c in _KEPT else "".join(f"%{b:02X}" for b in c.encode()) for c in text)


def _normalised(text: str) -> str:
    def escape(found: re.Match[str]) -> str:
        plain = chr(int(found[1], 16))
        return plain if plain in _UNRESERVED else found[0].upper()

    return _ESCAPE.sub(escape, text)


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4."""
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "".join(f"/{segment}" for segment in kept)


def _without_tracking(query: str) -> str:
    return "&".join(part for part in query.split("&") if part and not _is_tracking(part))


def _is_tracking(part: str) -> bool:
    name = unquote_to_bytes(part.partition("=")[0]).decode("utf-8", "replace").lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIX)


def _joined(parts: _Parts) -> str:
    return (
        f"{parts.scheme}://{parts.host}{':' * bool(parts.port)}{parts.port}{parts.path}"
        f"{'' if parts.query is None else '?' + parts.query}"
        f"{'' if parts.fragment is None else '#' + parts.fragment}"
    )


def _checked_length(address: str) -> str:
    if len(address) > LONGEST:
        raise _too_long(len(address))
    return address


def _too_long(length: int) -> AddressError:
    return AddressError(
        f"The address has {length:,} characters, counted as it is sent, and may have {LONGEST:,}."
        " Look for a shorter one: often what follows the ? can go."
    )


def _clip(text: str) -> str:
    shown = text if len(text) <= 60 else text[:59] + "…"
    return "".join(c if c.isprintable() else "?" for c in shown)
