"""Forms in which claims are related and relations taken back, and in which claims are locked."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from claims.actions.relations import LONGEST_REASON
from claims.models import Claim, Relation
from claims.web.desk.fields import Typed
from claims.web.desk.parts import Line, longest, needed

RELATIONS = tuple((value, f"this claim {label} the other") for value, label in Relation.choices)


class RelateForm(forms.Form):
    """A relation to another claim, chosen from the same article or given by its address."""

    relation = forms.ChoiceField(
        label="Relation",
        choices=RELATIONS,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how the claims are related.",
            "invalid_choice": "Choose how the claims are related.",
        },
    )
    to = forms.ChoiceField(
        label="The other claim",
        required=False,
        error_messages={"invalid_choice": "There is no such claim in this article."},
    )
    address = Typed(
        label="Or a claim of another article",
        help_text="The address of its page, or the last part of it.",
    )

    def __init__(self, *args: Any, claims: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = [("", "Choose a claim"), *claims]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two ways, not both."""
        given = self.cleaned_data
        if "to" in given and bool(given["to"]) == bool(given.get("address", "").strip()):
            both = "Choose a claim or give an address, not both."
            self.add_error("to", both if given["to"] else "Choose the other claim, or give its address.")
        return given

    def slug(self) -> str:
        """The other claim's slug; empty where the address is none of a claim."""
        given = self.cleaned_data
        if given["to"]:
            return str(given["to"])
        found = re.search(r"(?:^|/claims/)([a-z0-9-]{1,80})/?(?:[?#].*)?$", given["address"].strip(), re.ASCII)
        return found[1] if found else ""


class UnrelateForm(forms.Form):
    """Why a relation is taken back."""

    reason = Line(
        longest=LONGEST_REASON,
        label="Why it is taken back",
        help_text="Stands in the history of both claims.",
        required=True,
        error_messages=needed("Say why the relation is taken back."),
    )


class LockForm(forms.Form):
    """Locking or unlocking, with the reason."""

    reason = Line(
        longest=longest(Claim, "locked_because"),
        label="Reason",
        help_text="Stays on record.",
        required=True,
        error_messages=needed("Say why."),
    )
