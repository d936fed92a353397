"""Middleware: what somebody signed in is shown is kept by no proxy, and what stands under /accounts/ by no browser."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control

ACCOUNTS = "/accounts/"


class KeepPrivate:
    """Pages that say more themselves, as the desk's do, are left as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            if request.path.startswith(ACCOUNTS):
                patch_cache_control(response, private=True, no_store=True)
            elif settings.SESSION_COOKIE_NAME in request.COOKIES:
                patch_cache_control(response, private=True)
        return response
