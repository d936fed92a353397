"""The editors' pages for an article: adding one, and revising what its record says."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from claims.actions.articles import ArticleWords, Author, add_article, revise_article
from claims.actions.errors import Invalid
from claims.actions.permissions import Right
from claims.models import Article, ArticleAuthor, ArticleKind
from claims.queries.claim_words import article_by_slug
from claims.text import TextError, slugify_title
from claims.web import asked
from claims.web.desk.access import UNTRIED, attempt, needs, typed
from claims.web.desk.claims import pages, slug_of
from claims.web.desk.compared import compared
from claims.web.desk.fields import PartialDateField, Typed
from claims.web.desk.opened import left, note_version
from claims.web.desk.parts import Line, Paragraphs, Version, Whole, counted, longest, needed
from claims.web.errors import Missing
from claims.web.paths import article_path

MORE = "more"
"""The button that adds a row for another author: it stores nothing and keeps all that was typed."""
MOST_AUTHORS = 30
BLANK_ROWS = 2


class ArticleForm(forms.Form):
    """What an article's record says, but for its authors."""

    title = Line(
        longest=longest(Article, "title"),
        label="Title",
        help_text="As it was published, or one that describes it: at most 200 characters.",
        required=True,
        error_messages=needed("Give the article a title."),
        widget=counted(200),
    )
    title_note = Line(
        longest=longest(Article, "title_note"),
        label="Note on the title",
        help_text="Such as: the copy bears no title, this one is ours.",
    )
    address = Typed(label="Address", help_text="Where it can be read, if anywhere.")
    publisher = Line(longest=longest(Article, "publisher"), label="Publisher")
    kind = forms.ChoiceField(
        label="Kind",
        choices=ArticleKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what sort of article it is.",
            "invalid_choice": "Choose what sort of article it is.",
        },
    )
    published = PartialDateField(
        label="Published",
        help_text="As exactly as it is known: 2025-03-31, 2025-03, 2025, or 2025-03-31/2025-04-06 for a range.",
    )
    dates_note = Line(
        longest=longest(Article, "dates_note"),
        label="Note on the date",
        help_text="Such as: it bears no date; it speaks of events up to 31 March.",
    )
    summary = Paragraphs(
        longest=longest(Article, "summary"),
        label="What it argues, in your words",
        help_text="Never its text: a claim points to a paragraph instead.",
        rows=5,
        required=True,
        error_messages=needed("Say in your words what it argues."),
    )
    language = Line(
        longest=longest(Article, "language"),
        label="Language",
        help_text="Two letters, such as en or pl.",
        required=True,
        error_messages=needed("Give the language, such as en."),
    )
    paragraphs = Whole(
        label="Paragraphs",
        help_text="How many it has.",
        required=True,
        error_messages=needed("Give a number of paragraphs from 1 to 2,000."),
    )
    version = Version()


class AuthorForm(forms.Form):
    """One row of the byline; an empty one is left out."""

    name = Line(longest=longest(ArticleAuthor, "name"), label="Name")
    role = Line(longest=longest(ArticleAuthor, "role"), label="Post")
    affiliation = Line(longest=longest(ArticleAuthor, "affiliation"), label="Affiliation")
    note = Line(longest=longest(ArticleAuthor, "note"), label="Note")

    def clean(self) -> dict[str, Any]:
        """A name or a post, where anything is said."""
        given = self.cleaned_data
        said = any(given.get(field, "").strip() for field in self.fields)
        if said and not self.errors and not (given["name"].strip() or given["role"].strip()):
            raise ValidationError("An author needs a name or a post.")
        return given


_ROWS_WRONG = {
    "missing_management_form": "The form came in pieces: send it again.",
    "too_many_forms": f"Name {MOST_AUTHORS} authors at most.",
}
AuthorRows = forms.formset_factory(AuthorForm, extra=0, max_num=MOST_AUTHORS, validate_max=True, absolute_max=100)


@needs(Right.ADD_ARTICLE)
@pages
def new(request: HttpRequest) -> HttpResponse:
    """Adds an article."""
    return _editing(request, None, {"language": "en"}, [{}, {}])


