"""The API's root."""

from ninja import NinjaAPI

from claims.api.ledger import router as ledger
from claims.api.problems import tell_problems

api = NinjaAPI(
    title="ResetWatch",
    version="1",
    description="What the site records, as JSON. Problems are told as in RFC 9457.",
    docs_url=None,
    urls_namespace="api",
)
tell_problems(api)
api.add_router("/ledger", ledger)
