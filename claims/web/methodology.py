"""Pages of the docs: the methodology, and the ledger's formats; rendered once per process."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import nh3
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from claims.text import slugify_title

HEADINGS = {"h2", "h3"}
TAGS = {
    *("h2", "h3", "p", "ul", "ol", "li", "strong", "em", "code", "pre", "a", "blockquote", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"h2": {"id"}, "h3": {"id"}, "a": {"href"}, "th": {"scope"}}


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of the table of contents; `id` is where the page can be linked to."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its title, its opening paragraph, its sections and the rest as clean HTML."""

    title: str
    lead: str
    sections: tuple[Section, ...]
    body: SafeString


@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    """The rules by which claims are written, judged and kept."""
    return render(request, "about/methodology.html", {"document": document("methodology")})


@require_safe
def ledger_formats(request: HttpRequest) -> HttpResponse:
    """The ledger's formats, for whoever checks it with a program of their own."""
    return render(request, "about/methodology.html", {"document": document("ledger")})


@cache
def document(name: str) -> Document:
    """A text that ships under docs/."""
    return read((settings.BASE_DIR / "docs" / f"{name}.md").read_text(encoding="utf-8"))


def read(text: str) -> Document:
    """A Markdown text that begins with a title and one paragraph.

    A heading's id is its words as a slug: "## Known by" can be linked to as #known-by.
    """
    markdown = MarkdownIt("commonmark").enable("table")
    tokens = markdown.parse(text)
    title, lead = tokens[1].content, tokens[4].content
    tokens = tokens[6:]
    sections = []
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.tag in HEADINGS:
            token.attrs["id"] = slugify_title(inline.content)
            if token.tag == "h2":
                sections.append(Section(str(token.attrs["id"]), inline.content))
        elif token.type == "th_open":
            token.attrs["scope"] = "col"
    body = markdown.renderer.render(tokens, markdown.options, {})
    clean = nh3.clean(body, tags=TAGS, attributes=ATTRIBUTES)
    return Document(title, lead, tuple(sections), mark_safe(clean))  # noqa: S308 (nh3 has cleaned it)
