"""What a person sees when something goes wrong."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_POST
from pytest_django.fixtures import Settings

from claims.actions.errors import Invalid, NotAllowed, Stale
from claims.web import errors

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error


def _raises(error: Exception):
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


@require_POST
def _only_post(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


urlpatterns = [
    path("bad/", _raises(errors.BadInput("There is no month <13>."))),
    path("big/", _raises(RequestDataTooBig("internal words"))),
    path("invalid/", _raises(Invalid({"title": "The title is missing."}))),
    path("denied/", _raises(NotAllowed("You may not lock claims."))),
    path("stale/", _raises(Stale("The claim", 4))),
    path("missing/", _raises(errors.Missing("There is no claim “x”."))),
    path("broken/", _raises(RuntimeError("internal words"))),
    path("post/", _only_post),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def browser(settings: Settings) -> Client:
    """A visitor without an account, who must cost no query."""
    middleware = "claims.web.errors.ErrorPages"
    if middleware not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, middleware]
    settings.CSRF_FAILURE_VIEW = "claims.web.errors.csrf_failure"
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/bad/", 400, "There is no month &lt;13&gt;."),
        ("/big/", 400, "More was sent than this site takes at once."),
        ("/invalid/", 400, "The title is missing."),
        ("/denied/", 403, "You may not lock claims."),
        ("/stale/", 409, "The claim was changed by somebody else since you opened it."),
        ("/missing/", 404, "There is no claim “x”."),
        ("/nowhere/", 404, "No page has this address."),
        ("/post/", 405, "This address cannot be used like that"),
        ("/broken/", 500, "Something failed on our side"),
    ],
)
def test_it_says_what_went_wrong(browser: Client, address: str, status: int, words: str) -> None:
    answer = browser.get(address)
    assert (answer.status_code, words in answer.text) == (status, True)


@pytest.mark.parametrize("address", ["/big/", "/broken/"])
def test_it_keeps_internal_words_to_itself(browser: Client, address: str) -> None:
    assert "internal words" not in browser.get(address).text


def test_a_wrong_method_names_the_right_ones(browser: Client) -> None:
    assert browser.get("/post/")["Allow"] == "POST"


def test_it_offers_a_visitor_without_the_right_to_sign_in_and_come_back(browser: Client) -> None:
    assert 'href="/accounts/login/?next=/denied/"' in browser.get("/denied/").text


def test_it_shows_nothing_under_a_foreign_host_name(browser: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["resetwatch.example"]
    answer = browser.get("/nowhere/", headers={"host": "elsewhere.example"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain")


def test_a_form_without_its_token_is_told_so(settings: Settings, browser: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert "The form was too old" in strict.post("/post/").text


def test_the_last_resort_needs_no_template(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: object) -> str:
        raise OSError

    monkeypatch.setattr(errors, "render_to_string", fails)
    assert browser.get("/broken/").text == errors.LAST_RESORT
