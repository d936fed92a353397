"""Every act renews every page that it changes: where a page reads otherwise than before, the names meet."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.test import Client

from claims import names
from claims.actions.articles import ArticleWords, revise_article
from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.decide import approve, approve_bearing, withdraw
from claims.actions.evidence_words import words_of
from claims.actions.judge import assess, reopen, resolve
from claims.actions.log_evidence import log_evidence
from claims.actions.open_claim import open_claim
from claims.actions.relations import relate_claims, unrelate_claims
from claims.actions.revise_claim import revise_claim
from claims.actions.revise_evidence import link_evidence, revise_evidence
from claims.actions.sources import add_source, grade_source
from claims.actions.topics import add_topic
from claims.models import Article, Bearing, Claim, Evidence, Source, Topic, User
from tests.factories import (
    DAY,
    a_claim,
    a_judgement,
    a_person,
    a_source,
    a_topic,
    an_article,
    an_assessment,
    an_item,
    bearings_on,
    claim_words,
    item_words,
)

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class World:
    """Two claims beside each other, what is said of them, and what hangs together with that."""

    boss: User
    article: Article
    topic: Topic
    claim: Claim
    beside: Claim
    source: Source
    item: Evidence
    same_story: Evidence
    waiting: Evidence
    waiting_bearing: Bearing

    def pages(self) -> list[str]:
        """The public pages that show any of it."""
        claims = [f"/claims/{claim.slug}/" for claim in (self.claim, self.beside)]
        items = [f"/evidence/{item.id}/" for item in (self.item, self.same_story)]
        article, source = f"/articles/{self.article.slug}/", f"/sources/{self.source.slug}/"
        own = [*claims, *items, article, source]
        lists = ["/", "/claims/", "/articles/", "/sources/", "/topics/", f"/topics/{self.topic.slug}/"]
        told = ["/changes/", "/corrections/"]
        looks = [f"{path}?as_of={DAY}" for path in (*claims, *items, article, "/claims/")]
        found = ["/search/?q=treaty", "/search/?q=newcomer"]
        return [*own, *(f"{path}history/" for path in own), f"{article}?view=table", *lists, *told, *looks, *found]


@pytest.fixture
def world() -> World:
    article, topic, source = an_article(title="The treaty article"), a_topic("Treaties"), a_source()
    claim = a_claim(article, topics=[topic], title="The treaty")
    beside = a_claim(article, topics=[topic], title="Another treaty")
    relate_claims(by=a_person("editor"), claim=claim, relation="contributes-to", to=beside, today=DAY)
    item = an_item([claim], source=source, story="signing", title="The treaty is signed")
    same = an_item([beside], source=source, story="signing", title="Treaty signed, says another")
    an_assessment(claim, cites=[item.id])
    analyst = a_person("analyst")
    waits = an_item([claim], by=analyst, source=source, title="A newcomer")
    [wanted] = bearings_on(beside)
    bearing = set_bearing(by=analyst, evidence=item, bearing=wanted, today=DAY)
    return World(a_person("admin"), article, topic, claim, beside, source, item, same, waits, bearing)


Act = Callable[..., object]
ACTS: dict[str, tuple[Act, Callable[[World], dict[str, Any]]]] = {
    "revise an article": (
        revise_article,
        lambda w: {"article": w.article, "seen_version": 1, "words": ArticleWords("Renamed", "Anew.", 12)},
    ),
    "add a topic": (add_topic, lambda w: {"name": "New"}),
    "add a source": (add_source, lambda w: {"domains": ["new.example"], "name": "New", "kind": "blog"}),
    "grade a source": (grade_source, lambda w: {"source": w.source, "reliability": "E", "reason": "Slips."}),
    "name a source": (
        grade_source, lambda w: {"source": w.source, "reliability": "B", "name": "Renamed", "reason": "As it is."},
    ),
    "open a claim": (
        open_claim,
        lambda w: {
            "article": w.article, "paragraph": 2, "kind": "prediction",
            "words": claim_words(title="Newcomer"), "topics": [w.topic],
        },
    ),
    "reword a claim": (revise_claim, lambda w: revision(w, "wording")),
    "restate a claim": (revise_claim, lambda w: revision(w, "change-of-meaning")),
    "take a topic from a claim": (revise_claim, lambda w: revision(w, "wording") | {"topics": []}),
    "relate claims": (relate_claims, lambda w: {"claim": w.beside, "relation": "competes-with", "to": w.claim}),
    "take a relation back": (
        unrelate_claims, lambda w: {"relation": w.claim.relations_out.get(), "reason": "Wrong claim."},
    ),
    "lock a claim": (lock_claim_for_all, lambda w: {"claim": w.claim, "reason": "A dispute."}),
    "assess": (assess, lambda w: {"claim": w.claim, "judgement": a_judgement(cites=[w.item.id])}),
    "assess the other": (assess, lambda w: {"claim": w.beside, "judgement": a_judgement()}),
    "resolve": (resolve, lambda w: {"claim": w.claim, "judgement": a_judgement(status="borne-out")}),
    "log an item": (
        log_evidence,
        lambda w: {"words": item_words(source=w.source, title="Newcomer"), "bearings": bearings_on(w.claim)},
    ),
    "log another report of the story": (
        log_evidence, lambda w: {"words": item_words(source=w.source, story="signing"), "bearings": []},
    ),
    "log an address again": (
        log_evidence,
        lambda w: {
            "words": item_words(source=w.source, address=w.same_story.address), "bearings": bearings_on(w.claim),
        },
    ),
    "approve an item": (approve, lambda w: {"evidence": w.waiting}),
    "revise an item": (revise_evidence, lambda w: rewording(w, title="Renamed")),
    "take an item from its story": (revise_evidence, lambda w: rewording(w, story="")),
    "move an item to another source": (revise_evidence, lambda w: rewording(w, source=a_source())),
    "withdraw an item": (withdraw, lambda w: {"evidence": w.item, "reason": "Forged."}),
    "link items": (
        link_evidence, lambda w: {"item": w.same_story, "kind": "corrects", "earlier": w.item, "reason": "Erratum."},
    ),
    "set a bearing": (set_bearing, lambda w: {"evidence": w.same_story, "bearing": bearings_on(w.claim)[0]}),
    "change a bearing": (
        set_bearing, lambda w: {"evidence": w.item, "bearing": bearings_on((w.claim, "contradicts", "strong"))[0]},
    ),
    "withdraw a bearing": (
        withdraw_bearing, lambda w: {"bearing": w.item.bearings.get(claim=w.claim), "reason": "Misread."},
    ),
    "approve a bearing": (approve_bearing, lambda w: {"bearing": w.waiting_bearing}),
}  # fmt: skip


def revision(world: World, type: str) -> dict[str, Any]:
    words = claim_words(title="Renamed", horizon=world.claim.horizon)
    return {"claim": world.claim, "seen_version": None, "type": type, "reason": "Closer.", "words": words}


def rewording(world: World, **words: Any) -> dict[str, Any]:
    said = replace(words_of(world.item), **words)
    return {"evidence": world.item, "seen_version": None, "words": said, "reason": "Closer."}


@pytest.fixture
def touched() -> Iterator[set[str]]:
    """The names touched by acts that were committed since."""
    heard: set[str] = set()

    def hear(sender: object, names: frozenset[str], **_: object) -> None:
        heard.update(names)

    names.touched.connect(hear)
    yield heard
    names.touched.disconnect(hear)


Pages = dict[str, tuple[bytes, frozenset[str]]]


def read(client: Client, world: World) -> Pages:
    """What each page says, without what differs at each reading, and the names that it depends on."""
    found = {}
    for path in world.pages():
        response = client.get(path)
        body = re.sub(rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', b"", response.content)
        found[path] = (body, getattr(response, "names", frozenset()))
    return found


def stale(before: Pages, after: Pages, touched: set[str]) -> set[str]:
    """The pages that read otherwise than before, of which nobody who keeps them was told."""
    kept = {path: body for path, (body, held) in before.items() if held and not held & touched}
    return {path for path, body in kept.items() if body != after[path][0]}


@pytest.mark.parametrize("name", ACTS)
def test_it_renews_each_page_that_it_changes(name, world, client, touched, django_capture_on_commit_callbacks):
    act, given = ACTS[name]
    words = given(world)
    before = read(client, world)
    touched.clear()
    with django_capture_on_commit_callbacks(execute=True):
        act(by=world.boss, today=DAY, **words)
    after = read(client, world)
    assert stale(before, after, touched) == set()


def test_nothing_is_renewed_before_it_is_committed(touched):
    a_claim()
    assert touched == set()


def test_reopening_renews_each_page_that_it_changes(world, client, touched, django_capture_on_commit_callbacks):
    an_assessment(world.claim, status="borne-out")
    before = read(client, world)
    with django_capture_on_commit_callbacks(execute=True):
        reopen(by=world.boss, claim=world.claim, judgement=a_judgement(), today=DAY)
    after = read(client, world)
    assert stale(before, after, touched) == set()


def test_a_page_that_nothing_happened_to_reads_the_same(world, client):
    assert read(client, world) == read(client, world)


def test_search_alone_is_kept_by_nobody(world, client):
    assert {path for path, (_, held) in read(client, world).items() if not held} == {
        "/search/?q=treaty", "/search/?q=newcomer",
    }  # fmt: skip
