"""Bytes of feeds and pages to text, whatever encoding they say that they are in."""

import codecs
import re

# XML 1.0, 2.2: what no document may hold, and what makes strict parsers stop.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    # Without a mark a document still begins with "<" (XML 1.0, F.1).
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_IN_XML = re.compile(rb"<\?xml[^>]{1,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_IN_HTML = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# Python knows many more, some of which take time with the square of the length (punycode) or are no text.
_CODECS = re.compile(r"utf-8|iso8859-\d+|cp\d+|koi8-\w+|mac-\w+|gb\w+|big5\w*|shift_jis\w*|euc_\w+|tis-620|iso2022_\w+")
# All of it is ASCII, so that it would pass for UTF-8.
_SHIFTING = "iso2022_"
# What pages that name the one mean by it (WHATWG, Encoding, 4.2).
_MEANT = {"iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}


def decoded(body: bytes, *, content_type: str = "") -> str:
    """The text, without what cannot be in a document.

    Text that is valid UTF-8 is taken for it whatever it says: nothing else comes out so by chance,
    and wrong declarations are common. Then comes what header and document declare.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return _fit(body.decode(encoding, "replace").removeprefix("\ufeff"))
    declared = _declared(body, content_type)
    shifting = [encoding for encoding in declared if encoding.startswith(_SHIFTING)]
    for encoding in [*shifting, "utf-8", *declared]:
        try:
            return _fit(body.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _fit(_nearest(body))


def _declared(body: bytes, content_type: str) -> list[str]:
    """Encodings by Python's names that header and document name, and that are known."""
    head = body[:2048]
    named = [found[1] for found in [_IN_HEADER.search(content_type)] if found]
    named += [found[1].decode("ascii", "ignore") for found in [_IN_XML.search(head), _IN_HTML.search(head)] if found]
    known = [_known(name) for name in named]
    return [_MEANT.get(encoding, encoding) for encoding in known if encoding]


def _known(name: str) -> str:
    try:
        encoding = codecs.lookup(name).name
    except (LookupError, UnicodeError):
        return ""
    return encoding if _CODECS.fullmatch(encoding) else ""


def _nearest(body: bytes) -> str:
    """A text that fits nothing it says: UTF-8 with a few broken bytes, or else what Windows wrote."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(not character.isascii() for character in text) - broken
    return text if whole > broken else body.decode("cp1252", "replace")


def _fit(text: str) -> str:
    return _UNFIT.sub("", text)
