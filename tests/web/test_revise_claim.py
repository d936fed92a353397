"""Revising and locking a claim at the desk."""

import pytest
from django.test import Client
from django.utils.html import escape

from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.claim_words import ClaimWords
from claims.actions.revise_claim import revise_claim
from claims.models import Claim, ClaimRevision, Event
from tests.factories import DAY, a_claim, a_person, a_topic, the_house

PATH = "/desk/claims/the-treaty/revise/"
LOCK = "/desk/claims/the-treaty/lock/"


pytestmark = pytest.mark.usefixtures("fixed_day")


@pytest.fixture
def claim(db) -> Claim:
    return a_claim(
        slug="the-treaty",
        topics=[a_topic("Treaties", slug="treaties")],
        title="The treaty",
        statement="The two governments sign a treaty.",
        criteria="Both say that it is signed.",
    )


@pytest.fixture
def editor(client: Client, claim: Claim) -> Client:
    client.force_login(a_person("editor"))
    return client


@pytest.fixture
def moderator(client: Client, claim: Claim) -> Client:
    client.force_login(a_person("moderator"))
    return client


def form(claim: Claim, **changes: object) -> dict[str, object]:
    """What a browser sends of the form as it is opened, with a better statement."""
    return {
        "title": "The treaty",
        "statement": "Both governments sign a treaty.",
        "criteria": "Both say that it is signed.",
        "fine_print": "",
        "horizon": "2026-12-18",
        "author_confidence": "will",
        "signpost_1": "A treaty is signed.",
        "direction_1": "up",
        "signpost_2": "Talks break down.",
        "direction_2": "down",
        "review_every_days": "60",
        "topics": ["treaties"],
        "type": "wording",
        "reason": "Shorter.",
        "version": claim.version,
        **changes,
    }


def revise_elsewhere(claim: Claim, statement: str) -> None:
    """Somebody else is faster."""
    words = ClaimWords(
        title="The treaty", statement=statement, criteria="Both say that it is signed.", horizon=claim.horizon
    )
    revise_claim(
        by=the_house(), claim=claim, seen_version=None, type="wording", words=words, reason="Faster.", today=DAY
    )


def refused(client: Client, path: str, data: dict[str, object], status: int = 422) -> str:
    events = Event.objects.count()
    response = client.post(path, data)
    assert response.status_code == status
    assert Event.objects.count() == events
    return response.content.decode()


@pytest.mark.parametrize("roles", [[], ["analyst"], ["moderator"]])
def test_it_is_for_editors(claim, client, roles):
    client.force_login(a_person(*roles))
    assert client.get(PATH).status_code == 403
    assert client.post(PATH, form(claim)).status_code == 403


def test_it_says_that_there_is_no_such_claim(editor):
    response = editor.get("/desk/claims/no-such-claim/revise/")
    assert response.status_code == 404
    assert "There is no claim at this address." in response.content.decode()


def test_it_begins_with_the_wording_in_force(editor, claim):
    html = editor.get(PATH).content.decode()
    for words in ("The two governments sign a treaty.", 'value="2026-12-18"', 'value="A treaty is signed."'):
        assert words in html
    assert f'name="version" value="{claim.version}"' in html


def test_it_stores_another_wording_and_shows_the_claim(editor, claim):
    response = editor.post(PATH, form(claim))
    assert (response.status_code, response["Location"]) == (302, "/claims/the-treaty/")
    claim.refresh_from_db()
    assert claim.statement == "Both governments sign a treaty."
    assert ClaimRevision.objects.filter(claim=claim, type="wording", reason="Shorter.").exists()


def test_it_sets_the_topics(editor, claim):
    a_topic("Peace", slug="peace")
    editor.post(PATH, form(claim, topics=["peace"]))
    assert [row.topic.slug for row in claim.claim_topics.all()] == ["peace"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"type": ""}, "Choose what the new wording does to the claim."),
        ({"type": "opening"}, "Choose what the new wording does to the claim."),
        ({"reason": ""}, "Say why the wording changes."),
        ({"reason": "x" * 501}, "This has 501 characters and may have 500"),
        ({"statement": "The two governments sign a treaty."}, "Nothing is changed yet"),
        ({"horizon": "2027-12-18"}, "Another due date changes what is claimed: choose “change of meaning”."),
        ({"horizon": "", "open_ended": "on"}, "Another due date changes what is claimed"),
        ({"horizon": "2020-01-01"}, "The claim falls due before it was opened."),
        ({"statement": "x" * 1_000_000}, "This has 1,000,000 characters and may have 300"),
    ],
)
def test_it_says_what_is_wrong(editor, claim, changes, words):
    assert escape(words) in refused(editor, PATH, form(claim, **changes))


