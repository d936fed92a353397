"""Forms in which claims are opened and revised."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from claims.actions.claim_words import LONGEST_STATEMENT, LONGEST_TITLE, MOST_SIGNPOSTS, ClaimWords
from claims.models import Claim, ClaimKind, ClaimRevision, RevisionType
from claims.web.desk.fields import DayField
from claims.web.desk.parts import Day, Line, Paragraphs, Version, Whole, counted, longest, needed

FEWEST_SIGNPOSTS = 2
UNDER = {"signposts": "signpost_1"}
"""Which field shows what an action says about a name that the form does not have."""

KINDS = (
    (ClaimKind.PREDICTION, "prediction: something will happen, or will not"),
    (ClaimKind.CONDITIONAL, "conditional: something will happen if something else does"),
    (ClaimKind.JUDGEMENT, "judgement: something is so, where the answer takes weighing"),
    (ClaimKind.FACT, "fact: something was so when the article appeared; never scored"),
)
TYPES = (
    (RevisionType.WORDING, "wording: the same claim, better said"),
    (
        RevisionType.CLARIFICATION,
        "clarification: settles a case that was in doubt, and leaves the clear ones as they are",
    ),
    (
        RevisionType.CHANGE_OF_MEANING,
        "change of meaning: something else is claimed, another due date included;"
        " this claim is annulled as restated and its successor opens",
    ),
)
DIRECTIONS = (("", "which way?"), ("up", "would raise the number"), ("down", "would lower the number"))


class WordsForm(forms.Form):
    """One wording of a claim; `signposts_needed` where it is open and no fact."""

    signposts_needed = True

    title = Line(
        longest=LONGEST_TITLE,
        label="Title",
        help_text=f"For lists, charts and cards: at most {LONGEST_TITLE} characters.",
        required=True,
        error_messages=needed("Give the claim a short title."),
        widget=counted(LONGEST_TITLE),
    )
    statement = Line(
        longest=LONGEST_STATEMENT,
        label="Statement",
        help_text=f"What is judged, in your own words and as one sentence: at most {LONGEST_STATEMENT} characters.",
        required=True,
        error_messages=needed("Write what is claimed."),
        widget=forms.Textarea(attrs={"rows": 3, "data-longest": LONGEST_STATEMENT}),
    )
    criteria = Paragraphs(
        longest=longest(ClaimRevision, "criteria"),
        label="What would settle it",
        help_text="Which act, number or statement would count as borne out, and what would not. Start a new line for"
        " each condition.",
        rows=5,
        required=True,
        error_messages=needed("Say what would settle it."),
    )
    fine_print = Paragraphs(
        longest=longest(ClaimRevision, "fine_print"),
        label="Fine print",
        help_text="Settles the cases that the criteria leave in doubt. Marked as the editors' own reading.",
        rows=3,
    )
    horizon = DayField(label="Falls due on", widget=Day())
    open_ended = forms.BooleanField(label="Open-ended: it has no due date", required=False)
    author_confidence = Line(
        longest=longest(ClaimRevision, "author_confidence"),
        label="How sure the author is",
        help_text="In our words, such as: given as likely, without a number.",
    )
    review_every_days = Whole(
        label="Review every so many days",
        help_text="After that the page says that the number is old.",
        required=True,
        error_messages=needed("Give a number of days from 1 to 3,660."),
    )
    topics = forms.MultipleChoiceField(
        label="Topics",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "There is no such topic: choose from those listed."},
    )

    def __init__(self, *args: Any, topics: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["topics"].choices = topics  # type: ignore[attr-defined]
        for place in range(1, MOST_SIGNPOSTS + 1):
            self.fields[f"signpost_{place}"] = Line(longest=200, label=f"Thing to watch {place}")
            self.fields[f"direction_{place}"] = forms.ChoiceField(
                label=f"Which way {place}",
                choices=DIRECTIONS,
                required=False,
                error_messages={"invalid_choice": "Say which way it would move the number."},
            )

    @property
    def signposts(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of things to watch, each with its direction."""
        return [(self[f"signpost_{place}"], self[f"direction_{place}"]) for place in range(1, MOST_SIGNPOSTS + 1)]

    def clean(self) -> dict[str, Any]:
        """Says what does not go together."""
        given = self.cleaned_data
        if "horizon" in given and bool(given["horizon"]) == given.get("open_ended", False):
            both = "Either a day or open-ended, not both."
            self.add_error("horizon", both if given["horizon"] else "Give the day it falls due, or tick open-ended.")
        named = 0
        for text, direction in self.signposts:
            if given.get(text.name, "").strip():
                named += 1
                if given.get(direction.name) == "":
                    self.add_error(direction.name, "Say which way it would move the number.")
        if self.signposts_needed and named < FEWEST_SIGNPOSTS:
            self.add_error("signpost_1", "Name two to four things that anyone could see happen.")
        return given

    def words(self) -> ClaimWords:
        """What was typed, as the action takes it."""
        given = self.cleaned_data
        rows = [(given[text.name], given[direction.name]) for text, direction in self.signposts]
        return ClaimWords(
            title=given["title"],
            statement=given["statement"],
            criteria=given["criteria"],
            fine_print=given["fine_print"],
            horizon=None if given["open_ended"] else given["horizon"],
            author_confidence=given["author_confidence"],
            signposts=[(text, direction) for text, direction in rows if text.strip()],
            review_every_days=given["review_every_days"],
        )


