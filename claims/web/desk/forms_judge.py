"""Forms in which claims are assessed, resolved and reopened, and the one that finds items to cite."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from claims.actions.judge import Judgement
from claims.models import AnnulledBecause, Assessment, ClaimStatus, Confidence, Stance
from claims.scoring import percent_words, points
from claims.text import TextError, clean_line
from claims.web.desk.fields import DayField, Typed
from claims.web.desk.parts import Day, Paragraphs, Version, longest, needed

MOST_CITED = 200
LARGE_MOVE = Decimal("0.15")
WORDS_FOR_A_LARGE_MOVE = 12
"""A large move says in words what moved it; the action leaves that to whoever asks, so the form asks."""

UNDER = {"cites": "numbers"}
CONFIDENCES = (
    (Confidence.LOW, "low: thin, fragmentary or contradictory"),
    (Confidence.MODERATE, "moderate: plausible and well sourced, with gaps"),
    (Confidence.HIGH, "high: good sources that agree"),
)
STATUSES = (
    (ClaimStatus.BORNE_OUT, "borne out: the criteria were met"),
    (ClaimStatus.PARTLY_BORNE_OUT, "partly borne out: met in part, to a degree given as a number"),
    (ClaimStatus.NOT_BORNE_OUT, "not borne out: they were not met, and cannot be any more"),
    (ClaimStatus.AMBIGUOUS, "ambiguous: the world gives no clear answer; not scored"),
    (ClaimStatus.ANNULLED, "annulled: the claim itself is broken, for a reason below; not scored"),
)
BECAUSE = (
    ("", "not annulled"),
    (AnnulledBecause.UNDERSPECIFIED, "underspecified: its wording does not say what would settle it"),
    (AnnulledBecause.ASSUMPTION_FELL, "an assumption fell: something it takes for granted did not hold"),
    (AnnulledBecause.NO_PATH, "no path to one side: only one answer was ever possible"),
    (AnnulledBecause.SOURCE_GONE, "the source is gone and nothing equal takes its place"),
)


class Percent(Typed):
    """A probability written in per cent, such as 6 or 6.5; or none."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "data-probability": ""}
        super().__init__(widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> Any:
        """The share from 0 to 1 as a Decimal, or None; whether it may be so high is for the action to say."""
        text = super().clean(value).strip().removesuffix("%").rstrip()
        if not text:
            return None
        if re.fullmatch("[0-9]{1,2},[0-9]{1,2}", text):
            raise ValidationError(f"Write {text.replace(',', '.')}, with a point before the tenths.")
        if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,12})?", text):
            raise ValidationError("Give the probability in per cent, above 0 and below 100, such as 6 or 6.5.")
        return Decimal(text) / 100


class Numbers(forms.Field):
    """The numbers of the ticked items."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        """The numbers; what is no number is left to the form, which says so beside the field for typing them."""
        return [int(one) for one in value or [] if re.fullmatch("[0-9]{1,9}", one)]


class JudgeForm(forms.Form):
    """What every judgement has."""

    as_of = DayField(
        label="Speaks of",
        help_text="The day as of which you judge: nothing that was not known by then may be cited.",
        widget=Day(),
        required=True,
        error_messages=needed("Give the day that the judgement speaks of."),
    )
    confidence = forms.ChoiceField(
        label="Confidence in the analysis",
        choices=CONFIDENCES,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how firm the analysis is.",
            "invalid_choice": "Choose how firm the analysis is.",
        },
    )
    rationale = Paragraphs(
        longest=longest(Assessment, "rationale"),
        label="Rationale",
        rows=7,
        required=True,
        error_messages=needed("Say why, so that a reader can weigh it."),
    )
    numbers = Typed(
        label="Items by number",
        help_text="Where you know them, such as: 34, 35. Else tick them below.",
    )
    cites = Numbers(required=False)
    version = Version()

    def clean(self) -> dict[str, Any]:
        """Reads the numbers of the items, ticked and typed."""
        given = self.cleaned_data
        typed, nonsense = read_numbers(given.get("numbers", ""))
        ticked = self.data.getlist(self.add_prefix("cites"))  # type: ignore[attr-defined]
        nonsense += [one for one in ticked if not re.fullmatch("[0-9]{1,9}", one)]
        if nonsense:
            shown = "".join(c if c.isprintable() else "?" for c in nonsense[0][:40])
            self.add_error("numbers", f"“{shown}” is not the number of an item. Write numbers, such as 34, 35.")
        given["cited"] = list(dict.fromkeys([*given.get("cites", []), *typed]))
        if len(given["cited"]) > MOST_CITED:
            self.add_error("numbers", f"Cite {MOST_CITED} items at most: those on which the judgement rests.")
        return given

    def judgement(self, cites: Mapping[int, UUID], **more: Any) -> Judgement:
        """What was typed, as the action takes it; `cites` are the items' ids by number."""
        given = self.cleaned_data
        return Judgement(
            as_of=given["as_of"],
            rationale=given["rationale"],
            confidence=given["confidence"],
            cites=list(cites.values()),
            **more,
        )


