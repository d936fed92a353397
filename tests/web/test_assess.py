"""Assessing a claim at the desk, citing its items."""

import re
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils.html import escape

from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.decide import withdraw
from claims.models import Assessment, Claim, Event
from tests.factories import DAY, a_claim, a_person, an_assessment, an_item, many_items, on
from tests.web.desk import signed_out

PATH = "/desk/claims/the-treaty/assess/"
FORM = "application/x-www-form-urlencoded"
WHY = "Both capitals have named their delegations and a date, which they had refused for a year."


pytestmark = pytest.mark.usefixtures("fixed_day")


@pytest.fixture
def claim(db) -> Claim:
    return a_claim(
        slug="the-treaty",
        title="The treaty",
        statement="The two governments sign a treaty.",
        criteria="Both say that it is signed. A draft does not count.",
        fine_print="By video counts.",
    )


@pytest.fixture
def editor(client: Client, claim: Claim) -> Client:
    client.force_login(a_person("editor"))
    return client


def form(claim: Claim, **changes: object) -> dict[str, object]:
    claim.refresh_from_db()
    return {
        "as_of": DAY.isoformat(),
        "probability": "6.5",
        "confidence": "moderate",
        "rationale": WHY,
        "numbers": "",
        "version": claim.version,
        **changes,
    }


def refused(client: Client, data: dict[str, object], status: int = 422, path: str = PATH) -> str:
    """The page that comes back where nothing may have been stored."""
    before = (Assessment.objects.count(), Event.objects.count())
    response = client.post(path, data)
    assert response.status_code == status
    assert (Assessment.objects.count(), Event.objects.count()) == before
    return response.content.decode()


def offered(html: str) -> list[int]:
    """The numbers of the items that can be ticked, in their order."""
    return [int(number) for number in re.findall(r'id="cite-(\d+)"', html)]


