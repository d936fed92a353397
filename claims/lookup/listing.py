"""The lists of the admin: by primary key, the newest first, without counting and without skipping rows.

A page goes on from the last row of the one before it. Where rows may be passed over, since a filter is chosen or some
are private, one page looks at WINDOW rows at most and says how far it came: a filter that fits nothing costs as little
as one that fits everything.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.db.models import BooleanField, Field, Model, QuerySet
from django.http import HttpRequest

from claims.cursors import encode
from claims.lookup.finding import kind_of
from claims.web import asked

WINDOW = 20_000
AFTER = "after"


class KeysetList(ChangeList):
    """One page of a list; `next` is the address of the one after it, `looked_at` how many rows were, if not all."""

    model_admin: Any
    list_filter: Any
    next = ""
    looked_at = 0

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> "QuerySet[Any]":
        self.query = asked.words(request, SEARCH_VAR)
        found = asked.after(request, (kind_of(self.model, "pk"),))
        self.after = found[0] if found else None
        known = {SEARCH_VAR, *(one.parameter_name for one in self.list_filter)}
        self.params = {name: value for name, value in self.params.items() if name in known}
        self.filter_params = {name: values for name, values in self.filter_params.items() if name in known}
        return super().get_queryset(request, exclude_parameters)

    def get_ordering(self, request: HttpRequest, queryset: "QuerySet[Any]") -> list[Any]:
        return ["-pk"]

    def get_results(self, request: HttpRequest) -> None:
        rows = self.queryset.filter(pk__lt=self.after) if self.after is not None else self.queryset
        floor, beyond = self._floor()
        if floor is not None:
            rows = rows.filter(pk__gte=floor)
        found = list(rows[: self.list_per_page + 1])
        self.result_list: Sequence[Any] = found[: self.list_per_page]
        if len(found) > self.list_per_page:
            self._goes_on_from(self.result_list[-1].pk)
        elif beyond:
            self.looked_at = WINDOW
            self._goes_on_from(floor)
        # What Django's own tags and templates read of a list.
        self.result_count, self.full_result_count = len(self.result_list), None
        self.show_full_result_count = self.can_show_all = self.multi_page = self.show_admin_actions = False
        self.formset = None

    def _floor(self) -> tuple[Any, bool]:
        """The key of the last row that this page looks at, and whether there are others after it."""
        if self.query or not (self.has_active_filters or self.model_admin.passes_over):
            return None, False
        keys = self.model._base_manager.order_by("-pk").values_list("pk", flat=True)
        if self.after is not None:
            keys = keys.filter(pk__lt=self.after)
        last = list(keys[WINDOW - 1 : WINDOW + 1])
        return (last[0] if last else None), len(last) == 2

    def _goes_on_from(self, key: Any) -> None:
        self.next = self.get_query_string({AFTER: encode([key])})


class _Choices(SimpleListFilter):
    """A filter by one field, of the values that it can have; anything else is refused in words."""

    field: ClassVar["Field[Any, Any]"]

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _) in self._offered().items()]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        value = asked.choice(request, self.field.name, self._offered())
        return queryset.filter(**self._offered()[value][1]) if value else queryset

    def _offered(self) -> Mapping[str, tuple[str, dict[str, object]]]:
        """What can be chosen: for each value its label, and the rows that it keeps."""
        name = self.field.name
        if self.field.choices:
            offered = {str(value): (str(label), {name: value}) for value, label in self.field.flatchoices}
            return {**offered, "none": ("none", {f"{name}__isnull": True})} if self.field.null else offered
        if isinstance(self.field, BooleanField):
            return {"yes": ("yes", {name: True}), "no": ("no", {name: False})}
        return {"yes": ("yes", {f"{name}__isnull": False}), "no": ("no", {f"{name}__isnull": True})}


def filter_by(model: type[Model], name: str) -> type[SimpleListFilter]:
    """The filter by a field: one of its choices, yes or no, or whether it is set at all."""
    field: Field[Any, Any] = model._meta.get_field(name)  # type: ignore[assignment]
    said = {"field": field, "title": field.verbose_name, "parameter_name": name}
    return type(f"By{name.title()}", (_Choices,), said)