def test_it_takes_line_ends_of_a_browser_for_no_change(editor):
    claim = a_claim(slug="two-lines", title="Two lines", statement="It is.", criteria="One line.\nAnother.")
    data = form(claim, title="Two lines", statement="It is.", criteria="One line.\r\nAnother.\r\n", topics=[])
    assert "Nothing is changed yet" in refused(editor, "/desk/claims/two-lines/revise/", data)


@pytest.mark.parametrize("version", ["0", "", "-1", "99", "abc", "1; drop", "9" * 40])
def test_it_takes_any_other_version_for_a_stale_one(editor, claim, version):
    html = refused(editor, PATH, form(claim, version=version), 409)
    assert "was changed by somebody else since you opened it" in html


def test_a_stale_form_keeps_what_was_typed_beside_what_stands_now(editor, claim):
    data = form(claim)
    revise_elsewhere(claim, "The two governments have signed a treaty.")
    html = refused(editor, PATH, data, 409)
    assert ">\nBoth governments sign a treaty.</textarea>" in html
    beside = html.split('class="beside"')[1].split("</section>")[0]
    assert "taken out: </span>The two" in beside
    assert "added: </span>Both" in beside


def test_a_stale_form_shows_what_stands_now_of_topics_and_things_to_watch(editor, claim):
    data = form(claim, topics=[])
    revise_elsewhere(claim, "The two governments have signed a treaty.")
    html = refused(editor, PATH, data, 409)
    beside = html.split('class="beside"')[1].split("</section>")[0]
    assert "Topics" in beside
    assert "Things to watch" in beside
    assert "Title" not in beside


def test_a_stale_form_can_be_sent_again(editor, claim):
    data = form(claim)
    revise_elsewhere(claim, "The two governments have signed a treaty.")
    html = refused(editor, PATH, data, 409)
    claim.refresh_from_db()
    assert f'name="version" value="{claim.version}"' in html
    assert editor.post(PATH, form(claim)).status_code == 302


def test_a_change_of_meaning_opens_a_successor_and_shows_it(editor, claim):
    response = editor.post(PATH, form(claim, type="change-of-meaning", title="The wider treaty", horizon="2027-12-18"))
    assert (response.status_code, response["Location"]) == (302, "/claims/the-wider-treaty/")
    claim.refresh_from_db()
    assert (claim.status, claim.annulled_because) == ("annulled", "restated")
    page = editor.get("/claims/the-wider-treaty/").content.decode()
    assert "“The treaty” is annulled as restated" in page


def test_it_explains_what_a_change_of_meaning_does(editor):
    assert "annulled with the reason" in editor.get(PATH).content.decode()


def test_a_locked_claim_says_so_before_and_after(editor, claim):
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="Under dispute.", today=DAY)
    assert "Under dispute." in editor.get(PATH).content.decode()
    html = refused(editor, PATH, form(claim), 409)
    assert "“The treaty” is locked: Under dispute." in html
    assert "Both governments sign a treaty." in html


def test_it_asks_the_database_as_often_with_many_wordings(editor, claim, django_assert_max_num_queries):
    for number in range(12):
        revise_elsewhere(claim, f"Wording {number}.")
    with django_assert_max_num_queries(9):
        assert editor.get(PATH).status_code == 200


def test_locking_is_for_moderators(editor):
    assert editor.get(LOCK).status_code == 403


def test_it_locks_and_unlocks(moderator, claim):
    response = moderator.post(LOCK, {"reason": "Under dispute.", "act": "lock"})
    assert (response.status_code, response["Location"]) == (302, "/claims/the-treaty/")
    claim.refresh_from_db()
    assert claim.locked_because == "Under dispute."
    moderator.post(LOCK, {"reason": "Settled.", "act": "unlock"})
    claim.refresh_from_db()
    assert claim.locked_by is None


def test_it_does_not_unlock_what_another_moderator_has_locked_in_the_meantime(moderator, claim):
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="Faster.", today=DAY)
    html = refused(moderator, LOCK, {"reason": "Under dispute.", "act": "lock"}, 409)
    assert "The claim is locked already." in html
    assert 'value="unlock"' in html


def test_it_asks_why_it_is_locked(moderator):
    assert "Say why." in refused(moderator, LOCK, {"reason": " ", "act": "lock"})
