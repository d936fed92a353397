"""What an item bears on, as rows of a form: one for each claim, named by the claim's id."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms.utils import ErrorList
from django.http import QueryDict
from django.utils.functional import cached_property

from claims.actions.attach import NewBearing
from claims.actions.fields import Fields
from claims.models import Stance, Weight
from claims.queries.claim_picker import Pickable, claims_by_id
from claims.scoring import LIKELIHOOD_RATIO
from claims.web.desk.fields import Typed

MOST_ROWS = 50
# The hidden field that says which claims have a row, in their order.
BEARS_ON = "bears_on"
UNKNOWN_CLAIM = "One of the claims chosen does not exist and was left out. Look at the others, then send it again."
TOO_MANY = f"An item can be put to {MOST_ROWS} claims at a time. Send these first, and add the others on its page."
_PARTS = ("stance", "weight", "note")
_WEIGHTS = [("", "weight"), *((value, f"{value} (×{LIKELIHOOD_RATIO[value]})") for value in Weight.values)]


class BearingForm(forms.Form):
    """What an item says about one claim. Nothing is chosen beforehand."""

    use_required_attribute = False

    stance = forms.ChoiceField(
        choices=Stance.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a stance.",
            "invalid_choice": "“%(value)s” is no stance. Choose supports, contradicts, mixed or context.",
        },
    )
    weight = forms.ChoiceField(
        choices=_WEIGHTS,
        error_messages={
            "required": "Choose a weight.",
            "invalid_choice": "“%(value)s” is no weight. Choose slight, moderate, strong or decisive.",
        },
    )
    note = Typed()

    def __init__(self, claim: Pickable, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.claim = claim
        for name, words in (("stance", "Stance"), ("weight", "Weight"), ("note", "Note")):
            self.fields[name].label = f"{words} on “{claim.title}”"

    def clean_note(self) -> str:
        """The note as one line."""
        fields = Fields()
        note = fields.line("note", self.cleaned_data["note"], longest=500)
        if "note" in fields.errors:
            raise forms.ValidationError(fields.errors["note"])
        return note

    def has_note(self) -> bool:
        """Whether there is a note to show, or something wrong with it."""
        return bool(self["note"].value()) or (self.is_bound and bool(self["note"].errors))

    def bearing(self) -> NewBearing:
        """What was said, once the form is valid."""
        given = self.cleaned_data
        return NewBearing(self.claim.id, given["stance"], given["weight"], given["note"])


class BearingRows(forms.BaseFormSet):
    """The rows of the claims that an item bears on: a formset that is counted by claims and not by numbers."""

    def __init__(
        self,
        claims: Sequence[Pickable] = (),
        *,
        data: QueryDict | None = None,
        initial: Mapping[UUID, Mapping[str, Any]] | None = None,
        fault: str = "",
    ) -> None:
        self.claims = claims
        self.sent_data = data
        self.given = initial or {}
        self.fault = fault
        self.is_bound = data is not None

    @classmethod
    def sent(
        cls, data: QueryDict, *, extra: Iterable[UUID] = (), without: Iterable[UUID] = (), check: bool
    ) -> "BearingRows":
        """The rows of a form that was sent, `extra` ones at the end. One query.

        Where they are not checked, they are shown as they were typed.
        """
        asked = data.getlist(BEARS_ON)
        ids = [claim for claim in map(_uuid, asked[:MOST_ROWS]) if claim is not None]
        wanted = [claim for claim in dict.fromkeys([*ids, *extra]) if claim not in set(without)]
        known = claims_by_id(wanted)
        claims = [known[claim] for claim in wanted if claim in known]
        if check:
            unknown = UNKNOWN_CLAIM if len(ids) < len(asked) or len(known) < len(wanted) else ""
            return cls(claims, data=data, fault=TOO_MANY if len(asked) > MOST_ROWS else unknown)
        typed = {claim.id: {part: data.get(f"{claim.id}-{part}", "") for part in _PARTS} for claim in claims}
        return cls(claims, initial=typed)

    @classmethod
    def of(cls, bearings: Iterable[Any]) -> "BearingRows":
        """Rows of bearings that are stored: each with claim_id, stance, weight and note. One query."""
        said = {row.claim_id: {part: getattr(row, part) for part in _PARTS} for row in bearings}
        known = claims_by_id(said)
        return cls([known[claim] for claim in said], initial=said)

    @cached_property
    def forms(self) -> list[BearingForm]:
        """One form for each claim."""
        return [
            BearingForm(claim, self.sent_data, prefix=str(claim.id), initial=self.given.get(claim.id))
            for claim in self.claims
        ]

    def is_valid(self) -> bool:
        """Whether every row is filled in and every claim exists."""
        checked = [form.is_valid() for form in self.forms]  # each says what is wrong with it
        return all(checked) and not self.fault

    def non_form_errors(self) -> ErrorList:
        """What is wrong with the rows as a whole."""
        return ErrorList([self.fault] if self.fault else [])

    def bearings(self) -> list[NewBearing]:
        """What was said, once the rows are valid."""
        return [form.bearing() for form in self.forms]

    def titles(self) -> dict[UUID, str]:
        """The titles of the claims."""
        return {claim.id: claim.title for claim in self.claims}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
