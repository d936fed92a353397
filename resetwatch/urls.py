"""The addresses of the whole site: health, accounts, and the pages of claims."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from resetwatch import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
if find_spec("claims.web") and find_spec("claims.web.accounts"):  # until both exist
    urlpatterns.append(path("accounts/", include("allauth.urls")))
if find_spec("claims.web") and find_spec("claims.web.urls"):
    urlpatterns.append(path("", include("claims.web.urls")))
