"""The form of an item's words: used to log it, to go on with a draft and to revise it."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.html import format_html

from claims.actions.evidence_words import EvidenceWords, fill, words_of
from claims.actions.fields import Fields
from claims.models import Credibility, Evidence, EvidenceType, Source, SourceKind, User
from claims.queries.known_items import AddressTold, address_told, source_named, source_words
from claims.web.desk.fields import PartialDateField, Text, Typed

# What sort of page a source of this kind most often has; only ever a first suggestion.
TYPE_OF_KIND = {
    "newspaper": "newspaper",
    "trade-press": "newspaper",
    "wire": "wire",
    "state-agency": "wire",
    "broadcaster": "broadcaster",
    "government": "official-statement",
    "think-tank": "think-tank",
    "blog": "blog",
}
_TRUST = [(str(value), format_html("<b>{}</b> {}", value, label)) for value, label in Credibility.choices]
_TRUST[-1] = ("6", format_html("<b>6</b> {}", "cannot be judged"))


class WordsForm(forms.Form):
    """What an item says. `words` is what to store, once it is valid; only `source` may still have to be added."""

    use_required_attribute = False

    address = Typed(
        label="Address",
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false", "placeholder": "https://"}),
    )
    title = Typed(label="Title")
    source = Typed(label="Source", widget=forms.TextInput(attrs={"list": "source-names", "autocomplete": "off"}))
    author = Typed(label="Author")
    published = PartialDateField(label="Published", help_text="A year or a month will do")
    event = PartialDateField(label="Event", help_text="If on another day")
    type = forms.ChoiceField(
        label="Type",
        required=False,
        choices=[("", "choose"), *EvidenceType.choices],
        error_messages={"invalid_choice": "“%(value)s” is no sort of page. Choose one of the list."},
    )
    summary = Text(label="What it says, in your words")
    looked_for = Typed(label="Words looked for", help_text="As they were typed there; separate several by commas")
    quotation = Text(label="Quotation", rows=2, help_text="Its own words, 500 characters at most")
    credibility = forms.ChoiceField(
        label="How far to trust it, whatever it bears on",
        required=False,
        choices=_TRUST,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "“%(value)s” is no grade. A grade for information is a digit from 1 to 6."},
    )
    story = Typed(
        label="Story",
        help_text="A word for the event, such as oil-licence-march-2026. Picking an item fills it in.",
    )
    same_as = Typed(widget=forms.HiddenInput)
    new_name = Typed(label="Name")
    new_kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[("", "choose"), *SourceKind.choices],
        error_messages={"invalid_choice": "“%(value)s” is no kind of source. Choose one of the list."},
    )
    new_country = Typed(
        label="Country",
        help_text="Two letters, such as PL; empty if not known",
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "maxlength": "2"}),
    )
    new_domain = forms.ChoiceField(label="Known by", required=False)

    def __init__(
        self, *args: Any, by: User, today: date, draft: bool = False, item: Evidence | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.by, self.today, self.draft, self.item = by, today, draft, item
        self.words: EvidenceWords | None = None
        self.adds_source = False
        domains = list(self.told.domains)
        field = self.fields["new_domain"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(domain, domain) for domain in reversed(domains)]

    @cached_property
    def told(self) -> AddressTold:
        """What is known of the address that stands in the form; nothing where there is none."""
        address = str(self["address"].value() or "")
        if not address.strip():
            return AddressTold()
        return address_told(address, by=self.by.id, but=self.item.id if self.item else None)

    @property
    def offers_source(self) -> bool:
        """Whether the address is of no source that is known, and no other is named."""
        named = str(self["source"].value() or "").strip()
        return bool(self.told.domains) and self.told.source is None and not named

    @property
    def source_hint(self) -> str:
        """What is said below the source: whose the address is."""
        if self.told.source is None:
            return "Empty for the one that the address belongs to"
        if str(self["source"].value() or "").startswith(self.told.source.name):
            return "Known by its domain"
        return f"Empty for {self.told.source_words}"

    @property
    def trust_hint(self) -> str:
        """What is said below the grade: how far the source itself is trusted, and that nobody has chosen yet."""
        source, told = self.told.source, []
        if source is not None and source.reliability is None:
            told.append("The source has no grade yet.")
        elif source is not None:
            told.append(f"The source’s own grade is {source.reliability}, {source.get_reliability_display()}.")
        if not self["credibility"].value():
            told.append("Nothing is chosen until you choose.")
        return " ".join(told)

    def clean(self) -> dict[str, Any]:
        """Puts together what to store; everything that is wrong is said at once."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        standing = self.told.standing
        looked = given.get("type") == EvidenceType.NOT_FOUND
        if standing is not None and self.item is None and not self.draft and not looked:
            # Only its bearings are added, so nothing else that was typed matters.
            self._errors = ErrorDict(renderer=self.renderer)
            self.words = words_of(standing)
            return given
        source = self._source(given)
        self.words = EvidenceWords(
            address=given.get("address", ""),
            title=given.get("title", ""),
            summary=given.get("summary", ""),
            source=source,
            type=given.get("type") or (EvidenceType.NEWSPAPER if self.draft else ""),
            credibility=int(given["credibility"]) if given.get("credibility") else None,
            published=given.get("published"),
            event=given.get("event"),
            author=given.get("author", ""),
            quotation=given.get("quotation", ""),
            story=given.get("story", "").strip(),
            looked_for=given.get("looked_for", ""),
        )
        self._check(self.words)
        return given

    def _check(self, words: EvidenceWords) -> None:
        fields = Fields()
        fill(Evidence(), words, fields, draft=self.draft, today=self.today)
        for name, sentences in fields.errors.items():
            # A field that could not be read is empty by now, and a missing source has been spoken of.
            if name not in self.errors:
                self.add_error(name, sentences)

    def _source(self, given: dict[str, Any]) -> Source | None:
        """The source that is named, else the address's own; one that is to be added is not stored yet."""
        if named := given.get("source", "").strip():
            return self._named(named)
        if self.told.source is not None or not self.told.domains:
            return self.told.source
        if given.get("new_name", "").strip():
            self.adds_source = True
            return Source(name=given["new_name"])
        if not self.draft:
            domain = self.told.domain_words
            self.add_error(
                "source", f"{domain} is not among the sources yet. Say below what it is; it is added with the item."
            )
        return None

    def _named(self, named: str) -> Source | None:
        found, like = source_named(named)
        if found is None and not self.errors.get("source"):
            meant = f" Is it {' or '.join(f'“{name}”' for name in like)}?" if like else ""
            self.add_error(
                "source",
                f"There is no source “{named[:60]}”.{meant} Leave it empty to take the one of the address.",
            )
        return found

    def new_source(self) -> dict[str, Any]:
        """What the new source is, as the act that adds it takes it."""
        given = self.cleaned_data
        domain = given.get("new_domain") or self.told.domains[-1]
        country = given["new_country"].strip().upper() or "XX"
        return {"domains": [domain], "name": given["new_name"], "kind": given["new_kind"], "country": country}

    def with_source(self, source: Source) -> EvidenceWords:
        """What to store, now that its source has been added; the form does not offer to add it again."""
        assert self.words is not None
        self.adds_source = False
        self.words = replace(self.words, source=source)
        del self.told
        return self.words


