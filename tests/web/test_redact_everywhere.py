"""What was redacted is nowhere any more: in no row, no page, no mail, no cache, no log."""

import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
import redis
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.test import Client

from claims.actions.attach import NewBearing
from claims.actions.bearings import set_bearing
from claims.actions.decide import approve, return_to_author
from claims.actions.destroy import text_of_session
from claims.actions.flags import decide_flag, flag
from claims.actions.log_evidence import log_evidence
from claims.actions.matching import match_waiting_leads
from claims.actions.merge import merge, suggest_merge, unmerge
from claims.actions.redact import redact_evidence
from claims.actions.renew_terms import renew_terms
from claims.actions.revise_evidence import link_evidence, revise_evidence, submit_draft
from claims.actions.sequence import sequence
from claims.actions.suggestions import suggest
from claims.actions.terms import choose_term
from claims.actions.unsent import keep_unsent
from claims.addresses import normalise_address
from claims.models import Chosen, Event, Evidence, Flag, Suggestion, User
from claims.web.paths import claim_history_path, claim_path, proof_path
from tests.factories import DAY, NOW, a_feed, a_lead, a_source, an_assessment, an_item, item_words
from tests.web.desk import signed_out
from tests.web.every_page import STANDINGS, World, a_world, routes
from tests.web.test_bad_input import undone

MARK = "zyxwunseen"
BESIDE = "quaintword"  # looked for, since a page of finds repeats what was asked
EARLIER = f"https://www.{MARK}.example/earlier"
ADDRESS = f"https://{MARK}.example/{MARK}?{MARK}=1"
pytestmark = pytest.mark.usefixtures("fixed_day", "empty_cloned_db", "redis_url")


def marked(field: str) -> str:
    return f"Of {MARK} the {field}, {BESIDE} it"


def a_marked_item(world: World) -> Evidence:
    """An item with the mark in every text that acts on it leave: it was logged, returned, sent again, revised..."""
    people, editor = world.people, {"by": world.people["editor"], "today": DAY}
    fields = ("title", "summary", "author", "quotation", "story")
    words = item_words(source=a_source(), address=EARLIER, **{field: marked(field) for field in fields})
    bearing = NewBearing(world.claim.id, "supports", "strong", marked("note"))
    lead = leads_to_it(people["reader"])
    item = log_evidence(
        by=people["new analyst"], words=words, bearings=[bearing], key="a-key-of-it", lead=lead, today=DAY
    ).evidence
    words = replace(words, address=ADDRESS)
    return_to_author(by=people["moderator"], evidence=item, reason=marked("return"), today=DAY)
    submit_draft(by=people["new analyst"], evidence=item, today=DAY)
    approve(by=people["moderator"], evidence=item, today=DAY)
    item.refresh_from_db()
    revise_evidence(evidence=item, seen_version=None, words=words, reason=marked("revision"), **editor)
    other = NewBearing(world.claim.id, "mixed", "slight", marked("other note"))
    set_bearing(evidence=item, bearing=other, **editor)
    an_assessment(world.claim, cites=[item])
    merged(item, world)
    for ends in ({"item": item, "earlier": world.item}, {"item": world.item, "earlier": item}):
        link_evidence(kind="corrects", reason=marked("link"), **ends, **editor)
    for note in ("decided", "waiting"):
        row = flag(
            by=people["reader"], kind="evidence", subject_id=item.id, reason="other", note=marked(note), today=DAY
        )
    decided = Flag.objects.exclude(id=row.id).get(note=marked("decided"))
    decide_flag(by=people["moderator"], flag=decided, upheld=True, answer=marked("answer"), today=DAY)
    left_unsent(item, people["new analyst"])
    sequence(now=NOW)
    renew_terms(now=NOW)
    choose_term(by=people["editor"], claim=world.claim, word=MARK, choice=Chosen.PINNED, now=NOW)
    match_waiting_leads(now=NOW)
    signed_out(Client(), people["new analyst"]).post("/desk/log/", {"address": ADDRESS, "title": marked("form")})
    return item


