"""Opening and revising claims."""

import pytest

from claims.actions.claim_locks import lock_claim_for_all, unlock_claim
from claims.actions.errors import Invalid, Locked, Stale, WrongState
from claims.actions.open_claim import open_claim
from claims.actions.revise_claim import revise_claim
from claims.models import NO_DUE_DATE, Claim, ClaimRevision, Event, EventBody
from tests.actions.rows import grown, row_counts
from tests.factories import DAY, a_claim, a_person, a_topic, an_article, an_assessment, claim_words, on

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return a_person("editor")


def revise(claim, *, by=None, type="wording", seen_version=None, reason="Closer to the text.", **words):
    options = {key: words.pop(key) for key in ("in_force_from", "topics") if key in words}
    said = claim_words(**{"horizon": claim.horizon, **words})
    return revise_claim(
        by=by or a_person("editor"), claim=claim, seen_version=seen_version, type=type, words=said, reason=reason,
        today=DAY, **options,
    )  # fmt: skip


def errors_of(act, *args, **words):
    with pytest.raises(Invalid) as refused:
        act(*args, **words)
    return list(refused.value.errors)


def test_opening_writes_claim_revision_topics_and_event(editor):
    article, topics = an_article(), [a_topic(), a_topic()]
    before = row_counts()
    a_claim(article, by=editor, topics=topics)
    expected = {"claim": 1, "claim_revision": 1, "claim_topic": 2, "event": 1, "event_claim": 1, "event_body": 1}
    assert grown(before) == {**expected, "outbox": 1, "follow": 1}


def test_it_is_opened_as_of_today_unless_said_otherwise(editor):
    claim = open_claim(by=editor, article=an_article(), paragraph=1, kind="prediction", words=claim_words(), today=DAY)
    assert claim.opened_on == DAY


def test_its_address_is_made_of_its_title():
    assert a_claim(title="Russia's return to the G7").slug == "russias-return-to-the-g7"


def test_two_claims_of_one_title_are_refused_in_words():
    a_claim(title="Truce")
    assert errors_of(a_claim, title="Truce") == ["title"]


def test_a_claim_without_a_due_date_sorts_last():
    assert a_claim(horizon=None).due_sort == NO_DUE_DATE


def test_the_first_wording_is_in_force_from_the_opening():
    claim = a_claim()
    revision = ClaimRevision.objects.get(claim=claim)
    assert (revision.number, revision.type, revision.in_force_from) == (1, "opening", claim.opened_on)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("title", {"title": ""}),
        ("title", {"title": "a" * 61}),
        ("title", {"title": "—"}),
        ("statement", {"statement": "a" * 301}),
        ("statement", {"statement": "\u202ereversed"}),
        ("criteria", {"criteria": ""}),
        ("fine_print", {"fine_print": "a" * 601}),
        ("horizon", {"horizon": on(-101)}),
        ("review_every_days", {"review_every_days": 0}),
        ("review_every_days", {"review_every_days": 3_661}),
        ("signposts", {"signposts": [("A treaty.", "sideways")]}),
        ("signposts", {"signposts": [("A treaty.", "up")] * 5}),
        ("kind", {"kind": "hunch"}),
        ("paragraph", {"paragraph": 12}),
        ("paragraph", {"paragraph": 0}),
        ("opened_on", {"opened_on": on(1)}),
        ("slug", {"slug": "No Slug"}),
        ("slug", {"slug": "a" * 81}),
    ],
)
def test_it_names_the_field_that_is_wrong(field, words):
    assert errors_of(a_claim, **words) == [field]


def test_empty_signposts_are_left_out():
    claim = a_claim(signposts=[("", "up"), ("A treaty.", "down")])
    assert ClaimRevision.objects.get(claim=claim).signposts == [{"text": "A treaty.", "direction": "down"}]


def test_a_wording_overwrites_nothing():
    claim = a_claim(title="Before")
    revise(claim, title="After")
    said = ClaimRevision.objects.filter(claim=claim).order_by("number").values_list("number", "title", "type")
    assert list(said) == [(1, "Before", "opening"), (2, "After", "wording")]


def test_the_claim_keeps_the_words_in_force():
    assert revise(a_claim(), title="After").claim.title == "After"


def test_a_wording_can_be_in_force_from_an_earlier_day():
    claim = a_claim()
    revise(claim, title="After", in_force_from=on(-40))
    assert ClaimRevision.objects.get(claim=claim, number=2).in_force_from == on(-40)


@pytest.mark.parametrize("days", [-101, 1])
def test_a_wording_is_in_force_between_opening_and_today(days):
    assert errors_of(revise, a_claim(), in_force_from=on(days)) == ["in_force_from"]


def test_another_due_date_is_a_change_of_meaning():
    assert errors_of(revise, a_claim(), horizon=on(300)) == ["horizon"]


@pytest.mark.parametrize(
    ("field", "wrong"), [("type", {"type": "opening"}), ("type", {"type": "whim"}), ("reason", {"reason": ""})]
)
def test_a_revision_names_the_field_that_is_wrong(field, wrong):
    assert errors_of(revise, a_claim(), **wrong) == [field]


def test_a_stale_revision_is_refused():
    claim = a_claim()
    revise(claim)
    with pytest.raises(Stale):
        revise(claim, seen_version=claim.version)


