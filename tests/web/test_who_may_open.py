"""Who may open what: every page of the site, asked for and sent to, by everybody; a new page needs its line here."""

import pytest

from claims.lookup.things import THINGS
from tests.web.every_page import STANDINGS, World, a_world, routes
from tests.web.test_bad_input import undone

# Kinds of which a_world() has none, so that the admin's page of one leads nowhere.
NONE_OF = ("outbox", "redaction", "hold", "claimowner", "digest")
LOOKED_UP = [str(thing.model._meta.model_name) for thing in THINGS]

# The statuses of anonymous, reader, new analyst, trusted analyst, editor, moderator, admin, when a page is asked for
# and when an empty form is sent to it. 302 of a stranger leads to the sign-in.
TABLE: dict[tuple[str, str], tuple[str, ...]] = {
    ("200 200 200 200 200 200 200", "405 405 405 405 405 405 405"): (
        "healthz",
        "readyz",
        "methodology",
        "changes",
        "claims",
        "claim",
        "corrections",
        "home",
        "articles",
        "article",
        "article_history",
        "article_matrix",
        "claim_cite",
        "claim_history",
        "evidence",
        "evidence_history",
        "export_ledger",
        "search",
        "sources",
        "source",
        "source_history",
        "ledger",
        "ledger_event",
        "ledger_formats",
        "topics",
        "topic",
        "flag_thanks",
        "suggest_thanks",
        "api:checkpoint",
        "api:keys",
        "api:entries",
    ),
    ("200 200 200 200 200 200 200", "200 200 200 200 200 200 200"): ("api:openapi-json",),
    ("400 400 400 400 400 400 400", "405 405 405 405 405 405 405"): ("api:inclusion", "api:consistency"),
    ("404 404 404 404 404 404 404", "404 404 404 404 404 404 404"): ("api:api-root", "api_missing"),
    ("302 403 200 200 200 200 200", "302 403 405 405 405 405 405"): (
        "desk",
        "desk_claim_pick",
        "desk_claim_row",
        "desk_drafts",
        "desk_evidence_pick",
        "desk_bookmarklet",
        "desk_feeds_opml",
        "desk_find",
        "desk_bearings",
        "desk_log_address",
        "desk_mine",
    ),
    ("302 403 200 200 200 200 200", "302 403 400 400 400 400 400"): ("desk_leads",),
    ("302 403 200 200 200 200 200", "302 403 403 403 422 403 422"): ("desk_feeds",),
    ("302 403 403 403 200 403 200", "302 403 403 403 422 403 422"): (
        "desk_article_new",
        "desk_article_revise",
        "desk_claim_new",
        "desk_claim_assess",
        "desk_claim_relate",
        "desk_claim_reopen",
        "desk_claim_resolve",
        "desk_claim_revise",
        "desk_claim_terms",
        "desk_claim_unrelate",
        "desk_source_grade",
        "desk_stale_digest",
        "desk_topic_new",
    ),
    ("302 403 403 403 403 200 200", "302 403 403 403 403 422 422"): (
        "desk_claim_lock",
        "merge",
        "merge_undo",
        "queue_item_withdraw",
        "queue_flag",
        "queue_suggestion",
        "person_trust",
    ),
    ("302 403 403 403 200 403 200", "302 403 403 403 405 403 405"): ("desk_stale",),
    ("302 403 403 403 405 403 405", "302 403 403 403 302 403 302"): (
        "desk_feed_pause",
        "desk_feed_remove",
        "desk_feed_resume",
        "desk_feeds_upload",
        "desk_claim_owner_release",
        "desk_claim_owner_take",
    ),
    ("302 403 200 404 404 404 404", "302 403 200 404 404 404 404"): ("desk_draft",),
    ("405 405 405 405 405 405 405", "401 403 400 400 400 400 400"): ("desk_unsent",),
    ("302 403 405 405 405 405 405", "302 403 302 302 302 302 302"): (
        "desk_claim_follow",
        "desk_claim_unfollow",
        "desk_unsent_discard",
    ),
    ("302 403 200 404 404 404 404", "302 403 409 404 404 404 404"): ("desk_draft_discard",),
    ("302 403 200 200 200 200 200", "302 403 422 422 422 422 422"): (
        "desk_bearing",
        "desk_bearing_cell",
        "desk_bearing_withdraw",
        "desk_claim_owner",
        "desk_source_new",
    ),
    ("302 403 403 200 200 200 200", "302 403 403 200 200 200 200"): (
        "desk_evidence_link",
        "desk_evidence_revise",
    ),
    ("302 403 200 200 200 200 200", "302 403 200 200 200 200 200"): ("desk_log",),
    ("200 200 200 200 200 200 200", "422 422 422 422 422 422 422"): ("flag", "suggest"),
    ("302 403 403 403 403 200 200", "302 403 403 403 403 405 405"): (
        "merges",
        "queue",
        "queue_bearing",
        "queue_item",
        "people",
        "person",
    ),
    ("302 403 400 400 400 400 400", "302 403 400 400 400 400 400"): ("merge_new",),
    ("302 403 403 403 403 200 200", "302 403 403 403 403 409 409"): (
        "queue_bearing_approve",
        "queue_bearing_reject",
        "queue_item_approve",
        "queue_item_reject",
        "queue_item_return",
        "revert_bearing",
        "revert_claim",
        "revert_source",
    ),
    ("302 403 403 403 403 403 200", "302 403 403 403 403 403 422"): (
        "person_erase",
        "person_suspension",
        "queue_item_redact",
        "ready_reasons",
    ),
    ("302 403 403 403 403 405 405", "302 403 403 403 403 400 400"): ("queue_hold", "queue_skip", "queue_undo"),
    ("302 403 403 403 403 405 405", "302 403 403 403 403 422 422"): ("queue_several",),
    ("302 403 403 403 403 403 200", "302 403 403 403 403 403 409"): ("person_roles",),
    ("302 403 403 403 403 403 200", "302 403 403 403 403 403 405"): (
        "admin:index",
        *(f"admin:claims_{kind}_changelist" for kind in LOOKED_UP),
        *(f"admin:claims_{kind}_change" for kind in LOOKED_UP if kind not in NONE_OF),
    ),
    ("302 403 403 403 403 403 404", "302 403 403 403 403 403 405"): tuple(
        f"admin:claims_{kind}_change" for kind in NONE_OF
    ),
}