class AssessForm(JudgeForm):
    """A new number for an open claim, or for one that is reopened."""

    probability = Percent(
        label="Probability in per cent",
        required=True,
        error_messages=needed("Give the probability."),
    )
    field_order = ["as_of", "probability", "confidence", "rationale", "numbers", "cites", "version"]

    def judgement(self, cites: Mapping[int, UUID], **more: Any) -> Judgement:
        """With its number."""
        return super().judgement(cites, probability=self.cleaned_data["probability"], **more)


class ResolveForm(JudgeForm):
    """How a claim is settled."""

    status = forms.ChoiceField(
        label="How it is settled",
        choices=STATUSES,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how the claim is settled.",
            "invalid_choice": "Choose how the claim is settled.",
        },
    )
    probability = Percent(
        label="Degree in per cent",
        help_text="Only where it is partly borne out: above 0 and below 100.",
    )
    annulled_because = forms.ChoiceField(
        label="Why it is annulled",
        help_text="Only where it is annulled.",
        choices=BECAUSE,
        required=False,
        error_messages={"invalid_choice": "Say why the claim is annulled."},
    )
    occurred_on = DayField(
        label="Occurred on",
        help_text="The day of the event that settled it; empty where there is none, such as a date that passed.",
        widget=Day(),
    )
    field_order = [
        *("status", "probability", "annulled_because", "occurred_on", "as_of", "confidence", "rationale", "numbers"),
        *("cites", "version"),
    ]

    def judgement(self, cites: Mapping[int, UUID], **more: Any) -> Judgement:
        """With its status and what belongs to it."""
        given = self.cleaned_data
        return super().judgement(
            cites,
            status=given["status"],
            probability=given["probability"],
            occurred_on=given["occurred_on"],
            annulled_because=given["annulled_because"] or None,
            **more,
        )


class FindForm(forms.Form):
    """Which of the claim's items are listed to be ticked; never wrong, so that it cannot be in the way."""

    find = forms.CharField(label="Find an item", required=False, strip=False)
    stance = forms.ChoiceField(label="Stance", required=False, choices=[("", "any stance"), *Stance.choices])
    known = forms.BooleanField(label="Only what was known by then", required=False)

    def asked(self, *, as_of: date) -> dict[str, Any]:
        """The arguments of `citable_page`; what makes no sense asks for nothing."""
        found = self.cleaned_data if self.is_valid() else {}
        try:
            words = clean_line(found.get("find", ""), longest=200)
        except TextError:
            words = ""
        return {"words": words, "stance": found.get("stance", ""), "known_by": as_of if found.get("known") else None}


def prefilled(query: Mapping[str, str]) -> dict[str, Any]:
    """What an address asks a form to begin with: items to cite, by number, and how a claim is settled."""
    known = {
        name: [value for value, _ in choices] for name, choices in (("status", STATUSES), ("annulled_because", BECAUSE))
    }
    found: dict[str, Any] = {name: query[name] for name, values in known.items() if query.get(name) in values}
    if numbers := picked((), query.get("cites", "")):
        found["cites"] = numbers
    return found


def read_numbers(text: str) -> tuple[list[int], list[str]]:
    """The numbers in "34, [35] and 36", and the words among them that are none."""
    numbers: list[int] = []
    others: list[str] = []
    for part in re.split(r"[\s,;]+", text):
        bare = part.strip("[]#.")
        if re.fullmatch("[0-9]{1,9}", bare):
            numbers.append(int(bare))
        elif bare and bare.lower() != "and":
            others.append(part)
    return numbers, others


def picked(ticked: Iterable[object], text: str) -> list[int]:
    """The numbers that a form holds so far, ticked or typed, whatever else stands there; at most 200."""
    written = [int(str(one)) for one in ticked if re.fullmatch("[0-9]{1,9}", str(one))]
    return list(dict.fromkeys([*written, *read_numbers(text[:10_000])[0]]))[:MOST_CITED]


def missing_words(numbers: Collection[int]) -> str:
    """Says that these numbers are none of an item that can be cited."""
    named = ", ".join(str(number) for number in sorted(numbers)[:10]) + (" and others" if len(numbers) > 10 else "")
    if len(numbers) == 1:
        return f"Item {named} does not bear on this claim, or not in public, and cannot be cited."
    return f"Items {named} do not bear on this claim, or not in public, and cannot be cited."


def large_move_words(before: tuple[date, Decimal] | None, now: Decimal, rationale: str) -> str:
    """Asks what moved the number where it moved far and the rationale is short; else empty."""
    if before is None or abs(now - before[1]) < LARGE_MOVE or len(rationale.split()) >= WORDS_FOR_A_LARGE_MOVE:
        return ""
    return (
        f"The number moves from {points(before[1])} to {percent_words(now)}, by {points(abs(now - before[1]))} points:"
        f" say in {WORDS_FOR_A_LARGE_MOVE} words or more what in the evidence moved it."
    )