def test_a_judgement_makes_a_revision_stale():
    claim = a_claim()
    an_assessment(claim)
    with pytest.raises(Stale):
        revise(claim, seen_version=claim.version)


def test_a_wording_does_not_reach_back_behind_the_last_one():
    claim = a_claim()
    revise(claim, in_force_from=on(-20))
    assert errors_of(revise, claim, in_force_from=on(-30)) == ["in_force_from"]


def test_its_topics_are_replaced_where_given():
    old, new = a_topic(), a_topic()
    claim = a_claim(topics=[old])
    revise(claim, topics=[new])
    assert list(claim.claim_topics.values_list("topic", flat=True)) == [new.id]


def test_the_event_of_a_revision_tells_the_topics():
    old, new = a_topic(), a_topic(slug="the-new-one")
    claim = a_claim(topics=[old])
    revise(claim, topics=[new])
    assert EventBody.objects.get(event__verb="claim-revised").payload["topics"] == ["the-new-one"]


def test_its_topics_stay_where_none_are_given():
    topic = a_topic()
    claim = a_claim(topics=[topic])
    revise(claim)
    assert list(claim.claim_topics.values_list("topic", flat=True)) == [topic.id]


def restate(claim, **words):
    return revise(claim, type="change-of-meaning", **{"horizon": on(300), **words})


def test_a_change_of_meaning_opens_a_successor():
    claim = a_claim(paragraph=3, kind="conditional")
    successor = restate(claim, title="Another").successor
    assert (successor.article, successor.paragraph, successor.kind, successor.opened_on, successor.title) == (
        claim.article, 3, "conditional", DAY, "Another",
    )  # fmt: skip


def test_the_successor_takes_over_the_topics():
    topic = a_topic()
    successor = restate(a_claim(topics=[topic])).successor
    assert list(successor.claim_topics.values_list("topic", flat=True)) == [topic.id]


def test_the_successor_of_the_same_title_has_an_address_of_its_own():
    claim = a_claim(title="Truce")
    assert restate(claim, title="Truce").successor.slug == "truce-2"


def test_the_old_wording_stays():
    claim = a_claim(title="Before")
    restate(claim, title="After")
    assert Claim.objects.get(id=claim.id).title == "Before"


def test_the_page_address_of_a_successor_is_cut_between_words():
    title = "щ" * 18 + "a bc"  # shch, eighteen times
    assert restate(a_claim(), title=title).successor.slug == "shch" * 18 + "a"


def test_the_restatement_gives_its_reason():
    claim = a_claim()
    restate(claim, reason="The article names another month.")
    assert claim.assessments.get().rationale == "The article names another month."


def test_a_settled_claim_is_not_restated():
    claim = a_claim()
    an_assessment(claim, status="borne-out")
    with pytest.raises(WrongState):
        restate(claim)


def test_a_restated_claim_is_not_restated_again():
    claim = a_claim()
    restate(claim)
    with pytest.raises(WrongState):
        restate(claim)


def test_a_change_of_meaning_with_a_wrong_word_stores_nothing(editor):
    claim = a_claim()
    before = row_counts()
    with pytest.raises(Invalid):
        restate(claim, by=editor, horizon=on(-1))
    assert grown(before) == {}


def test_a_locked_claim_is_not_revised():
    claim = a_claim()
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="A dispute.", today=DAY)
    with pytest.raises(Locked, match="A dispute"):
        revise(claim)


def test_an_unlocked_claim_is_revised_again():
    claim, moderator = a_claim(), a_person("moderator")
    lock_claim_for_all(by=moderator, claim=claim, reason="A dispute.", today=DAY)
    unlock_claim(by=moderator, claim=claim, reason="Settled.", today=DAY)
    assert revise(claim, title="After").claim.title == "After"


@pytest.mark.parametrize("act", [lock_claim_for_all, unlock_claim])
def test_a_lock_changes_with_a_reason(act):
    with pytest.raises(Invalid) as refused:
        act(by=a_person("moderator"), claim=a_claim(), reason="", today=DAY)
    assert list(refused.value.errors) == ["reason"]


def test_a_claim_is_locked_once():
    claim, moderator = a_claim(), a_person("moderator")
    lock_claim_for_all(by=moderator, claim=claim, reason="A dispute.", today=DAY)
    with pytest.raises(WrongState):
        lock_claim_for_all(by=moderator, claim=claim, reason="A dispute.", today=DAY)


def test_a_claim_that_is_not_locked_is_not_unlocked():
    with pytest.raises(WrongState):
        unlock_claim(by=a_person("moderator"), claim=a_claim(), reason="Why not.", today=DAY)


def test_locking_is_told():
    claim = a_claim()
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="A dispute.", today=DAY)
    event = Event.objects.get(verb="claim-locked")
    assert (event.subject_id, event.body.payload) == (claim.id, {"reason": "A dispute."})


def test_a_restated_claim_is_not_resolved_in_its_successors_place():
    claim = a_claim()
    restate(claim)
    with pytest.raises(WrongState, match="successor"):
        an_assessment(claim, status="borne-out")


def test_a_topic_given_twice_is_one_topic():
    topic = a_topic()
    assert a_claim(topics=[topic, topic]).claim_topics.count() == 1


def test_the_event_of_a_restatement_names_the_successor():
    revised = restate(a_claim())
    assert Event.objects.get(verb="claim-restated").body.payload["successor"] == revised.successor.slug
