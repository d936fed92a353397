"""Many people at once on the same claims: nobody meets a deadlock, and what is kept is right afterwards."""

import random

from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.decide import approve, return_to_author, withdraw
from claims.actions.errors import ActionError, WrongState
from claims.actions.judge import assess
from claims.actions.kept import EVERYTHING, differences
from claims.actions.log_evidence import log_evidence
from claims.actions.revise_evidence import link_evidence, revise_evidence, words_of
from claims.models import Bearing, Claim, Event, Evidence
from tests.actions.threads import at_once
from tests.factories import DAY, a_claim, a_judgement, a_person, a_source, an_item, bearings_on, item_words, on

SAME_MOMENT = "at the same moment"


class Desk:
    """Five claims, people of every role, and things that one of them may do to the claims at random."""

    def __init__(self):
        self.claims = [a_claim() for _ in range(5)]
        self.source = a_source()
        self.analysts = [a_person("analyst") for _ in range(3)]
        self.editor, self.moderator = a_person("editor"), a_person("moderator")
        for analyst in self.analysts:
            for _ in range(4):
                self.log(random.Random(1), analyst)
        for _ in range(6):
            self.log(random.Random(2), self.editor)

    def some(self, chance, model):
        return chance.choice(list(model.objects.all()))

    def log(self, chance, by=None):
        claims = chance.sample(self.claims, chance.randint(1, 4))
        address = chance.choice([f"https://news.example/{n}" for n in range(30)])
        words = item_words(source=self.source, address=address, story=chance.choice(["", "summit"]))
        log_evidence(by=by or self.editor, words=words, bearings=bearings_on(*claims), today=DAY)

    def approve(self, chance):
        approve(by=self.moderator, evidence=self.some(chance, Evidence), today=DAY)

    def send_back(self, chance):
        return_to_author(by=self.moderator, evidence=self.some(chance, Evidence), reason="Date?", today=DAY)

    def withdraw(self, chance):
        withdraw(by=self.moderator, evidence=self.some(chance, Evidence), reason="Forged.", today=DAY)

    def revise(self, chance):
        item = self.some(chance, Evidence)
        words = item_words(**{**vars(words_of(item)), "published": str(on(-chance.randint(0, 60)))})
        revise_evidence(by=self.editor, evidence=item, seen_version=None, words=words, reason="Date.", today=DAY)

    def link(self, chance):
        items = {"item": self.some(chance, Evidence), "earlier": self.some(chance, Evidence)}
        link_evidence(by=self.editor, kind="corrects", reason="Erratum.", today=DAY, **items)

    def bear(self, chance):
        bearing = bearings_on((chance.choice(self.claims), "mixed", "slight"))[0]
        set_bearing(by=self.editor, evidence=self.some(chance, Evidence), bearing=bearing, today=DAY)

    def unbear(self, chance):
        withdraw_bearing(by=self.moderator, bearing=self.some(chance, Bearing), reason="No.", today=DAY)

    def assess(self, chance):
        claim = chance.choice(self.claims)
        cites = [row.evidence_id for row in Bearing.objects.filter(claim=claim, live=True, state="published")[:2]]
        assess(by=self.editor, claim=claim, judgement=a_judgement(cites=cites), today=DAY)

    def act_at_random(self, seed, times):
        """The refusals met; they are all of a sort that a person can be told of."""
        chance, refusals = random.Random(seed), []
        verbs = [self.log, self.log, self.approve, self.send_back, self.withdraw, self.revise, self.link]
        verbs += [self.bear, self.unbear, self.assess, self.assess]
        for _ in range(times):
            try:
                chance.choice(verbs)(chance)
            except ActionError as refusal:
                refusals.append(refusal)
        return refusals


def test_eight_at_once_on_five_claims_meet_no_deadlock_and_leave_all_right(empty_cloned_db):
    desk = Desk()
    results = at_once(*[lambda seed=seed: desk.act_at_random(seed, 25) for seed in range(8)])
    crashed = [result for result in results if isinstance(result, Exception)]
    deadlocked = [one for result in results if isinstance(result, list) for one in result if SAME_MOMENT in str(one)]
    claims = [claim.id for claim in desk.claims]
    wrong = [differences(kept, claims, today=DAY) for kept in EVERYTHING]
    assert (crashed, deadlocked, wrong) == ([], [], [[], [], []])


def test_eight_at_once_leave_numbers_without_gaps(empty_cloned_db):
    desk = Desk()
    at_once(*[lambda seed=seed: desk.act_at_random(seed, 10) for seed in range(100, 108)])
    for claim in desk.claims:
        numbers = Bearing.objects.filter(claim=claim, number__isnull=False).values_list("number", flat=True)
        assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_one_item_is_decided_on_once(empty_cloned_db):
    item, moderators = an_item([a_claim()], by=a_person("analyst")), [a_person("moderator") for _ in range(4)]
    results = at_once(*[lambda by=by: approve(by=by, evidence=item, today=DAY) for by in moderators])
    refused = [result for result in results if isinstance(result, WrongState)]
    assert (len(refused), Event.objects.filter(verb="evidence-approved").count()) == (3, 1)


def test_of_two_judgements_at_once_the_kept_one_is_the_last_recorded(empty_cloned_db):
    claim, editor = a_claim(), a_person("editor")
    at_once(*[lambda: assess(by=editor, claim=claim, judgement=a_judgement(), today=DAY)] * 4)
    last = claim.assessments.order_by("-recorded_at", "-id")[0]
    assert Claim.objects.get(id=claim.id).assessment == last


def test_of_two_who_saw_the_same_version_one_is_told(empty_cloned_db):
    claim, editor = a_claim(), a_person("editor")

    def judge():
        return assess(by=editor, claim=claim, judgement=a_judgement(), seen_version=claim.version, today=DAY)

    assert sorted(type(result).__name__ for result in at_once(judge, judge)) == ["Assessment", "Stale"]
