"""What the search box of the admin finds: by ids and exact words, each through an index that exists.

A find takes the model and what was typed, and gives at most MOST primary keys. Its order is that of the index it is
meant to go through, so that no plan walks the whole table for it.
"""

from collections.abc import Callable, Iterable
from functools import partial
from uuid import UUID

from django.db.models import ForeignKey, IntegerField, Model, QuerySet, UUIDField
from django.db.models.functions import Collate, Lower

from claims.models import EventClaim, SourceDomain
from claims.queries.search import search_claims, search_items
from claims.queries.search_words import address_in, read_words

MOST = 200
_INT64 = 2**63
_LAST_CHARACTER = "\U0010ffff"

Find = Callable[[type[Model], str], Iterable[object]]


def by(name: str, *order: str) -> Find:
    """Rows whose field is exactly what was typed, which for an id has to be one."""
    return partial(_by, name, order)


def _by(name: str, order: tuple[str, ...], model: type[Model], typed: str) -> Iterable[object]:
    kind = kind_of(model, name)
    value = uuid_in(typed) if kind is UUID else number_in(typed) if kind is int else typed
    return [] if value is None else _keys(model._base_manager.filter(**{name: value}).order_by(*order))


def by_subject(name: str, kinds: Iterable[str]) -> Find:
    """Rows about the thing with this id; `kinds` are those that the index begins with."""
    return partial(_by_subject, name, tuple(kinds))


def _by_subject(name: str, kinds: tuple[str, ...], model: type[Model], typed: str) -> Iterable[object]:
    identity = uuid_in(typed)
    if identity is None:
        return []
    return _keys(model._base_manager.filter(**{"subject_type__in": kinds, name: identity}).order_by())


def by_claim_touched(model: type[Model], typed: str) -> Iterable[object]:
    """The newest events that touched a claim."""
    claim = uuid_in(typed)
    rows = EventClaim.objects.filter(claim=claim).order_by("-event_id") if claim else EventClaim.objects.none()
    return rows.values_list("event_id", flat=True)[:MOST]


def by_domain(model: type[Model], typed: str) -> Iterable[object]:
    """The source that is known by a domain."""
    return SourceDomain.objects.filter(domain=typed.lower()).values_list("source_id", flat=True)[:MOST]


def by_address(model: type[Model], typed: str) -> Iterable[object]:
    """Rows of a web address, however it is written."""
    address = address_in(typed)
    return _keys(model._base_manager.filter(address_norm=address).order_by("address_norm")) if address else []


def by_email(model: type[Model], typed: str) -> Iterable[object]:
    """The person with an email address."""
    return _keys(model._base_manager.alias(small=Lower("email")).filter(small=typed.lower()).order_by())


def by_name(model: type[Model], typed: str) -> Iterable[object]:
    """People whose names begin so, in capitals or not."""
    small, begins = Collate(Lower("name"), "C"), typed.lower()
    rows = model._base_manager.alias(small=small).filter(small__gte=begins, small__lt=begins + _LAST_CHARACTER)
    return _keys(rows.order_by("small", "pk"))


def claims_with_words(model: type[Model], typed: str) -> Iterable[object]:
    """The best claims that hold the words, as the site's own search finds them."""
    reading = read_words(typed)
    if not reading.finds:
        return []
    return [row.id for row in search_claims(typed, reading, state="", after=None, size=MOST).rows]


def items_with_words(model: type[Model], typed: str) -> Iterable[object]:
    """The best public items that hold the words, as the site's own search finds them."""
    reading = read_words(typed)
    return [row.id for row in search_items(typed, reading, after=None, size=MOST).rows] if reading.finds else []


def kind_of(model: type[Model], name: str) -> type:
    """What a field holds, as far as one looks for it: an id, a whole number or text."""
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    while isinstance(field, ForeignKey):
        field = field.target_field
    return UUID if isinstance(field, UUIDField) else int if isinstance(field, IntegerField) else str


def uuid_in(typed: str) -> UUID | None:
    """The id that was typed, if it is one."""
    try:
        return UUID(typed)
    except ValueError:
        return None


def number_in(typed: str) -> int | None:
    """The whole number that was typed, if it is one that a column holds."""
    if typed.isascii() and typed.isdigit() and len(typed) < 20 and int(typed) < _INT64:
        return int(typed)
    return None


def _keys(rows: QuerySet[Model]) -> Iterable[object]:
    return rows.values_list("pk", flat=True)[:MOST]