def ticked(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="cite-(\d+)"[^>]* checked', html)]


def cited(assessment: Assessment) -> set[str]:
    return {row.evidence.title for row in assessment.citations.all()}


@pytest.mark.parametrize("roles", [[], ["analyst"], ["moderator"]])
def test_it_is_for_editors(claim, client, roles):
    client.force_login(a_person(*roles))
    assert client.get(PATH).status_code == 403
    assert client.post(PATH, form(claim)).status_code == 403


def test_it_sends_strangers_to_sign_in(claim, client):
    assert client.get(PATH).status_code == 302


def test_it_says_that_there_is_no_such_claim(editor):
    assert editor.get("/desk/claims/no-such-claim/assess/").status_code == 404


def test_it_is_kept_by_nobody(editor):
    assert "no-store" in editor.get(PATH)["Cache-Control"]


def test_it_stores_an_assessment_and_shows_the_claim(editor, claim):
    response = editor.post(PATH, form(claim))
    assert (response.status_code, response["Location"]) == (302, "/claims/the-treaty/")
    made = Assessment.objects.get()
    assert (made.as_of, made.status, made.probability, made.confidence) == (DAY, "open", Decimal("0.065"), "moderate")
    assert made.rationale == WHY


def test_it_says_what_was_stored(editor, claim):
    editor.post(PATH, form(claim))
    page = editor.get("/claims/the-treaty/").content.decode()
    assert "Stored: 6.5\u00a0%, very unlikely, as of 1 Jun 2026." in page


def test_it_says_that_a_later_judgement_still_stands(editor, claim):
    an_assessment(claim, as_of=on(-5))
    editor.post(PATH, form(claim, as_of=on(-20).isoformat()))
    page = editor.get("/claims/the-treaty/").content.decode()
    assert "The claim still stands by the judgement of 27 May 2026" in page


def test_it_shows_what_is_judged(editor, claim):
    html = editor.get(PATH).content.decode()
    assert "The two governments sign a treaty." in html
    for line in ("Both say that it is signed.", "A draft does not count.", "By video counts."):
        assert f'<li><span dir="auto">{line}</span></li>' in html


def test_it_shows_the_last_judgement_with_what_it_cites(editor, claim):
    item = an_item([claim])
    an_assessment(claim, as_of=on(-5), cites=[item], rationale="Talks go on.")
    html = editor.get(PATH).content.decode()
    assert "40\u00a0%, unlikely" in html
    assert "Talks go on." in html
    assert "Cites 1." in html


def test_it_says_that_a_claim_was_never_assessed(editor):
    assert "Not assessed yet" in editor.get(PATH).content.decode()


def test_it_shows_the_scale_of_words_without_a_script(editor):
    html = editor.get(PATH).content.decode()
    assert "<b>roughly even</b> up to 55\u00a0%" in html
    assert "<b>almost certain</b> over 95\u00a0%" in html


def test_it_begins_today_with_nothing_chosen(editor):
    html = editor.get(PATH).content.decode()
    assert 'value="2026-06-01"' in html
    assert " checked" not in html


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"probability": ""}, "Give the probability."),
        ({"probability": "170"}, "Give a probability above 0 % and below 100 %."),
        ({"probability": "0"}, "Give a probability above 0 % and below 100 %."),
        ({"probability": "100"}, "Give a probability above 0 % and below 100 %."),
        ({"probability": "1.75"}, "A tenth of a per cent is as fine as it goes."),
        ({"probability": "NaN"}, "Give the probability in per cent, above 0 and below 100, such as 6 or 6.5."),
        ({"probability": "Infinity"}, "Give the probability in per cent"),
        ({"probability": "-6"}, "Give the probability in per cent"),
        ({"probability": "1e1"}, "Give the probability in per cent"),
        ({"probability": "٦"}, "Give the probability in per cent"),
        ({"probability": "6,5"}, "Write 6.5, with a point before the tenths."),
        ({"probability": "6" * 1_000_000}, "Give the probability in per cent"),
        ({"confidence": ""}, "Choose how firm the analysis is."),
        ({"confidence": "very"}, "Choose how firm the analysis is."),
        ({"as_of": ""}, "Give the day that the judgement speaks of."),
        ({"as_of": "2026-06-02"}, "2 Jun 2026 has not come yet."),
        ({"as_of": "2026-02-30"}, "February 2026 has 28 days"),
        ({"as_of": "0000-00-00"}, "The year 0000 is out of range."),
        ({"as_of": "2025-01-01"}, "The claim was opened on 21 Feb 2026."),
        ({"rationale": ""}, "Say why, so that a reader can weigh it."),
        ({"rationale": " \u200b\n"}, "Say why, so that a reader can weigh it."),
        ({"rationale": "x" * 1_000_000}, "This has 1,000,000 characters and may have 3,000"),
        ({"rationale": "It\0moves"}, "control character (U+0000)"),
        ({"numbers": "99"}, "Item 99 does not bear on this claim, or not in public, and cannot be cited."),
        ({"numbers": "98 99"}, "Items 98, 99 do not bear on this claim"),
        ({"numbers": "one"}, "“one” is not the number of an item. Write numbers, such as 34, 35."),
        ({"numbers": "1.5"}, "“1.5” is not the number of an item."),
        ({"numbers": "9999999999999"}, "is not the number of an item."),
        ({"numbers": "1 " * 500_000}, "does not bear on this claim"),
        ({"numbers": "x" * 1_000_000}, "is not the number of an item."),
        ({"numbers": " ".join(str(n) for n in range(1, 300))}, "Cite 200 items at most"),
        ({"cites": ["0190a5f0-0000-7000-8000-000000000000"]}, "is not the number of an item."),
        ({"cites": ["77"]}, "Item 77 does not bear on this claim"),
    ],
)
def test_it_says_what_is_wrong(editor, claim, changes, words):
    assert escape(words.replace(" %", "\u00a0%")) in refused(editor, form(claim, **changes)).replace(" %", "\u00a0%")


@pytest.mark.parametrize("field", ["as_of", "probability", "confidence", "rationale", "numbers"])
def test_it_refuses_half_of_a_character(editor, claim, field):
    body = urlencode({**form(claim), field: ""}).replace(f"{field}=", f"{field}=%ED%A0%80", 1)
    assert editor.post(PATH, body, content_type=FORM).status_code == 422
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("version", ["0", "", "abc", "9" * 30])
def test_it_takes_any_other_version_for_a_stale_one(editor, claim, version):
    html = refused(editor, form(claim, version=version), 409)
    assert "was changed by somebody else since you opened it" in html


