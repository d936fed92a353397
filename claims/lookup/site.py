"""The admin's site and the one way in which it shows things: two pages for each kind, by GET and HEAD alone.

Neither page has a form, and none of the addresses that change something exists.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.utils import unquote
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, include, path
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from claims.actions.permissions import Right, may
from claims.lookup.fields import Column, list_of, plain, shown
from claims.lookup.finding import Find
from claims.lookup.listing import KeysetList, filter_by
from claims.web import asked
from claims.web.desk.access import needs
from claims.web.errors import BadInput, Missing

ON_A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What is shown of one kind of thing, and by what it is found.

    `columns` and `filters` are names of fields with spaces between them, `hidden` those that are shown nowhere;
    `beside` tells what is no field of it, `lists` the kinds that are found by its id. `seen` leaves out private rows.
    """

    model: type[Model]
    group: str
    one: str
    many: str
    columns: str
    finds: Sequence[Find]
    found_by: str
    filters: str = ""
    hidden: str = ""
    beside: Sequence[tuple[str, Callable[[Any], SafeString | str]]] = ()
    lists: Sequence[type[Model]] = ()
    seen: Callable[["QuerySet[Any]"], "QuerySet[Any]"] | None = None

    @cached_property
    def fields(self) -> "list[Field[Any, Any]]":
        """The columns of its table that are shown."""
        return [field for field in self.model._meta.concrete_fields if field.name not in self.hidden.split()]


class Lookup(admin.ModelAdmin):
    """A list and a page for each thing of one kind."""

    thing: Thing
    actions = None
    preserve_filters = False
    list_per_page = ON_A_PAGE
    list_select_related = ()
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by = ()

    @property
    def passes_over(self) -> bool:
        """Whether some rows are left out of every list."""
        return self.thing.seen is not None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request.user, Right.LOOK_UP)  # type: ignore[arg-type]

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may(request.user, Right.LOOK_UP)  # type: ignore[arg-type]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Model]":
        rows = self.model._base_manager.only(*(field.name for field in self.thing.fields))
        return self.thing.seen(rows) if self.thing.seen else rows

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [Column(self.opts.get_field(name)) for name in self.thing.columns.split()]  # type: ignore[arg-type]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [filter_by(self.model, name) for name in self.thing.filters.split()]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[KeysetList]:
        return KeysetList

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        if not search_term:
            return queryset, False
        found = {key for find in self.thing.finds for key in find(self.model, search_term)}
        return queryset.filter(pk__in=found), False

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("", view(self.changelist_view), name=f"{name}_changelist"),
            path("<str:object_id>/", view(self.change_view), name=f"{name}_change"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """A page of the list: at most eight queries, none of which counts, skips rows or joins."""
        asked.words(request)  # before Django's own form, which would put a refusal of them into the session
        return self._page(request, "admin/looked_up_list.html", title=self.thing.many, cl=self._list(request))

    def _list(self, request: HttpRequest) -> KeysetList:
        try:
            return self.get_changelist_instance(request)  # type: ignore[return-value]
        except DisallowedModelAdminToField as error:
            raise BadInput(f"{TO_FIELD_VAR}: things are looked up by their id, and by no other field.") from error

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One thing with all that may be shown of it."""
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            raise Missing(f"There is no {self.thing.one} with this id to look up.")
        rows = [(field.verbose_name, shown(field, thing)) for field in self.thing.fields]
        rows += [(label, tell(thing)) for label, tell in self.thing.beside]
        lists = [(lookups.thing_of(model).many, f"{list_of(model)}?q={thing.pk}") for model in self.thing.lists]
        return self._page(
            request, "admin/looked_up.html", title=self.thing.one, key=plain(thing.pk), rows=rows, lists=lists
        )

    def _page(self, request: HttpRequest, template: str, **said: object) -> HttpResponse:
        told = {**self.admin_site.each_context(request), "opts": self.opts, "thing": self.thing}
        return render(request, template, {**told, "list": list_of(self.model), **said})


class LookupSite(admin.AdminSite):
    """The site: for those with the right to look things up, who sign in as everywhere else."""

    site_title = "Looking things up"
    index_title = "Look something up"
    index_template = "admin/looked_up_index.html"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def look_up(self, *things: Thing) -> None:
        """Shows these kinds of things."""
        for thing in things:
            self.register(thing.model, Lookup, thing=thing)

    def thing_of(self, model: type[Model]) -> Thing:
        """What is shown of a kind."""
        shown_by: Any = self._registry[model]
        return shown_by.thing

    def has_permission(self, request: HttpRequest) -> bool:
        return may(request.user, Right.LOOK_UP)  # type: ignore[arg-type]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return needs(Right.LOOK_UP)(require_safe(view))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        shown_by = [(model._meta, by) for model, by in self._registry.items()]
        return [
            path("", self.admin_view(self.index), name="index"),
            *(path(f"{of.app_label}/{of.model_name}/", include(by.get_urls())) for of, by in shown_by),
        ]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The kinds in their groups, as the index shows them."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for model in self._registry:
            thing = self.thing_of(model)
            groups.setdefault(thing.group, []).append((thing.many, list_of(model)))
        return list(groups.items())


lookups = LookupSite(name="admin")