@pytest.fixture
def world(db: None) -> World:
    return a_world()


EXPECTED = {name: statuses for statuses, names in TABLE.items() for name in names}


def test_the_table_has_every_page() -> None:
    own = {route.name for route in routes() if not route.name.startswith(("account", "mfa"))}
    assert set(EXPECTED) == own


@pytest.mark.parametrize(("place", "standing"), list(enumerate(["anonymous", *STANDINGS])))
def test_pages_open_for_those_who_may(world: World, place: int, standing: str) -> None:
    client, wrong = world.client(standing), []
    for route in routes():
        if route.name not in EXPECTED:
            continue
        address = world.address(route)
        for method, expected in zip(("GET", "POST"), EXPECTED[route.name], strict=True):
            with undone():
                answer = client.generic(method, address)
            if str(answer.status_code) != expected.split()[place]:
                wrong.append((route.name, method, answer.status_code))
            if standing == "anonymous" and answer.status_code == 302:
                assert answer["Location"].startswith("/accounts/login/?next=/"), route.name
    assert wrong == []


def test_account_pages_send_strangers_to_sign_in(world: World) -> None:
    for name in ("account", "account_email", "account_change_password", "account_set_password", "mfa_index"):
        [route] = [route for route in routes() if route.name == name]
        answer = world.client("anonymous").get(world.address(route))
        assert (answer.status_code, answer["Location"].startswith("/accounts/login/")) == (302, True), name
