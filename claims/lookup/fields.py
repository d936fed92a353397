"""How the admin shows what a field holds: in words, with a link where it is the id of something."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Field, ForeignKey, Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.instants import instant_text
from claims.models import NEVER, NO_DUE_DATE

NOTHING = "—"
_TAIL = 12  # the last characters of an id, in which ids made at the same time differ
_LONGEST_IN_A_LIST = 120


class Column:
    """One field as a column of a list; Django's admin calls it with each row."""

    def __init__(self, field: "Field[Any, Any]") -> None:
        self.field = field
        self.__name__ = field.name
        self.short_description = field.verbose_name

    def __call__(self, thing: Model) -> SafeString | str:
        return shown(self.field, thing, brief=True)


def shown(field: "Field[Any, Any]", thing: Model, *, brief: bool = False) -> SafeString | str:
    """What a field of a thing holds; `brief` for a list."""
    value = getattr(thing, field.attname)
    if value is None or value == "" or value in (NEVER, NO_DUE_DATE):
        return NOTHING
    if isinstance(field, ForeignKey):
        return linked(field.related_model, value, brief=brief)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return plain(value, brief=brief)


def plain(value: object, *, brief: bool = False) -> SafeString | str:
    """A value that is neither an id of something else nor a choice."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return format_html('<span class="day">{}</span>', instant_text(value.replace(microsecond=0)))
    if isinstance(value, date):
        return format_html('<span class="day">{}</span>', value.isoformat())
    if isinstance(value, UUID):
        return format_html("<code>{}</code>", _id(value, brief=brief))
    if isinstance(value, memoryview | bytes):
        return format_html("<code>{}</code>", bytes(value).hex())
    if isinstance(value, list | Mapping):
        return as_json(value, brief=brief)
    if isinstance(value, int | float | Decimal):
        return str(value)
    text = str(value)
    if brief and len(text) > _LONGEST_IN_A_LIST:
        text = f"{text[: _LONGEST_IN_A_LIST - 2].rstrip()} …"
    return format_html('<span class="words" dir="auto">{}</span>', text)


def linked(model: type[Model], key: object, *, brief: bool = False) -> SafeString:
    """The id of another thing, which leads to it."""
    return format_html('<a href="{}"><code>{}</code></a>', address_of(model, key), _id(key, brief=brief))


def address_of(model: type[Model], key: object) -> str:
    """The page of a thing."""
    return reverse(f"admin:claims_{model._meta.model_name}_change", args=[key])


def list_of(model: type[Model]) -> str:
    """The list of things of one kind."""
    return reverse(f"admin:claims_{model._meta.model_name}_changelist")


def as_json(value: object, *, brief: bool = False) -> SafeString:
    """JSON: on one line in a list, else with a line for each member."""
    text = json.dumps(value, ensure_ascii=False, indent=None if brief else 2, default=str)
    return format_html('<{0} class="words" dir="auto">{1}</{0}>', "code" if brief else "pre", text)


def _id(key: object, *, brief: bool) -> str:
    return f"…{str(key)[-_TAIL:]}" if brief and isinstance(key, UUID) else str(key)