@needs(Right.ADD_ARTICLE)
@pages
def revise(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes what an article's record says."""
    article = article_by_slug(slug)
    if article is None:
        raise Missing("There is no article at this address.")
    return _editing(request, article, *_initial(article))


def _editing(
    request: HttpRequest, article: Article | None, initial: dict[str, Any], authors: list[dict[str, str]]
) -> HttpResponse:
    data = typed(request)
    kept = left(request, sent=data is not None, creates=article is None)
    if data is not None and MORE in data:
        form, rows = ArticleForm(initial=data.dict()), AuthorRows(initial=_rows_typed(data, more=1))
    elif kept is not None:
        form, rows = ArticleForm(initial=kept.dict()), AuthorRows(initial=_rows_typed(kept))
        note_version(request, kept, now=initial.get("version"))
    else:
        form, rows = ArticleForm(data, initial=initial), AuthorRows(data, initial=authors, error_messages=_ROWS_WRONG)
    outcome = UNTRIED
    if request.method == "POST" and form.is_bound:
        outcome = attempt(form, lambda: _store(request, article, form, rows), also=[rows])
        if outcome.done:
            said = "Revised" if article else "Added"
            messages.success(request, f"{said}: “{outcome.result.title}”.")
            return redirect(article_path(outcome.result.slug))
    context = {
        "form": form,
        "rows": rows,
        "article": article,
        "slug": article.slug if article else slug_of(form["title"].value()),
        "beside": compared(_beside(form, rows, article.slug)) if outcome.stale and article else [],
    }
    return render(request, "desk/article.html", context, status=outcome.status)


def _store(request: HttpRequest, article: Article | None, form: ArticleForm, rows: Any) -> Article:
    given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    authors = [Author(**row) for row in rows.cleaned_data if any(value.strip() for value in row.values())]
    words = ArticleWords(**given, authors=authors)
    who: Any = request.user
    if article is None:
        return add_article(by=who, slug=_slug(words.title), words=words, today=asked.today())
    return revise_article(
        by=who, article=article, seen_version=form.cleaned_data["version"], words=words, today=asked.today()
    )


def _slug(title: str) -> str:
    try:
        return slugify_title(title[:1_000])
    except TextError as error:
        raise Invalid({"title": str(error)}) from error


def _initial(article: Article) -> tuple[dict[str, Any], list[dict[str, str]]]:
    initial = {name: getattr(article, name) for name in ArticleForm.base_fields if name != "published"}
    initial["published"] = str(article.published or "")
    names = tuple(AuthorForm.base_fields)
    authors = [
        {name: getattr(author, name) for name in names}
        for author in sorted(article.authors.all(), key=lambda a: a.place)
    ]
    return initial, [*authors, *({} for _ in range(BLANK_ROWS))]


def _beside(form: ArticleForm, rows: Any, slug: str) -> list[tuple[str, str, str]]:
    """Field by field its label, what was typed and what stands now."""
    article = article_by_slug(slug)
    assert article is not None
    stands, authors = _initial(article)
    names = [name for name in ArticleForm.base_fields if name != "version"]
    told = [(str(form[name].label), str(form[name].data or ""), str(stands[name])) for name in names]
    return [*told, ("Authors", _byline(rows.cleaned_data if rows.is_valid() else []), _byline(authors))]


def _byline(authors: Iterable[Mapping[str, str]]) -> str:
    said = (", ".join(text.strip() for text in author.values() if text.strip()) for author in authors)
    return "\n".join(line for line in said if line)


def _rows_typed(data: QueryDict, *, more: int = 0) -> list[dict[str, str]]:
    """The byline as it was typed, with so many rows more."""
    count = data.get("form-TOTAL_FORMS", "")
    rows = int(count) if count.isascii() and count.isdigit() and len(count) <= 3 else 0
    places = range(min(rows + more, MOST_AUTHORS))
    return [{name: data.get(f"form-{place}-{name}", "") for name in AuthorForm.base_fields} for place in places]
