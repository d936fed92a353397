"""What goes wrong in the API, as problem documents (RFC 9457)."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError


class Problem(Exception):
    """An answer that is a problem: `detail` is a sentence for a person."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


def problem(status: int, detail: str) -> HttpResponse:
    """The document."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JsonResponse(told, status=status, content_type="application/problem+json")


def missing(request: HttpRequest) -> HttpResponse:
    """For addresses below the API's that lead nowhere."""
    return problem(404, "There is nothing at this address of the API; /api/v1/openapi.json lists what there is.")


def tell_problems(api: NinjaAPI) -> None:
    """Has the API answer with problem documents."""
    for kind, tell in ((Problem, _told), (HttpError, _http_error), (ValidationError, _invalid)):
        api.add_exception_handler(kind, tell)  # type: ignore[arg-type]  # ninja types it for every error at once


def _told(request: HttpRequest, error: Problem) -> HttpResponse:
    return problem(error.status, error.detail)


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(400, _sentences(error))


def _sentences(error: ValidationError) -> str:
    return " ".join(f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}." for one in error.errors)
