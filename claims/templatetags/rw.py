"""Template tags and filters that every page may use: icons, form fields, days, percentages."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BaseFormSet, BoundField, Field, Textarea
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.dates import day_words
from claims.scoring import STANCES, percent_words
from claims.web.icons import icon

register = template.Library()

_REQUIRED = Field.default_error_messages["required"]

register.simple_tag(icon)


@register.simple_tag
def mail_goes_to_a_folder() -> bool:
    """Whether no mail server is set, so that messages are only written to files."""
    return str(settings.MAIL_DELIVERY_BACKEND).endswith(".FolderBackend")


@register.filter
def day(value: date | None) -> str:
    """A day as `<time>10 Oct 2026</time>`, an instant as its day in UTC; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(UTC).date()
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), day_words(value))


@register.filter
def percent(value: Decimal | None) -> str:
    """A probability from 0 to 1 as "6 %", its space unbreakable; nothing for None."""
    return "" if value is None else percent_words(value)


@register.simple_tag
def field(
    bound: BoundField,
    *,
    label: str | None = None,
    hint: str | None = None,
    kind: str | None = None,
    css: str = "",
    hide_label: bool = False,
    placeholder: str | bool | None = None,
) -> SafeString:
    """A field of a form with its label, hint and errors, tied together for screen readers.

    `kind` is `input`, `check`, `segments` (radio buttons side by side) or `choices` (under each
    other); left out, it follows from the widget. `css` goes to the control. `placeholder=False`
    takes off the one that a form brings along.
    """
    if bound.is_hidden:
        return bound.as_widget()
    kind = kind or _kind(bound)
    hint = str(bound.help_text) if hint is None else hint
    hint_id, error_id = f"{bound.auto_id}_helptext", f"{bound.auto_id}_error"
    described = " ".join([hint_id] * bool(hint) + [error_id] * bool(bound.errors))
    context = {
        "bound": bound,
        "kind": kind,
        "label": bound.label if label is None else label,
        "hide_label": hide_label,
        "hint": hint,
        "wrong": _words(bound),
        "hint_id": hint_id,
        "error_id": error_id,
        "described": described,
        "css": css,
    }
    if kind in ("segments", "choices"):
        context["options"] = _options(bound)
        context["is_radio"] = isinstance(bound.field.widget, RadioSelect)
    else:
        context["widget"] = _widget(bound, kind, css, described, placeholder)
    return render_to_string("components/field.html", context)


@register.simple_tag
def errors(*forms: BaseForm | BaseFormSet, **labels: str) -> str:
    """What is wrong in these forms, on top of the page, each with a link to its field; else nothing.

    `labels` are those of fields that stand under another label than their form gives them.
    """
    found: list[dict[str, str]] = []
    for form in forms:
        if isinstance(form, BaseFormSet):
            found += [{"words": str(words)} for words in form.non_form_errors()]
            for part in form.forms:
                found += _wrong(part, labels)
        else:
            found += _wrong(form, labels)
    if not found:
        return ""
    count = "One thing" if len(found) == 1 else f"{len(found)} things"
    return render_to_string("components/errors.html", {"found": found, "count": count})


def _wrong(form: BaseForm, labels: Mapping[str, str]) -> list[dict[str, str]]:
    found = [{"words": str(words)} for words in form.non_field_errors()]
    for bound in form:
        for words in _words(bound):
            target = "" if bound.is_hidden else bound.auto_id
            if isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple):
                target = f"{target}_0"
            label = labels.get(bound.name, str(bound.label))
            lead = label if label.endswith("?") else f"{label}:"
            found.append({"lead": lead, "words": words, "target": target})
    return found


def _words(bound: BoundField) -> list[str]:
    """What is wrong in a field; Django's own word for an empty one is replaced."""
    return ["Fill this in." if words == _REQUIRED else str(words) for words in bound.errors]


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, RadioSelect):
        return "segments"
    return "check" if isinstance(widget, CheckboxInput) else "input"


def _widget(bound: BoundField, kind: str, css: str, described: str, placeholder: str | bool | None) -> SafeString:
    widget = bound.field.widget
    attrs: dict[str, Any] = {}
    classes = [widget.attrs.get("class", ""), "" if kind == "check" else "input", css]
    if names := " ".join(filter(None, classes)):
        attrs["class"] = names
    if described := " ".join(filter(None, [widget.attrs.get("aria-describedby", ""), described])):
        attrs["aria-describedby"] = described
    if placeholder is not None:
        attrs["placeholder"] = placeholder
    if isinstance(widget, Textarea) or getattr(widget, "input_type", "") == "text":
        attrs["dir"] = "auto"
    return bound.as_widget(attrs=attrs)


def _options(bound: BoundField) -> list[dict[str, Any]]:
    options = []
    for part in bound.subwidgets:
        # ARIA allows this on the group alone.
        part.data["attrs"].pop("aria-invalid", None)
        value = str(part.data["value"])
        options.append({"input": part.tag(), "label": part.choice_label, "stance": value if value in STANCES else ""})
    return options
