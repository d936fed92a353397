"""The addresses of the site's pages, module by module."""

from django.urls import URLPattern, URLResolver, path

from claims.web import claim

urlpatterns: list[URLPattern | URLResolver] = [
    path("claims/<slug:slug>/", claim.claim, name="claim"),
]