def test_a_stale_form_keeps_what_was_typed_and_shows_what_stands_now(editor, claim):
    data = form(claim)
    an_assessment(claim, as_of=on(-1), rationale="A colleague was faster.")
    html = refused(editor, data, 409)
    assert WHY in html
    assert 'value="6.5"' in html
    assert "A colleague was faster." in html
    claim.refresh_from_db()
    assert f'name="version" value="{claim.version}"' in html


def test_a_stale_form_can_be_sent_again(editor, claim):
    an_assessment(claim, as_of=on(-1))
    assert editor.post(PATH, form(claim)).status_code == 302


@pytest.mark.parametrize(
    ("percent", "stored"), [("6 %", "0.060"), ("6%", "0.060"), (" 0.1 ", "0.001"), ("1.7", "0.017"), ("99.9", "0.999")]
)
def test_it_takes_a_number_as_people_write_it(editor, claim, percent, stored):
    editor.post(PATH, form(claim, probability=percent))
    assert Assessment.objects.get().probability == Decimal(stored)


def test_it_asks_what_moved_the_number_far(editor, claim):
    an_assessment(claim, as_of=on(-5))
    html = refused(editor, form(claim, probability="25", rationale="Things look worse now."))
    assert "The number moves from 40 to 25\u00a0%, by 15 points: say in 12 words or more what in the evidence" in html


def test_it_takes_a_far_move_that_says_why(editor, claim):
    an_assessment(claim, as_of=on(-5))
    assert editor.post(PATH, form(claim, probability="25")).status_code == 302


def test_it_takes_a_small_move_in_few_words(editor, claim):
    an_assessment(claim, as_of=on(-5))
    data = form(claim, probability="25.1", rationale="Things look worse now.")
    assert editor.post(PATH, data).status_code == 302


def test_it_takes_a_first_number_in_few_words(editor, claim):
    assert editor.post(PATH, form(claim, rationale="A guess.")).status_code == 302


def test_it_measures_the_move_from_the_number_of_that_day(editor, claim):
    an_assessment(claim, as_of=on(-50), probability=Decimal("0.9"))
    an_assessment(claim, as_of=on(-5), probability=Decimal("0.1"))
    data = form(claim, as_of=on(-20).isoformat(), probability="85", rationale="Nothing much.")
    assert editor.post(PATH, data).status_code == 302


def test_it_offers_the_public_items_newest_first(editor, claim):
    old, new = an_item([claim], published="2026-04-01"), an_item([claim], published="2026-05-20")
    gone = an_item([claim])
    withdraw(by=a_person("moderator"), evidence=gone, reason="Wrong.", today=DAY)
    html = editor.get(PATH).content.decode()
    assert offered(html) == [2, 1]
    assert html.index(new.title) < html.index(old.title)
    assert gone.title not in html


def test_it_says_that_no_item_bears_on_the_claim(editor):
    assert "No item bears on this claim yet." in editor.get(PATH).content.decode()


def test_it_cites_the_ticked_and_the_typed(editor, claim):
    for number in range(1, 5):
        an_item([claim], title=f"Report {number}")
    editor.post(PATH, form(claim, cites=["4"], numbers="[2], 3 and 4"))
    assert cited(Assessment.objects.get()) == {"Report 2", "Report 3", "Report 4"}


def test_hindsight_names_the_items_and_keeps_everything(editor, claim):
    an_item([claim], published="2026-05-20", title="The later report")
    an_item([claim], published="2026-03-01")
    html = refused(editor, form(claim, as_of="2026-05-01", cites=["1", "2"], rationale="Because <so>."))
    assert "Not known by 1 May 2026: [1] (known from 20 May 2026)." in html
    assert ticked(html) == [1, 2]
    assert "Because &lt;so&gt;." in html
    assert 'value="2026-05-01"' in html


