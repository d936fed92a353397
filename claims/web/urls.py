"""The addresses of the site's pages, module by module."""

from django.urls import URLPattern, URLResolver, path

from claims.web import claim, methodology

urlpatterns: list[URLPattern | URLResolver] = [
    path("about/methodology/", methodology.methodology, name="methodology"),
    path("claims/<slug:slug>/", claim.claim, name="claim"),
]
