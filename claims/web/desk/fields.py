"""Fields of the desk's forms: text as it was typed, partial dates; what may be stored is for the actions to say."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from claims.dates import DateError, PartialDate, parse_day

UNREADABLE = "\ufffd"


class Typed(forms.CharField):
    """Text as it was typed, of any length; the act that takes it says what is wrong with it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(strip=False, **options)
        # Django's own sentence about NUL would stand beside the act's.
        self.validators = []

    def to_python(self, value: Any) -> str:
        """The text with the line ends of a text file."""
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        """Refuses what the browser or the server could not read, such as half of a character."""
        super().validate(value)
        if UNREADABLE in value:
            raise ValidationError(
                "The text holds a character that could not be read, shown as a question mark in a diamond."
                " Delete it and type it anew."
            )


class Text(Typed):
    """Text with paragraphs."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)


class PartialDateField(Typed):
    """A day, a month, a year or a range, written as 2026-03-05, 2026-03, 2026 or 2026-03-05/2026-03-07; or none."""

    def clean(self, value: Any) -> Any:
        """The PartialDate, or None."""
        text = super().clean(value).strip()
        try:
            return PartialDate.parse(text) if text else None
        except DateError as error:
            raise ValidationError(str(error)) from error


class DayField(Typed):
    """One day, written as 2026-03-05; or none."""

    def clean(self, value: Any) -> Any:
        """The date, or None."""
        text = super().clean(value).strip()
        try:
            return parse_day(text) if text else None
        except DateError as error:
            raise ValidationError(str(error)) from error
