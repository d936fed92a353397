"""Every address of the site, read from its urlconf, and one thing of each kind for them to lead to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from claims.actions.attach import NewBearing
from claims.actions.bearings import set_bearing
from claims.actions.decide import approve, reject, return_to_author, withdraw
from claims.actions.feeds import watch_feed
from claims.actions.flags import flag
from claims.actions.merge import suggest_merge
from claims.actions.relations import relate_claims
from claims.actions.revise_claim import revise_claim
from claims.actions.sequence import sequence
from claims.actions.sources import grade_source
from claims.actions.suggestions import suggest
from claims.actions.unsent import keep_unsent
from claims.lookup.things import THINGS
from claims.models import Bearing, Claim, Event, Evidence, Merge, Unsent, User
from tests.factories import (
    DAY,
    NOW,
    a_claim,
    a_person,
    a_source,
    a_topic,
    an_article,
    an_assessment,
    an_item,
    claim_words,
)

# Each standing of DESIGN.md's table, with the roles and the trust that make it.
STANDINGS: dict[str, tuple[tuple[str, ...], bool]] = {
    "reader": ((), False),
    "new analyst": (("analyst",), False),
    "trusted analyst": (("analyst",), True),
    "editor": (("editor",), False),
    "moderator": (("moderator",), False),
    "admin": (("admin",), False),
}
HIDDEN = ("draft", "pending", "returned", "rejected", "withdrawn")


@dataclass(frozen=True)
class Route:
    """One line of the urlconf; `names` are the parts of its address that vary."""

    name: str
    names: tuple[str, ...]

    def address(self, **values: object) -> str:
        """The address with these parts."""
        return reverse(self.name, kwargs={name: values[name] for name in self.names})


@cache
def routes() -> tuple[Route, ...]:
    """Every route, so that a page that is added later is walked as well."""
    return tuple(_walk(get_resolver()))


def _walk(resolver: URLResolver, above: tuple[str, ...] = (), within: str = "") -> Iterator[Route]:
    for line in resolver.url_patterns:
        parts = (*above, *line.pattern.regex.groupindex)
        if isinstance(line, URLPattern):
            assert line.name, f"{line.pattern} has no name"
            yield Route(f"{within}{line.name}", parts)
        else:
            yield from _walk(line, parts, f"{within}{line.namespace}:" if line.namespace else within)


@dataclass(frozen=True)
class World:
    """A site with one thing of each kind; `hidden` are a new analyst's items that the public may not see, by state."""

    people: dict[str, User]
    claim: Claim
    item: Evidence
    hidden: dict[str, Evidence]
    values: dict[str, dict[str, object]]

    def address(self, route: Route, **instead: object) -> str:
        """The address of a thing that exists, with other parts where given."""
        return route.address(**{**self.parts(route), **instead})

    def parts(self, route: Route) -> dict[str, object]:
        """What stands in the varying parts of a route's address."""
        return {name: self._value(route.name, name) for name in route.names}

    def _value(self, route: str, part: str) -> object:
        for beginning, values in self.values.items():
            if route.startswith(beginning) and part in values:
                return values[part]
        raise LookupError(f"Say in tests/web/every_page.py what stands for “{part}” in the address of “{route}”.")

    def client(self, standing: str) -> Client:
        """A browser; `anonymous` is not signed in."""
        client = Client()
        if standing != "anonymous":
            client.force_login(self.people[standing])
        return client


def hidden_title(state: str) -> str:
    """The title of the hidden item in this state, which no stranger's page may hold."""
    return f"Unseenword {state} title"


def a_world() -> World:
    """Made by the site's own acts, for a test that is rolled back."""
    people = {
        standing: a_person(*roles, trusted=trusted, name=f"A {standing}")
        for standing, (roles, trusted) in STANDINGS.items()
    }
    for person in people.values():
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    article, topic, source = an_article(), a_topic(), a_source("paper.example")
    claim = a_claim(article, topics=[topic])
    settled = a_claim(article)
    item = an_item([claim, settled], source=source)
    an_assessment(settled, status="borne-out", occurred_on=DAY, cites=[item])
    relation = relate_claims(by=people["editor"], claim=claim, relation="contributes-to", to=settled, today=DAY)
    hidden = {state: _hidden(state, claim, people) for state in HIDDEN}
    beside = an_item(source=source)
    suggest_merge(by=people["new analyst"], kind="evidence", duplicate=beside.id, into=item.id)
    waiting = set_bearing(
        by=people["new analyst"],
        evidence=beside,
        bearing=NewBearing(claim.id, "supports", "slight", "Unseenword bearing note"),
        today=DAY,
    )
    _changed(claim, item, by=people["editor"])
    report = flag(by=None, kind="evidence", subject_id=item.id, reason="other", note="Unseenword flag note", today=DAY)
    an_item(by=people["trusted analyst"], draft=True, source=source)
    feed = watch_feed(by=people["editor"], address="https://paper.example/rss", title="The paper", now=NOW)
    proposed = suggest(by=None, address="https://reader.example/seen", note="Look here.", today=DAY)
    sequence(now=NOW)
    return World(
        people,
        claim,
        item,
        hidden,
        _values(
            claim,
            settled,
            relation.id,
            item,
            hidden,
            people,
            waiting.id,
            Bearing.objects.get(claim=claim, evidence=item).id,
            report.id,
            proposed.id,
            feed.id,
            _left_unsent(people["new analyst"]),
            source.slug,
            topic.slug,
            article.slug,
        ),
    )