class OpenForm(WordsForm):
    """A new claim of an article."""

    article = forms.ChoiceField(
        label="Article",
        error_messages={
            "required": "Choose the article that makes the claim.",
            "invalid_choice": "There is no such article: choose from those listed.",
        },
    )
    paragraph = Whole(
        label="Paragraph",
        help_text="Where the article says it, counted from 1.",
        required=True,
        error_messages=needed("Give the number of the paragraph."),
    )
    kind = forms.ChoiceField(
        label="Kind",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what sort of claim it is.",
            "invalid_choice": "Choose what sort of claim it is.",
        },
    )
    opened_on = DayField(
        label="Opened on",
        help_text="It can be looked back to from this day on: as a rule the day the article appeared.",
        widget=Day(),
        required=True,
        error_messages=needed("Give the day from which the claim is tracked."),
    )
    field_order = [
        "article",
        "paragraph",
        "kind",
        "title",
        "statement",
        "criteria",
        "fine_print",
        "horizon",
        "open_ended",
    ]

    def __init__(self, *args: Any, articles: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["article"].choices = [("", "Choose an article"), *articles]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A fact has nothing to watch."""
        self.signposts_needed = self.cleaned_data.get("kind") not in (None, ClaimKind.FACT)
        return super().clean()


class ReviseForm(WordsForm):
    """Another wording of a claim."""

    type = forms.ChoiceField(
        label="What the new wording does",
        choices=TYPES,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what the new wording does to the claim.",
            "invalid_choice": "Choose what the new wording does to the claim.",
        },
    )
    reason = Line(
        longest=longest(ClaimRevision, "reason"),
        label="Reason",
        help_text="Stays on record beside the new wording.",
        required=True,
        error_messages=needed("Say why the wording changes."),
    )
    version = Version()

    def __init__(self, *args: Any, claim: Claim, **options: Any) -> None:
        super().__init__(*args, **options)
        self.signposts_needed = claim.status == "open" and claim.kind != ClaimKind.FACT

    def clean(self) -> dict[str, Any]:
        """Refuses a new wording that is the old one."""
        given = super().clean()
        if not self.errors and not set(self.changed_data) - {"type", "reason", "version"}:
            raise ValidationError("Nothing is changed yet: this is the wording that stands.")
        return given


def initial_words(wording: ClaimRevision, topics: Sequence[str]) -> dict[str, Any]:
    """A wording as the form that revises it begins."""
    given: dict[str, Any] = {
        "title": wording.title,
        "statement": wording.statement,
        "criteria": wording.criteria,
        "fine_print": wording.fine_print,
        "horizon": wording.horizon.isoformat() if wording.horizon else "",
        "open_ended": wording.horizon is None,
        "author_confidence": wording.author_confidence,
        "review_every_days": str(wording.review_every_days),
        "topics": list(topics),
    }
    for place, one in enumerate(wording.signposts, start=1):
        given[f"signpost_{place}"] = one["text"]
        given[f"direction_{place}"] = one["direction"]
    return given


def standing_beside(form: WordsForm, stands: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Field by field its label, what was typed and what stands now, as plain text."""
    names = ("title", "statement", "criteria", "fine_print", "horizon", "author_confidence", "review_every_days")
    rows = [(str(form[name].label), str(form[name].data or ""), str(stands[name])) for name in names]
    mine = "\n".join(f"{text.data} ({way.data})" for text, way in form.signposts if text.data)
    theirs = "\n".join(
        f"{stands[text.name]} ({stands[way.name]})" for text, way in form.signposts if stands.get(text.name)
    )
    called = dict(form.fields["topics"].choices)  # type: ignore[attr-defined]
    chosen, standing = (
        ", ".join(sorted(called.get(slug, slug) for slug in slugs))
        for slugs in (form["topics"].data or [], stands["topics"])
    )
    return [*rows, ("Things to watch", mine, theirs), ("Topics", chosen, standing)]