def leads_to_it(reader: User) -> UUID:
    """Leads to the page at the address that the item has and at the one that it had, which readers suggested too."""
    texts = {field: marked(field)[:60] for field in ("title", "author", "summary")}
    earlier, later = (
        a_lead(feed=a_feed(), guid=f"{MARK} {place}", address=address, address_norm=normalise_address(address), **texts)
        for place, address in enumerate((EARLIER, ADDRESS))
    )
    for by, lead in ((None, earlier), (reader, earlier), (reader, later)):
        suggest(by=by, address=lead.address, note=marked("suggestion"), today=DAY)
    return earlier.id


def left_unsent(item: Evidence, by: User) -> None:
    """Forms that quote the item: the one that revises it, one that was opened for its address, another."""
    for place, fields in (
        (f"/desk/evidence/{item.id}/revise/", {"quotation": [marked("quotation") + MARK]}),
        (f"/desk/log/?{urlencode({'address': ADDRESS})}", {"title": ["Another"]}),
        ("/desk/log/", {"title": [marked("title")]}),
    ):
        keep_unsent(by=by, place=place, fields=fields, now=NOW)


def merged(item: Evidence, world: World) -> None:
    """A duplicate of the item is merged into it, and it into another; another is only suggested. Undone, it is back."""
    moderator = {"by": world.people["moderator"], "reason": marked("merge"), "today": DAY}
    duplicate, into = an_item(), an_item()
    merge(kind="evidence", duplicate=duplicate.id, into=item.id, **moderator)
    unmerge(merge=merge(kind="evidence", duplicate=item.id, into=into.id, **moderator), **moderator)
    because = marked("suggested merge")
    suggest_merge(
        by=world.people["new analyst"], kind="evidence", duplicate=item.id, into=into.id, because=because, now=NOW
    )


# --- Where it could be ---


def tables() -> set[str]:
    """The tables of the database, PostgreSQL's own included, with a row that holds the mark as text or as bytes."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables
             WHERE table_type = 'BASE TABLE'
               AND has_table_privilege(quote_ident(table_schema) || '.' || quote_ident(table_name), 'SELECT')
            """
        )
        return {name.removeprefix("public.") for [name] in cursor.fetchall() if _holds(cursor, name)}


def _holds(cursor, table: str) -> bool:
    cursor.execute(
        f"SELECT EXISTS (SELECT FROM {table} one WHERE lower(one::text) LIKE ANY(%s))",
        [[f"%{MARK}%", f"%{MARK.encode().hex()}%"]],
    )
    return cursor.fetchone() == (True,)


def sessions() -> int:
    return sum(MARK in text_of_session(session.get_decoded()) for session in Session.objects.all())


def showing(world: World, standing: str, paths: Iterable[str]) -> set[str]:
    """Those of the pages that show the mark to somebody of this standing."""
    client = world.client(standing)
    return {path for path in dict.fromkeys(paths) if _shows(client, path)}


def _shows(client: Client, path: str) -> bool:
    with undone():
        answer = client.get(path)
        text = f"{answer.headers} {answer.getvalue().decode(errors='replace')}"
    assert answer.status_code < 500, path
    return MARK in text.lower()