def _values(
    claim: Claim,
    settled: Claim,
    relation: UUID,
    item: Evidence,
    hidden: dict[str, Evidence],
    people: dict[str, User],
    waiting: UUID,
    changed: UUID,
    report: UUID,
    proposed: UUID,
    feed: UUID,
    unsent: UUID,
    source: str,
    topic: str,
    article: str,
) -> dict[str, dict[str, object]]:
    return {
        "article": {"slug": article},
        "desk_article": {"slug": article},
        "source": {"slug": source},
        "desk_source": {"slug": source},
        "topic": {"slug": topic},
        "desk_claim_reopen": {"slug": settled.slug},
        "desk_claim": {"slug": claim.slug, "claim": claim.id, "relation": relation},
        "desk_draft": {"evidence": hidden["draft"].id},
        "desk_": {"evidence": item.id, "slug": claim.slug},
        "claim": {"slug": claim.slug},
        "ledger_event": {"identity": Event.objects.earliest("id").id},
        "evidence": {"identity": item.id},
        "flag": {"kind": "claim", "identity": claim.id},
        "queue_bearing": {"identity": waiting},
        "queue_item_withdraw": {"identity": item.id},
        "queue_item": {"identity": hidden["pending"].id},
        "queue_flag": {"identity": report},
        "queue_suggestion": {"identity": proposed},
        "desk_feed": {"feed": feed},
        "desk_unsent": {"identity": unsent},
        "revert_bearing": {"identity": changed, "number": 1},
        "revert_claim": {"slug": claim.slug, "number": 1},
        "revert_source": {"slug": source, "number": 1},
        "merge": {"identity": Merge.objects.get().id},
        "person": {"identity": people["new analyst"].id},
        "account_confirm_email": {"key": "made-up-key"},
        "account_reset_password_from_key": {"uidb36": "1", "key": "made-up-key"},
        "mfa_": {"pk": 1},
        **_looked_up(),
    }


def _left_unsent(by: User) -> UUID:
    keep_unsent(by=by, place="/desk/sources/new/", fields={"name": ["Unseenword unsent name"]}, now=NOW)
    return Unsent.objects.get(person=by).id


def _looked_up() -> dict[str, dict[str, object]]:
    """A thing of each kind that the admin shows; of a kind that the site has none of, an id that there is not."""
    found = {thing.model._meta.model_name: thing.model._base_manager.first() for thing in THINGS}
    return {f"admin:claims_{name}_change": {"object_id": row.pk if row else 999_999} for name, row in found.items()}


def _changed(claim: Claim, item: Evidence, *, by: User) -> None:
    """Gives the claim, its bearing and the source another version, so that the first can be restored."""
    words = claim_words(title=claim.title, statement=claim.statement, horizon=claim.horizon)
    said: dict[str, Any] = {"by": by, "today": DAY}
    revise_claim(claim=claim, seen_version=None, type="wording", words=words, reason="Plainer.", **said)
    set_bearing(evidence=item, bearing=NewBearing(claim.id, "contradicts", "slight"), **said)
    assert item.source
    grade_source(source=item.source, reliability="C", reason="It slipped.", **said)


def _hidden(state: str, claim: Claim, people: dict[str, User]) -> Evidence:
    """An item in a state in which only its author or moderators see it."""
    moderator: dict[str, Any] = {"by": people["moderator"], "today": DAY}
    item = an_item(
        [NewBearing(claim.id, "supports", "slight", f"Unseenword {state} note")],
        by=people["new analyst"],
        draft=state == "draft",
        source=a_source(f"{state}.example"),
        address=f"https://{state}.example/unseenword",
        title=hidden_title(state),
        summary=f"Unseenword {state} summary.",
    )
    if state == "returned":
        return_to_author(evidence=item, reason="Unseenword reason.", **moderator)
    elif state == "rejected":
        reject(evidence=item, reason="Unseenword reason.", **moderator)
    elif state == "withdrawn":
        approved = approve(evidence=item, seen_version=item.version, **moderator)
        withdraw(evidence=approved.evidence, reason="It was made up.", **moderator)
    item.refresh_from_db()
    return item
