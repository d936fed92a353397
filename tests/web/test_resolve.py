"""Resolving a claim at the desk, resolving it otherwise, and reopening it."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.html import escape

from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.claim_words import ClaimWords
from claims.actions.revise_claim import revise_claim
from claims.models import Assessment, Claim, Event
from claims.web.desk.quoted import lines_of
from tests.factories import DAY, a_claim, a_person, an_assessment, an_item, on, the_house

RESOLVE = "/desk/claims/the-treaty/resolve/"
REOPEN = "/desk/claims/the-treaty/reopen/"
WHY = "Both foreign ministries published the signed text on the same day."


pytestmark = pytest.mark.usefixtures("fixed_day")


@pytest.fixture
def claim(db) -> Claim:
    return a_claim(
        slug="the-treaty",
        title="The treaty",
        criteria="Both say so in public. A draft does not count.\nBy 31 December.",
    )


@pytest.fixture
def editor(client: Client, claim: Claim) -> Client:
    client.force_login(a_person("editor"))
    return client


def form(claim: Claim, **changes: object) -> dict[str, object]:
    claim.refresh_from_db()
    return {
        "status": "borne-out",
        "probability": "",
        "annulled_because": "",
        "occurred_on": "2026-05-20",
        "as_of": DAY.isoformat(),
        "confidence": "high",
        "rationale": WHY,
        "numbers": "",
        "version": claim.version,
        **changes,
    }


def refused(client: Client, path: str, data: dict[str, object], status: int = 422) -> str:
    before = (Assessment.objects.count(), Event.objects.count())
    response = client.post(path, data)
    assert response.status_code == status
    assert (Assessment.objects.count(), Event.objects.count()) == before
    return response.content.decode()


@pytest.mark.parametrize("path", [RESOLVE, REOPEN])
@pytest.mark.parametrize("roles", [[], ["analyst"], ["moderator"]])
def test_it_is_for_editors(claim, client, path, roles):
    client.force_login(a_person(*roles))
    assert client.get(path).status_code == 403
    assert client.post(path, form(claim)).status_code == 403


@pytest.mark.parametrize("act", ["resolve", "reopen"])
def test_it_says_that_there_is_no_such_claim(editor, act):
    assert editor.get(f"/desk/claims/no-such-claim/{act}/").status_code == 404


def test_it_quotes_the_criteria_line_by_line(editor):
    html = editor.get(RESOLVE).content.decode()
    for line in ("Both say so in public.", "A draft does not count.", "By 31 December."):
        assert f'<li><span dir="auto">{line}</span></li>' in html


def test_it_says_that_it_takes_force_at_once(editor):
    assert "takes force at once" in editor.get(RESOLVE).content.decode()


def test_it_settles_a_claim_at_once_and_shows_it(editor, claim):
    an_item([claim])
    response = editor.post(RESOLVE, form(claim, cites=["1"]))
    assert (response.status_code, response["Location"]) == (302, "/claims/the-treaty/")
    claim.refresh_from_db()
    assert (claim.status, claim.probability, claim.occurred_on) == ("borne-out", 1, date(2026, 5, 20))
    assert Assessment.objects.get().citations.count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "probability"),
    [
        ({"status": "borne-out", "probability": "100"}, "borne-out", Decimal(1)),
        ({"status": "not-borne-out"}, "not-borne-out", Decimal(0)),
        ({"status": "partly-borne-out", "probability": "40"}, "partly-borne-out", Decimal("0.4")),
        ({"status": "ambiguous", "occurred_on": ""}, "ambiguous", None),
        ({"status": "annulled", "annulled_because": "source-gone", "occurred_on": ""}, "annulled", None),
    ],
)
def test_it_settles_a_claim_in_each_way(editor, claim, changes, status, probability):
    assert editor.post(RESOLVE, form(claim, **changes)).status_code == 302
    made = Assessment.objects.get()
    assert (made.status, made.probability) == (status, probability)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": ""}, "Choose how the claim is settled."),
        ({"status": "open"}, "Choose how the claim is settled."),
        ({"status": "partly-borne-out"}, "Give the probability."),
        ({"status": "partly-borne-out", "probability": "0"}, "Give a probability above 0"),
        ({"status": "partly-borne-out", "probability": "100"}, "Give a probability above 0"),
        ({"status": "partly-borne-out", "probability": "NaN"}, "Give the probability in per cent"),
        ({"status": "borne-out", "probability": "40"}, "A claim that is borne out stands at 100"),
        ({"status": "ambiguous", "probability": "40"}, "An ambiguous or annulled claim has no probability."),
        ({"status": "annulled"}, "Say why the claim is annulled."),
        ({"status": "annulled", "annulled_because": "restated"}, "Say why the claim is annulled."),
        ({"annulled_because": "source-gone"}, "Only an annulled claim has such a reason."),
        ({"occurred_on": "2026-06-02", "as_of": "2026-06-01"}, "It cannot have happened after the day"),
        ({"occurred_on": "yesterday"}, "“yesterday” is not a date."),
        ({"as_of": "2026-06-02"}, "2 Jun 2026 has not come yet."),
        ({"as_of": ""}, "Give the day that the judgement speaks of."),
        ({"confidence": ""}, "Choose how firm the analysis is."),
        ({"rationale": ""}, "Say why, so that a reader can weigh it."),
        ({"rationale": "x" * 1_000_000}, "This has 1,000,000 characters and may have 3,000"),
        ({"numbers": "7"}, "Item 7 does not bear on this claim"),
    ],
)
def test_it_says_what_is_wrong(editor, claim, changes, words):
    assert escape(words) in refused(editor, RESOLVE, form(claim, **changes))


def test_it_keeps_all_that_was_typed(editor, claim):
    html = refused(editor, RESOLVE, form(claim, status="partly-borne-out", probability="none", numbers="x"))
    assert WHY in html
    assert 'value="2026-05-20"' in html
    assert 'value="none"' in html
    assert "checked" in html.split('value="partly-borne-out"')[1].split(">")[0]


def test_hindsight_names_the_items(editor, claim):
    an_item([claim], published="2026-05-25")
    html = refused(editor, RESOLVE, form(claim, as_of="2026-05-20", cites=["1"]))
    assert "Not known by 20 May 2026: [1] (known from 25 May 2026)." in html


def test_a_stale_form_shows_what_stands_now(editor, claim):
    data = form(claim)
    an_assessment(claim, as_of=on(-1), rationale="A colleague was faster.")
    html = refused(editor, RESOLVE, data, 409)
    assert WHY in html
    assert "A colleague was faster." in html


def test_a_settled_claim_can_be_settled_otherwise(editor, claim):
    an_assessment(claim, as_of=on(-5), status="borne-out")
    assert "It is settled already: borne out" in editor.get(RESOLVE).content.decode()
    editor.post(RESOLVE, form(claim, status="not-borne-out"))
    claim.refresh_from_db()
    assert claim.status == "not-borne-out"
    assert Assessment.objects.count() == 2


def test_a_restated_claim_points_to_its_successor(editor, claim):
    words = ClaimWords(title="The wider treaty", statement="More is signed.", criteria="Both say so.")
    revise_claim(
        by=the_house(),
        claim=claim,
        seen_version=None,
        type="change-of-meaning",
        words=words,
        reason="Wider.",
        today=DAY,
    )
    assert 'href="/claims/the-wider-treaty/"' in editor.get(RESOLVE).content.decode()


def test_a_locked_claim_says_so(editor, claim):
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="Under dispute.", today=DAY)
    assert "Under dispute." in editor.get(RESOLVE).content.decode()
    assert "is locked: Under dispute." in refused(editor, RESOLVE, form(claim), 409)


def test_it_reopens_a_settled_claim(editor, claim):
    an_assessment(claim, as_of=on(-5), status="borne-out")
    data = form(claim, probability="60", rationale="The signature was withdrawn.")
    response = editor.post(REOPEN, data)
    assert (response.status_code, response["Location"]) == (302, "/claims/the-treaty/")
    claim.refresh_from_db()
    assert (claim.status, claim.probability) == ("open", Decimal("0.6"))


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"probability": ""}, 422, "Give the probability."),
        ({"probability": "100"}, 422, "Give a probability above 0"),
        ({"as_of": "2026-05-20", "probability": "60"}, 422, "The claim was settled after that day"),
        ({"version": "0", "probability": "60"}, 409, "was changed by somebody else"),
    ],
)
def test_it_says_why_it_cannot_be_reopened(editor, claim, changes, status, words):
    an_assessment(claim, as_of=on(-5), status="borne-out")
    assert words in refused(editor, REOPEN, form(claim, **changes), status)


def test_an_open_claim_cannot_be_reopened(editor, claim):
    assert "Assess it</a> instead." in editor.get(REOPEN).content.decode()
    assert "The claim is open." in refused(editor, REOPEN, form(claim, probability="60"), 409)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("One.", ["One."]),
        ("One. Two; Three? Four", ["One.", "Two;", "Three?", "Four"]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("He said “never.” Then he left.", ["He said “never.”", "Then he left."]),
        (
            "Mr. Witkoff and the U.S. Treasury sign No. 3 of it.",
            ["Mr. Witkoff and the U.S. Treasury sign No. 3 of it."],
        ),
        ("It rises by 1.5 per cent, i.e. more than before.", ["It rises by 1.5 per cent, i.e. more than before."]),
        ("First (a). Second.", ["First (a).", "Second."]),
    ],
)
def test_a_line_of_the_criteria_is_a_sentence(text, lines):
    assert lines_of(text) == lines