def initial_of(item: Evidence) -> dict[str, Any]:
    """What stands in the form for an item that is stored."""
    return {"version": item.version, **words_in(item)}


def words_in(item: Evidence) -> dict[str, Any]:
    """What an item says, field by field, as the form writes it."""
    return {
        "address": item.address,
        "title": item.title,
        "source": source_words(item.source) if item.source else "",
        "author": item.author,
        "published": str(item.published or ""),
        "event": str(item.event or ""),
        "type": item.type,
        "summary": item.summary,
        "quotation": item.quotation,
        "looked_for": item.looked_for,
        "credibility": str(item.credibility or ""),
        "story": item.story,
    }


class LogForm(WordsForm):
    """A new item; its key makes that what is sent twice is logged once.

    `lead` is what it is made of, if anything, and `back` the place in the list where that stood.
    """

    key = Typed(widget=forms.HiddenInput)
    lead = forms.UUIDField(required=False, widget=forms.HiddenInput)
    back = Typed(widget=forms.HiddenInput)


class _Versioned(WordsForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def saw(self, version: int) -> None:
        """Notes the version that was stored just now, for the form that is shown where a second act fails."""
        data: Any = self.data
        self.data = data.copy()
        self.data["version"] = str(version)  # type: ignore[index]


class DraftForm(_Versioned):
    """A draft, with the version that was read."""


class ReviseForm(_Versioned):
    """An item that waits or is public, with the version that was read and, where it is public, the reason."""

    reason = Typed(label="Why it changes", help_text="Stands in the item's history")