def paths(world: World, item: Evidence) -> Iterator[str]:
    for route in routes():
        if route.name == "account_logout":
            continue
        yield world.address(route)
        for part in {"identity", "evidence"} & set(route.names):
            yield world.address(route, **{part: item.id}, **({"kind": "evidence"} if "kind" in route.names else {}))
    claim = f"/claims/{world.claim.slug}/"
    yield from (f"{claim}?as_of={day}" for day in (DAY, "2026-05-02", "2026-05-30"))
    earlier = Event.objects.exclude(verb="evidence-redacted").latest("recorded_at").recorded_at
    yield from (claim_path(world.claim.slug, recorded_by=earlier), claim_history_path(world.claim.slug, earlier))
    about = [item.id, item.bearings.get().id, *Flag.objects.values_list("id", flat=True)]
    yield from map(proof_path, Event.objects.filter(subject_id__in=about).values_list("id", flat=True))
    yield from (f"/desk/mine/?state={state}" for state in ("published", "redacted", "withdrawn"))
    yield from (f"/moderation/flags/{row}/" for row in Flag.objects.values_list("id", flat=True))
    yield from (f"/moderation/suggestions/{row}/" for row in Suggestion.objects.values_list("id", flat=True))
    yield from (f"/desk/leads/?state={state}" for state in ("new", "suggested", "dismissed", "logged"))
    source = f"/sources/{item.source.slug}/"
    yield from (source, f"{source}history/", f"{claim}history/?kind=evidence")
    yield from (f"/evidence/{item.id}/?as_of={DAY}", f"/evidence/{world.item.id}/history/")
    yield from (f"/search/?q={BESIDE}", f"/search/?q={BESIDE}&kind=evidence", f"/moderation/people/?q={BESIDE}")


def kept_in_redis() -> set[str]:
    found = set()
    for url in (settings.REDIS_URL, settings.CACHE_URL):
        with redis.Redis.from_url(url) as client:
            found |= {str(key) for key in client.scan_iter(count=1000) if MARK in f"{key} {_value(client, key)}"}
    return found


def _value(client: Any, key: bytes) -> object:
    kind = client.type(key).decode()
    ways = {
        "string": client.get,
        "hash": client.hgetall,
        "set": client.smembers,
        "list": lambda key: client.lrange(key, 0, -1),
        "zset": lambda key: client.zrange(key, 0, -1),
        "none": lambda key: None,
    }
    return ways[kind](key)


def server_log() -> Path | None:
    if os.environ.get("TEST_SERVER") != "embedded":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        return Path(cursor.fetchone()[0]) / "server.log"


def force_a_refusal(item: Evidence) -> None:
    """Has the database refuse the row, which it would otherwise write into its log."""
    with pytest.raises(IntegrityError, match=MARK), transaction.atomic():
        Evidence.objects.filter(id=item.id).update(state="redacted")


# --- It is there before, and nowhere afterwards ---


def test_what_was_redacted_is_nowhere_any_more(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    world = a_world()
    item = a_marked_item(world)
    force_a_refusal(item)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    before = {
        "evidence", "event_body", "bearing", "bearing_revision", "flag", "mail", "pg_catalog.pg_statistic", "lead",
        "lead_match", "suggestion", "merge", "unsent", "claim_term", "term_choice", "word_rarity",
    }  # fmt: skip
    assert before <= tables()
    assert sessions() == 1
    for standing, some in (
        (
            "anonymous",
            {
                f"/evidence/{item.id}/history/",
                f"/evidence/{item.id}/",
                f"/search/?q={BESIDE}",
                f"/claims/{world.claim.slug}/",
            },
        ),
        ("new analyst", {"/desk/mine/?state=published"}),
        ("moderator", {f"/moderation/evidence/{item.id}/", *flag_pages(item)}),
        ("admin", {f"/moderation/evidence/{item.id}/redact/"}),
    ):
        assert showing(world, standing, some) == some, standing

    redact_evidence(
        by=world.people["admin"], evidence=item, reason="A court said so.", legal_basis="court-order", today=DAY
    )

    assert tables() == set()
    assert sessions() == 0
    for standing in ("anonymous", *STANDINGS):
        assert showing(world, standing, paths(world, item)) == set(), standing
    assert kept_in_redis() == set()
    assert MARK not in caplog.text.lower()
    if log := server_log():
        assert "evidence_redacted_is_blank" in log.read_text(errors="replace")
        assert MARK not in log.read_text(errors="replace")


def flag_pages(item: Evidence) -> set[str]:
    return {f"/moderation/flags/{row}/" for row in Flag.objects.filter(subject_id=item.id).values_list("id", flat=True)}
