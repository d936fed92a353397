"""What others wrote, as plain text of ours: no markup, one line, no longer than it may be."""

import html
import re
import unicodedata

import nh3

from claims.text import TextError, clean_line, excerpt

# What is read of a field; the rest is not even looked at.
_READ = 50_000
_BLOCK = re.compile(
    r"<(?=/?(?:p|div|br|hr|li|ul|ol|dl|dt|dd|h[1-6]|tr|td|th|table|blockquote|pre|section|article|figure|figcaption)\b)",
    re.IGNORECASE,
)
# Characters without a sign of their own, and those that make text read in another order (as claims.text).
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def plain_line(text: str, *, longest: int, is_html: bool = False) -> str:
    """`text` on one line in NFC, at most `longest` characters, cut with an ellipsis; empty if nothing can be seen."""
    text = _UNSEEN.sub(" ", text[:_READ])
    if is_html:
        text = html.unescape(nh3.clean(_BLOCK.sub(" <", text), tags=set()))
    text = excerpt(_UNSEEN.sub(" ", text), longest)
    try:
        return clean_line(text, longest=longest)
    except TextError:
        bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        return clean_line(excerpt(bare, longest), longest=longest)
