"""Whether the process lives (/healthz) and whether it can do its work (/readyz)."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all; it asks nothing of any server."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and is migrated, else 503; a cache that is down is named only.

    The site works without its cache, so that alone does not take it out of service.
    """
    database = _tried(_ask_database)
    migrations = _tried(_ask_migrations) if database == "ok" else "unknown"
    parts = {"database": database, "migrations": migrations, "cache": _tried(_ask_cache)}
    ready = database == migrations == "ok"
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


def _tried(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:  # whatever is wrong, the answer is a 503 and not a 500
        return f"failed: {type(error).__name__}"


def _ask_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return "ok"


def _ask_migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} not applied" if waiting else "ok"


def _ask_cache() -> str:
    cache.set("readyz", 1, 5)
    return "ok" if cache.get("readyz") == 1 else "down"