def test_it_marks_what_was_not_known_by_then(editor, claim):
    an_item([claim], published="2026-05-20")
    an_item([claim], published="2026-03-01")
    html = editor.post(PATH, {**form(claim, as_of="2026-05-01"), "show": "first"}).content.decode()
    late = {
        number: "hidden>" not in rest
        for number, rest in re.findall(r'id="about-(\d+)".*?items__late"(.*?)not known', html)
    }
    assert late == {"1": True, "2": False}


def test_it_names_an_item_that_was_withdrawn_meanwhile(editor, claim):
    item = an_item([claim])
    data = form(claim, cites=["1"])
    withdraw(by=a_person("moderator"), evidence=item, reason="Wrong.", today=DAY)
    assert "Item 1 does not bear on this claim, or not in public" in refused(editor, data)


def test_showing_other_items_stores_nothing_and_keeps_all_that_was_typed(editor, claim):
    many_items(claim, 120)
    page = editor.get(PATH).content.decode()
    assert offered(page) == list(range(120, 70, -1))
    older = re.search(r'name="show" value="([^"]{20,})"', page)
    assert older
    data = form(claim, cites=["118", "3"], rationale="", numbers="5")
    html = refused(editor, {**data, "show": older[1]}, 200)
    assert ticked(html) == [118, 3]
    assert offered(html) == [118, 3, *range(70, 20, -1)]
    assert "to put right" not in html
    assert 'value="6.5"' in html


def test_it_finds_items_by_words_stance_and_day(editor, claim):
    an_item([claim], title="A licence for oil", published="2026-05-20")
    an_item([(claim, "contradicts")], title="Oil is sold", published="2026-04-20")
    an_item([claim], title="A summit", published="2026-04-20")
    found = {
        "oil": {"find": "oil"},
        "contradicts": {"stance": "contradicts"},
        "known": {"known": "on", "as_of": "2026-05-01"},
        "all": {"find": "oil", "stance": "contradicts", "known": "on"},
        "none": {"find": "gas"},
    }
    seen = {
        name: offered(editor.post(PATH, {**form(claim), "show": "first", **asked}).content.decode())
        for name, asked in found.items()
    }
    assert seen == {"oil": [1, 2], "contradicts": [2], "known": [3, 2], "all": [2], "none": []}


@pytest.mark.parametrize("words", ["\0", "x" * 1_000_000, "\ud83d", "'); --", '"'])
def test_looking_for_nonsense_is_never_in_the_way(editor, claim, words):
    an_item([claim])
    body = urlencode({**form(claim), "find": words, "stance": "sideways", "show": "first"}, errors="surrogatepass")
    assert editor.post(PATH, body, content_type=FORM).status_code == 200


@pytest.mark.parametrize("place", ["x", "WyIyMDI2LTA2LTAxIl0", "a" * 10_000])
def test_a_made_up_place_in_the_list_is_refused(editor, claim, place):
    assert editor.post(PATH, {**form(claim), "show": place}).status_code == 400


def test_it_says_that_a_settled_claim_has_to_be_reopened(editor, claim):
    an_assessment(claim, as_of=on(-5), status="borne-out")
    assert "reopen it</a>" in editor.get(PATH).content.decode()
    assert "The claim is settled: reopen it first." in refused(editor, form(claim), 409)


def test_a_locked_claim_says_so(editor, claim):
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="Under dispute.", today=DAY)
    assert "Under dispute." in editor.get(PATH).content.decode()
    assert WHY in refused(editor, form(claim), 409)


def test_what_was_typed_is_there_after_signing_in_again(claim, client):
    editor = a_person("editor")
    signed_out(client, editor).post(PATH, form(claim))
    client.force_login(editor)
    html = client.get(PATH).content.decode()
    assert WHY in html
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("number", [10, 1000])
def test_it_asks_the_database_as_often_with_many_items(editor, claim, django_assert_num_queries, number):
    many_items(claim, number)
    an_assessment(claim, as_of=on(-5))
    with django_assert_num_queries(14):
        assert editor.get(PATH).status_code == 200


def test_it_shows_long_and_right_to_left_words(editor, client):
    a_claim(slug="long", title="x" * 60, statement="ת" * 300, criteria="\n".join(["Wort" * 60] * 8))
    html = client.get("/desk/claims/long/assess/").content.decode()
    assert f'dir="auto">{"ת" * 300}</p>' in html
