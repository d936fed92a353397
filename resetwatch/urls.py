"""The addresses of the whole site: health, the API, accounts, the admin, and the pages of claims."""

from django.urls import include, path, re_path

from claims.api.problems import missing
from claims.api.v1 import api
from claims.lookup.things import lookups
from claims.web import accounts
from resetwatch import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", api.urls),
    re_path("^api/", missing, name="api_missing"),
    path("", include("claims.web.urls")),
    path("accounts/", accounts.home, name="account"),  # allauth would send this one on to its email page
    path("accounts/", include("allauth.urls")),
    path("admin/", lookups.urls),
]

handler400 = "claims.web.errors.bad_request"
handler403 = "claims.web.errors.permission_denied"
handler404 = "claims.web.errors.page_not_found"
handler500 = "claims.web.errors.server_error"
