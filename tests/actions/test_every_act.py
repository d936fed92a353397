"""Every act, tried by every standing: who may not is refused and nothing is stored; who may, may."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest

import claims.actions
from claims.actions.articles import ArticleWords, add_article, revise_article
from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.claim_locks import lock_claim_for_all, unlock_claim
from claims.actions.decide import approve, approve_bearing, reject, reject_bearing, return_to_author, withdraw
from claims.actions.digest import set_pace
from claims.actions.erase_person import erase_person
from claims.actions.errors import NotAllowed
from claims.actions.feeds import import_feeds, pause_feed, remove_feed, resume_feed, watch_feed
from claims.actions.flags import decide_flag, flag
from claims.actions.follows import follow, unfollow
from claims.actions.judge import assess, reopen, resolve
from claims.actions.leads import assign_lead, dismiss_lead, restore_lead, snooze_lead
from claims.actions.log_evidence import log_evidence
from claims.actions.merge import dismiss_merge, merge, suggest_merge, unmerge
from claims.actions.open_claim import open_claim
from claims.actions.ownership import hand_over, release, take
from claims.actions.people import set_roles
from claims.actions.permissions import Right, may
from claims.actions.ready_reasons import set_ready_reasons
from claims.actions.redact import redact_evidence
from claims.actions.relations import relate_claims, unrelate_claims
from claims.actions.revert import revert_bearing, revert_claim, revert_source
from claims.actions.revise_claim import revise_claim
from claims.actions.revise_evidence import discard_draft, link_evidence, revise_evidence, submit_draft, words_of
from claims.actions.sources import add_source, grade_source
from claims.actions.suggestions import decide_suggestion, suggest
from claims.actions.suspend import lift_suspension, suspend_person
from claims.actions.terms import choose_term, undo_choice
from claims.actions.topics import add_topic
from claims.actions.trust import set_trust
from claims.actions.undo import undo_decision
from claims.actions.unsent import forget_unsent, keep_unsent
from claims.models import Bearing, ClaimOwner, Event, Evidence, User
from tests.actions.rows import grown, row_counts
from tests.actions.test_permissions import COLUMNS, a_person_who_is
from tests.factories import (
    DAY,
    NOW,
    a_claim,
    a_feed,
    a_judgement,
    a_lead,
    a_person,
    a_source,
    an_article,
    an_assessment,
    an_item,
    bearings_on,
    claim_words,
    item_words,
    the_house,
)


@dataclass(frozen=True)
class Try:
    """An act on things made ready beforehand: `ready(by)` makes them and gives the act to be done."""

    act: Callable[..., object]
    allowed: str
    ready: Callable[[User | None], Callable[[], object]]
    events: int = 1  # private work leaves none, a restatement two: of the old claim and of its successor
    destroys: int = 0  # bodies of earlier events


EVERYBODY = "anonymous, reader, new analyst, trusted analyst, editor, moderator, admin"
ACCOUNTS = "reader, new analyst, trusted analyst, editor, moderator, admin"
LOGGERS = "new analyst, trusted analyst, editor, moderator, admin"
PUBLISHERS = "trusted analyst, editor, moderator, admin"
EDITORS = "editor, admin"
MODERATORS = "moderator, admin"


def done(act, by, **words):
    return lambda: act(by=by, today=DAY, **words)


def waiting_item():
    return an_item([a_claim()], by=a_person("analyst"))


def waiting_bearing():
    return set_bearing(by=a_person("analyst"), evidence=an_item(), bearing=bearings_on(a_claim())[0], today=DAY)


def a_return_by(by):
    """The event of a return that this person decided on, or a moderator where they may not."""
    by = by if by is not None and may(by, Right.DECIDE) else a_person("moderator")
    return_to_author(by=by, evidence=waiting_item(), reason="Date?", today=DAY)
    return Event.objects.get(verb="evidence-returned")


def a_relation():
    return relate_claims(by=a_person("editor"), claim=a_claim(), relation="contributes-to", to=a_claim(), today=DAY)


def a_draft_of(by):
    draft = an_item(by=a_person("analyst"), draft=True)
    Evidence.objects.filter(id=draft.id).update(by=by)
    return draft


def a_bearing_of(by):
    bearing = waiting_bearing()
    Bearing.objects.filter(id=bearing.id).update(by=by)
    return bearing


def a_settled_claim():
    claim = a_claim()
    an_assessment(claim, status="borne-out")
    return claim


def a_locked_claim():
    return lock_claim_for_all(by=a_person("moderator"), claim=a_claim(), reason="A dispute.", today=DAY)


def a_reworded_claim():
    claim = a_claim()
    revise_claim(by=a_person("editor"), claim=claim, words=claim_words(horizon=claim.horizon), today=DAY, **REVISION)
    return claim


def a_changed_bearing():
    item, claim, by = an_item(), a_claim(), a_person("editor")
    set_bearing(by=by, evidence=item, bearing=bearings_on((claim, "supports"))[0], today=DAY)
    return set_bearing(by=by, evidence=item, bearing=bearings_on((claim, "contradicts"))[0], today=DAY)


def a_regraded_source():
    return grade_source(by=a_person("editor"), source=a_source(), reliability="D", reason="Slips.", today=DAY)


def a_flag():
    return flag(by=None, kind="claim", subject_id=a_claim().id, reason="date", today=DAY)


def two_items():
    return {"kind": "evidence", "duplicate": an_item().id, "into": an_item().id}


def a_merge():
    return merge(by=a_person("moderator"), reason="The same report.", today=DAY, **two_items())


def a_claim_owned_by(person):
    claim = a_claim()
    ClaimOwner.objects.create(claim=claim, owner=person or the_house(), since=NOW, acted_at=NOW)
    return claim


def a_suggestion_to_merge():
    return suggest_merge(by=a_person("analyst"), **two_items())


def a_paused_feed():
    return a_feed(state="paused", paused_because="So.")


def a_suggestion():
    return suggest(by=None, address="https://example.org/b", today=DAY)


LATER = NOW + timedelta(days=1)
WORDS = ArticleWords(title="T", summary="S", paragraphs=3)
GROUNDS = {"reason": "A court said so.", "legal_basis": "court-order"}
REVISION = {"type": "wording", "reason": "Closer.", "seen_version": None}
REVERSAL = {"number": 1, "reason": "It was right before.", "seen_version": None}

TRIES = [
    Try(flag, EVERYBODY, lambda by: done(flag, by, kind="claim", subject_id=a_claim().id, reason="date")),
    Try(decide_flag, MODERATORS, lambda by: done(decide_flag, by, flag=a_flag(), upheld=True, answer="Yes.")),
    Try(
        log_evidence,
        LOGGERS,
        lambda by: done(log_evidence, by, words=item_words(source=a_source()), bearings=bearings_on(a_claim())),
    ),
    Try(
        log_evidence,
        LOGGERS,
        lambda by: done(log_evidence, by, words=item_words(source=a_source()), draft=True),
        events=0,
    ),
    Try(
        keep_unsent,
        LOGGERS,
        lambda by: partial(keep_unsent, by=by, place="/desk/log/", fields={"title": ["Begun"]}, now=NOW),
        events=0,
    ),
    Try(forget_unsent, LOGGERS, lambda by: partial(forget_unsent, by=by, place="/desk/log/"), events=0),
    Try(submit_draft, LOGGERS, lambda by: done(submit_draft, by, evidence=a_draft_of(by))),
    Try(
        discard_draft,
        LOGGERS,
        lambda by: partial(discard_draft, by=by, evidence=a_draft_of(by)),
        events=0,
    ),
    Try(
        revise_evidence,
        PUBLISHERS,
        lambda by: done(
            revise_evidence, by, evidence=(item := an_item()), words=words_of(item), seen_version=None, reason="Typo."
        ),
    ),
    Try(
        revise_evidence,
        LOGGERS,
        lambda by: done(
            revise_evidence, by, evidence=(item := a_draft_of(by)), words=words_of(item), seen_version=None
        ),
        events=0,
    ),
    Try(
        link_evidence,
        PUBLISHERS,
        lambda by: done(link_evidence, by, item=an_item(), kind="corrects", earlier=an_item(), reason="Erratum."),
    ),
    Try(set_bearing, LOGGERS, lambda by: done(set_bearing, by, evidence=an_item(), bearing=bearings_on(a_claim())[0])),
    Try(withdraw_bearing, LOGGERS, lambda by: done(withdraw_bearing, by, bearing=a_bearing_of(by), reason="Misread.")),
    Try(withdraw_bearing, MODERATORS, lambda by: done(withdraw_bearing, by, bearing=waiting_bearing(), reason="No.")),
    Try(add_source, LOGGERS, lambda by: done(add_source, by, domains=["new.example"], name="New", kind="blog")),
    Try(
        add_source,
        EDITORS,
        lambda by: done(add_source, by, domains=["new.example"], name="New", kind="blog", reliability="B"),
    ),
    Try(grade_source, EDITORS, lambda by: done(grade_source, by, source=a_source(), reliability="C", reason="Slips.")),
    Try(add_article, EDITORS, lambda by: done(add_article, by, slug="another", words=WORDS)),
    Try(
        revise_article,
        EDITORS,
        lambda by: done(revise_article, by, article=an_article(), seen_version=1, words=WORDS),
    ),
    Try(add_topic, EDITORS, lambda by: done(add_topic, by, name="Tariffs")),
    Try(
        open_claim,
        EDITORS,
        lambda by: done(open_claim, by, article=an_article(), paragraph=1, kind="prediction", words=claim_words()),
    ),
    Try(revise_claim, EDITORS, lambda by: done(revise_claim, by, claim=a_claim(), words=claim_words(), **REVISION)),
    Try(
        revise_claim,
        EDITORS,
        lambda by: done(
            revise_claim, by, claim=a_claim(), words=claim_words(), **{**REVISION, "type": "change-of-meaning"}
        ),
        events=2,
    ),
    Try(
        relate_claims,
        EDITORS,
        lambda by: done(relate_claims, by, claim=a_claim(), relation="contributes-to", to=a_claim()),
    ),
    Try(unrelate_claims, EDITORS, lambda by: done(unrelate_claims, by, relation=a_relation(), reason="Wrong claim.")),
    Try(assess, EDITORS, lambda by: done(assess, by, claim=a_claim(), judgement=a_judgement())),
    Try(resolve, EDITORS, lambda by: done(resolve, by, claim=a_claim(), judgement=a_judgement(status="borne-out"))),
    Try(reopen, EDITORS, lambda by: done(reopen, by, claim=a_settled_claim(), judgement=a_judgement())),
    Try(approve, MODERATORS, lambda by: done(approve, by, evidence=waiting_item())),
    Try(return_to_author, MODERATORS, lambda by: done(return_to_author, by, evidence=waiting_item(), reason="Date?")),
    Try(reject, MODERATORS, lambda by: done(reject, by, evidence=waiting_item(), reason="Spam.")),
    Try(withdraw, MODERATORS, lambda by: done(withdraw, by, evidence=an_item([a_claim()]), reason="Forged.")),
    Try(approve_bearing, MODERATORS, lambda by: done(approve_bearing, by, bearing=waiting_bearing())),
    Try(reject_bearing, MODERATORS, lambda by: done(reject_bearing, by, bearing=waiting_bearing(), reason="No.")),
    Try(lock_claim_for_all, MODERATORS, lambda by: done(lock_claim_for_all, by, claim=a_claim(), reason="Dispute.")),
    Try(unlock_claim, MODERATORS, lambda by: done(unlock_claim, by, claim=a_locked_claim(), reason="Over.")),
    Try(revert_claim, MODERATORS, lambda by: done(revert_claim, by, claim=a_reworded_claim(), **REVERSAL)),
    Try(revert_bearing, MODERATORS, lambda by: done(revert_bearing, by, bearing=a_changed_bearing(), **REVERSAL)),
    Try(revert_source, MODERATORS, lambda by: done(revert_source, by, source=a_regraded_source(), **REVERSAL)),
    Try(merge, MODERATORS, lambda by: done(merge, by, reason="The same report.", **two_items())),
    Try(unmerge, MODERATORS, lambda by: done(unmerge, by, merge=a_merge(), reason="Two reports.")),
    Try(suggest_merge, LOGGERS, lambda by: partial(suggest_merge, by=by, **two_items()), events=0),
    Try(dismiss_merge, MODERATORS, lambda by: partial(dismiss_merge, by=by, merge=a_suggestion_to_merge()), events=0),
    Try(
        choose_term,
        EDITORS,
        lambda by: partial(choose_term, by=by, claim=a_claim(), word="tariff", choice="off"),
        events=0,
    ),
    Try(undo_choice, EDITORS, lambda by: partial(undo_choice, by=by, claim=a_claim(), lexeme="tariff"), events=0),
    Try(take, EDITORS, lambda by: partial(take, by=by, claim=a_claim()), events=0),
    Try(release, EDITORS, lambda by: partial(release, by=by, claim=a_claim_owned_by(by)), events=0),
    Try(
        hand_over,
        EDITORS,
        lambda by: partial(hand_over, by=by, claim=a_claim_owned_by(by), to=a_person("editor")),
        events=0,
    ),
    Try(follow, ACCOUNTS, lambda by: partial(follow, by=by, claim=a_claim()), events=0),
    Try(unfollow, ACCOUNTS, lambda by: partial(unfollow, by=by, claim=a_claim()), events=0),
    Try(set_pace, EDITORS, lambda by: partial(set_pace, by=by, pace="weekly"), events=0),
    Try(
        set_trust,
        MODERATORS,
        lambda by: done(set_trust, by, person=a_person("analyst"), trusted=True, reason="Known."),
    ),
    Try(undo_decision, MODERATORS, lambda by: done(undo_decision, by, event=a_return_by(by))),
    Try(suspend_person, "admin", lambda by: done(suspend_person, by, person=a_person(), reason="Made it up.")),
    Try(
        lift_suspension,
        "admin",
        lambda by: done(lift_suspension, by, person=a_person(suspended=True), reason="Explained."),
    ),
    Try(
        set_ready_reasons,
        "admin",
        lambda by: partial(set_ready_reasons, by=by, use="reject", words=["It bears on nothing."]),
        events=0,
    ),
    Try(set_roles, "admin", lambda by: done(set_roles, by, person=a_person(), roles=["analyst"])),
    Try(redact_evidence, "admin", lambda by: done(redact_evidence, by, evidence=an_item(), **GROUNDS), destroys=1),
    Try(erase_person, "admin", lambda by: done(erase_person, by, person=a_person(), **GROUNDS)),
]
TRIES += [
    Try(watch_feed, EDITORS, lambda by: partial(watch_feed, by=by, address="https://paper.example/"), events=0),
    Try(pause_feed, EDITORS, lambda by: partial(pause_feed, by=by, feed=a_feed(), reason="Noise."), events=0),
    Try(resume_feed, EDITORS, lambda by: partial(resume_feed, by=by, feed=a_paused_feed()), events=0),
    Try(remove_feed, EDITORS, lambda by: partial(remove_feed, by=by, feed=a_feed()), events=0),
    Try(import_feeds, EDITORS, lambda by: partial(import_feeds, by=by, feeds=[("https://a.example/", "A")]), events=0),
    Try(dismiss_lead, LOGGERS, lambda by: done(dismiss_lead, by, lead=a_lead()), events=0),
    Try(snooze_lead, LOGGERS, lambda by: partial(snooze_lead, by=by, lead=a_lead(), until=LATER, now=NOW), events=0),
    Try(assign_lead, LOGGERS, lambda by: partial(assign_lead, by=by, lead=a_lead(), to=None), events=0),
    Try(
        restore_lead,
        LOGGERS,
        lambda by: partial(restore_lead, by=by, lead=a_lead(state="dismissed"), today=DAY),
        events=0,
    ),
    Try(suggest, EVERYBODY, lambda by: done(suggest, by, address="https://example.org/a")),
    Try(decide_suggestion, MODERATORS, lambda by: done(decide_suggestion, by, suggestion=a_suggestion(), taken=True)),
]

WALK = [
    pytest.param(one, standing, id=f"{one.act.__name__}-{place}-{standing}")
    for place, one in enumerate(TRIES)
    for standing in COLUMNS
]


def allowed(one, standing):
    return standing in one.allowed.split(", ")


@pytest.mark.parametrize(("one", "standing"), [case for case in WALK if not allowed(*case.values)])
def test_who_may_not_is_refused_and_nothing_is_stored(db, one, standing):
    act = one.ready(a_person_who_is(standing))
    before = row_counts()
    with pytest.raises(NotAllowed):
        act()
    assert grown(before) == {}


@pytest.mark.parametrize(("one", "standing"), [case for case in WALK if allowed(*case.values)])
def test_who_may_does_it(db, one, standing):
    one.ready(a_person_who_is(standing))()


@pytest.mark.parametrize("one", TRIES, ids=lambda one: one.act.__name__)
def test_who_is_suspended_is_refused_and_nothing_is_stored(db, one):
    act = one.ready(a_person("analyst", "editor", "moderator", "admin", trusted=True, suspended=True))
    before = row_counts()
    with pytest.raises(NotAllowed):
        act()
    assert grown(before) == {}


def public_acts():
    """Every public function of claims/actions that runs as an act in somebody's name."""
    for module in pkgutil.iter_modules(claims.actions.__path__):
        found = vars(importlib.import_module(f"claims.actions.{module.name}")).items()
        for name, function in found:
            own = getattr(function, "__module__", "") == f"claims.actions.{module.name}"
            act = own and not name.startswith("_") and hasattr(function, "__wrapped__")
            if act and "by" in inspect.signature(function).parameters:
                yield function


def test_the_walk_knows_every_act():
    assert {one.act for one in TRIES} == set(public_acts())


@pytest.mark.parametrize("one", TRIES, ids=lambda one: one.act.__name__)
def test_each_public_act_leaves_its_event_with_body_and_outbox_row(db, one):
    act = one.ready(a_person("analyst", "editor", "moderator", "admin", trusted=True))
    before = row_counts()
    act()
    told = [grown(before).get(table, 0) for table in ("event", "event_body", "outbox")]
    assert told == [one.events, one.events - one.destroys, one.events]
