"""Any sequence of acts by anybody: what is kept stays right, numbers stay whole, each public act leaves its event."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from claims.actions.articles import ArticleWords, revise_article
from claims.actions.attach import NewBearing
from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.claim_locks import lock_claim_for_all, unlock_claim
from claims.actions.decide import approve, approve_bearing, reject, reject_bearing, return_to_author, withdraw
from claims.actions.errors import ActionError
from claims.actions.judge import Judgement, assess, reopen, resolve
from claims.actions.kept import EVERYTHING, differences
from claims.actions.log_evidence import log_evidence
from claims.actions.merge import merge, unmerge
from claims.actions.record import commitment
from claims.actions.redact import redact_evidence
from claims.actions.revert import revert_bearing, revert_claim, revert_source
from claims.actions.revise_claim import revise_claim
from claims.actions.revise_evidence import discard_draft, link_evidence, revise_evidence, submit_draft
from claims.actions.sources import grade_source
from claims.actions.undo import RIGHTS, undo_decision
from claims.dates import PartialDate
from claims.models import (
    Article,
    Bearing,
    BearingRevision,
    Claim,
    ClaimStatus,
    Event,
    EventBody,
    EventClaim,
    Evidence,
    Merge,
    Outbox,
    Source,
    Stance,
    User,
    Weight,
)
from claims.queries.told_rows import differing_rows
from tests.actions.rows import grown, row_counts
from tests.factories import DAY, NOW, a_claim, a_person, a_source, an_article, an_item, claim_words, item_words, on

ANY = st.integers(0, 1_000)  # picks one of what there is
DAYS = st.integers(-90, 0)
STANCES, WEIGHTS = st.sampled_from(Stance.values), st.sampled_from(Weight.values)
BEARINGS = st.lists(st.tuples(ANY, STANCES, WEIGHTS), max_size=3)
WORDS = st.fixed_dictionaries(
    {
        "address": st.sampled_from([f"https://news.example/{n}" for n in range(5)]),
        "story": st.sampled_from(["", "summit", "treaty"]),
        "credibility": st.integers(1, 6),
        "published": st.none() | DAYS.map(lambda days: str(on(days))),
    }
)
CHANCES = st.integers(1, 999).map(lambda mille: Decimal(mille) / 1000)
WHY = "Because."


class Acts(RuleBasedStateMachine):
    """Three claims of one article, seven people, and all that they may or may not do to them."""

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.article = an_article(published="2026-04-01")
        self.source = a_source()
        a_source()
        for _ in range(3):
            a_claim(self.article)
        for claim in Claim.objects.all():
            an_item([claim], source=self.source)
        self.people = [
            a_person(), a_person("analyst"), a_person("analyst"), a_person("analyst", trusted=True), a_person("editor"),
            a_person("moderator"), a_person("admin"),
        ]  # fmt: skip
        self.seen = set(Event.objects.values_list("id", flat=True))
        self.moment = NOW

    def teardown(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def one(self, model, place):
        rows = list(model.objects.order_by("id"))
        return rows[place % len(rows)] if rows else None

    def bearings(self, chosen):
        return [NewBearing(self.one(Claim, place).id, stance, weight) for place, stance, weight in chosen]

    def act(self, verb, who, *, private=False, **words):
        """Do it in somebody's name; a refusal is fine and stores nothing, a success leaves its events."""
        if any(thing is None for thing in words.values()):
            return
        self.moment += timedelta(seconds=1)
        if verb is not discard_draft:
            words |= {"today": DAY, "now": self.moment}
        by = User.objects.get(id=self.people[who % len(self.people)].id)
        before = row_counts()
        try:
            result = verb(by=by, **words)
        except ActionError:
            assert grown(before) == {}
            return
        if verb is revise_evidence:
            private = result.state == "draft"
        more = grown(before).get("event", 0)
        # Logging again what stands and bears there already does nothing.
        nothing_new = getattr(result, "stood_before", False) and not result.attached
        assert more == 0 if private or nothing_new else more >= 1

    @rule(who=ANY, words=WORDS, chosen=BEARINGS, draft=st.booleans(), which=ANY)
    def log(self, who, words, chosen, draft, which):
        said = item_words(source=self.one(Source, which), **words)
        self.act(log_evidence, who, private=draft, words=said, bearings=self.bearings(chosen), draft=draft)

    @rule(who=ANY, which=ANY, words=WORDS, chosen=BEARINGS)
    def revise_item(self, who, which, words, chosen):
        said = item_words(source=self.source, **words)
        item, bearings = self.one(Evidence, which), self.bearings(chosen)
        options = {"words": said, "bearings": bearings, "reason": WHY}
        if item is not None:
            self.act(revise_evidence, who, evidence=item, seen_version=item.version, **options)

    @rule(who=ANY, which=ANY, verb=st.sampled_from([submit_draft, approve]))
    def bring_on(self, who, which, verb):
        self.act(verb, who, evidence=self.one(Evidence, which))

    @rule(who=ANY, which=ANY, verb=st.sampled_from([return_to_author, reject, withdraw]))
    def decide_against(self, who, which, verb):
        self.act(verb, who, evidence=self.one(Evidence, which), reason=WHY)

    @rule(which=st.integers(0, 4))
    def think_again(self, which):
        decisions = list(Event.objects.filter(verb__in=list(RIGHTS)).order_by("-id")[:5])
        if decisions:
            event = decisions[which % len(decisions)]
            self.act(undo_decision, [person.id for person in self.people].index(event.actor_id), event=event)

    @rule(who=ANY, which=ANY)
    def discard(self, who, which):
        self.act(discard_draft, who, private=True, evidence=self.one(Evidence, which))

    @rule(who=ANY, first=ANY, second=ANY)
    def link(self, who, first, second):
        words = {"item": self.one(Evidence, first), "earlier": self.one(Evidence, second)}
        self.act(link_evidence, who, kind="corrects", reason=WHY, **words)

    @rule(who=ANY, which=ANY, claim=ANY, stance=STANCES, weight=WEIGHTS)
    def bear(self, who, which, claim, stance, weight):
        [bearing] = self.bearings([(claim, stance, weight)])
        self.act(set_bearing, who, evidence=self.one(Evidence, which), bearing=bearing)

    @rule(who=ANY, which=ANY, verb=st.sampled_from([withdraw_bearing, reject_bearing, approve_bearing]))
    def decide_on_bearing(self, who, which, verb):
        reason = {} if verb is approve_bearing else {"reason": WHY}
        self.act(verb, who, bearing=self.one(Bearing, which), **reason)

    @rule(
        who=ANY, claim=ANY, verb=st.sampled_from([assess, resolve, reopen]), chance=CHANCES, day=DAYS, happened=DAYS,
        status=st.sampled_from(ClaimStatus.values), cited=st.lists(ANY, max_size=2),
    )  # fmt: skip
    def judge(self, who, claim, verb, chance, day, happened, status, cited):
        status = status if verb is resolve else "open"
        held = self.one(Claim, claim)
        live = list(Evidence.objects.filter(live=True, bearings__claim=held).order_by("id"))
        judgement = Judgement(
            as_of=on(day), rationale=WHY, confidence="low", status=status,
            probability=chance if status in ("open", "partly-borne-out") else None,
            occurred_on=None if status == "open" else on(min(day, happened)),
            annulled_because="source-gone" if status == "annulled" else None,
            cites=[live[place % len(live)].id for place in cited] if live else [],
        )  # fmt: skip
        self.act(verb, who, claim=held, judgement=judgement)

    @rule(who=ANY, claim=ANY, type=st.sampled_from(["wording", "clarification", "change-of-meaning"]), days=DAYS)
    def reword(self, who, claim, type, days):
        held = self.one(Claim, claim)
        words = claim_words(horizon=held.horizon, review_every_days=1 - days)
        options = {"words": words, "type": type, "reason": WHY, "in_force_from": on(days)}
        self.act(revise_claim, who, claim=held, seen_version=held.version, **options)

    @rule(who=ANY, which=ANY, number=st.integers(1, 4), verb=st.sampled_from(["claim", "bearing", "source"]))
    def restore(self, who, which, number, verb):
        if verb == "claim":
            held = self.one(Claim, which)
            self.act(revert_claim, who, claim=held, number=number, reason=WHY, seen_version=held.version)
        elif verb == "source":
            held = self.one(Source, which)
            self.act(revert_source, who, source=held, number=number, reason=WHY, seen_version=held.version)
        elif (revision := BearingRevision.objects.order_by("-number").first()) is not None:
            options = {"bearing": revision.bearing, "seen_version": revision.number}
            self.act(revert_bearing, who, number=number, reason=WHY, **options)

    @rule(who=ANY, which=ANY, reliability=st.sampled_from("ABCDEF"))
    def grade(self, who, which, reliability):
        held = self.one(Source, which)
        self.act(grade_source, who, source=held, reliability=reliability, reason=WHY, seen_version=held.version)

    @rule(who=ANY, first=ANY, second=ANY, kind=st.sampled_from(["evidence", "evidence", "source", "claim"]))
    def merge(self, who, first, second, kind):
        rows = {"evidence": Evidence.objects.filter(live=True), "source": Source.objects, "claim": Claim.objects}[kind]
        ids = list(rows.order_by("id").values_list("id", flat=True))
        if len(ids) > 1:
            duplicate = ids.pop(first % len(ids))
            self.act(merge, who, kind=kind, duplicate=duplicate, into=ids[second % len(ids)], reason=WHY)

    @rule(who=ANY, which=ANY, chance=CHANCES)
    def unmerge(self, who, which, chance):
        self.act(unmerge, who, merge=self.one(Merge, which), reason=WHY, probability=chance)

    @precondition(lambda self: Evidence.objects.count() > 3)  # else little else would be left
    @rule(who=ANY, which=ANY)
    def redact(self, who, which):
        item = self.one(Evidence, which)
        self.act(redact_evidence, who, evidence=item, reason=WHY, legal_basis="copyright", seen_version=item.version)

    @rule(who=ANY, claim=ANY, verb=st.sampled_from([lock_claim_for_all, unlock_claim, unlock_claim]))
    def lock(self, who, claim, verb):
        self.act(verb, who, claim=self.one(Claim, claim), reason=WHY)

    @rule(who=ANY, days=DAYS)
    def redate_article(self, who, days):
        article = Article.objects.get(id=self.article.id)
        words = ArticleWords(title="T", summary="S", paragraphs=11, published=PartialDate(on(days), on(days)))
        self.act(revise_article, who, article=article, seen_version=article.version, words=words)

    @invariant()
    def what_is_kept_agrees_with_a_recount(self):
        claims = list(Claim.objects.values_list("id", flat=True))
        assert [differences(kept, claims, today=DAY) for kept in EVERYTHING] == [[], [], []]

    @invariant()
    def numbers_of_a_claim_are_one_to_n(self):
        for claim in Claim.objects.values_list("id", flat=True):
            rows = Bearing.objects.filter(claim=claim, number__isnull=False)
            numbers = sorted(rows.values_list("number", flat=True))
            assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def every_event_has_body_and_outbox_row_and_its_commitment_can_be_worked_out_again(self):
        for event in Event.objects.exclude(id__in=self.seen):
            body = EventBody.objects.get(event=event)
            claims = EventClaim.objects.filter(event=event).values_list("claim_id", flat=True)
            told = commitment(event, claims=claims, payload=body.payload, salt=bytes(body.salt))
            assert (bytes(event.commitment), Outbox.objects.filter(event=event).count()) == (told, 1)
            self.seen.add(event.id)

    @invariant()
    def the_last_revision_of_a_bearing_says_what_it_says(self):
        for row in Bearing.objects.exclude(evidence__state__in=["draft", "withdrawn"]):
            last = BearingRevision.objects.filter(bearing=row).order_by("number").last()
            assert (last.stance, last.weight, last.state) == (row.stance, row.weight, row.state)

    @invariant()
    def every_row_is_as_its_event_told_it(self):
        assert list(differing_rows()) == []

    @invariant()
    def a_merged_item_is_off_the_site_and_leads_to_another(self):
        for row in Merge.objects.filter(subject_type="evidence", state="confirmed"):
            assert Evidence.objects.get(id=row.from_id).state in ("withdrawn", "redacted")

    @invariant()
    def a_bearing_repeats_its_item(self):
        for row in Bearing.objects.select_related("evidence"):
            assert (row.known_by, row.live) == (row.evidence.known_by, row.evidence.live)

    @invariant()
    def no_address_is_published_twice(self):
        published = Evidence.objects.filter(state="published").values_list("address_norm", flat=True)
        assert max(Counter(published).values(), default=0) <= 1


def test_any_sequence_of_acts_leaves_everything_right(db):
    few = settings(
        max_examples=15,
        stateful_step_count=30,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    run_state_machine_as_test(Acts, settings=few)
