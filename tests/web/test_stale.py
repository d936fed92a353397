"""The stale list, the act that it leads to, and the page of who looks after a claim."""

import re
from datetime import timedelta

import pytest

from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.decide import withdraw
from claims.actions.follows import follow
from claims.actions.ownership import take
from claims.actions.relations import relate_claims
from claims.models import Claim, ClaimOwner, Digest, Follow, Mail
from tests.factories import (
    DAY,
    NOW,
    a_claim,
    a_person,
    a_topic,
    an_assessment,
    an_item,
    many_claims,
    many_items,
    on,
    the_house,
)
from tests.web.desk import signed_in, text_of, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]

STALE = "/desk/stale/"


@pytest.fixture
def person():
    return a_person("editor", name="Edda Editor")


@pytest.fixture
def editor(client, person):
    return signed_in(client, person)


def overdue(**words):
    return a_claim(horizon=on(-1), **words)


def titles(response):
    return re.findall(r'class="stale__title"><a [^>]*>([^<]*)<', text_of(response))


def acts(response):
    """The addresses of the acts on the list."""
    found = re.findall(r'<a class="button" href="([^"]*)" data-key="a"', text_of(response))
    return [href for href in found if href.startswith("/desk/claims/")]


def owner(claim):
    return ClaimOwner.objects.filter(claim=claim).values_list("owner__name", flat=True).first()


# the list


def test_a_claim_says_why_it_is_stale_and_what_settles_it(editor):
    claim = overdue(title="Past its day")
    page = editor.get(STALE)
    assert titles(page) == ["Past its day"]
    assert "Fell due on 31 May 2026 and is open still." in text_of(page)
    assert acts(page) == [f"/desk/claims/{claim.slug}/resolve/?back=all"]


def test_nothing_stale_is_said(editor):
    an_assessment(a_claim())
    assert "Nothing is stale" in text_of(editor.get(STALE))


def test_none_like_what_is_asked_for_is_said(editor):
    overdue()
    assert "None like this is stale" in text_of(editor.get(STALE, {"why": "cited"}))


def test_all_are_counted(editor):
    for _ in range(3):
        overdue()
    assert "<h1>Stale: 3</h1>" in text_of(editor.get(STALE))


def test_it_goes_on_page_by_page(editor):
    for _ in range(5):
        overdue()
    whole = titles(editor.get(STALE))
    page = editor.get(STALE, {"page_size": "2"})
    walked = titles(page)
    while more := re.search(r'href="([^"]*)" rel="next"', text_of(page)):
        page = editor.get(more[1])
        walked += titles(page)
    assert (len(whole), walked) == (5, whole)


def test_it_is_narrowed(editor, person):
    topic = a_topic("Sanctions", slug="sanctions")
    take(by=person, claim=(mine := overdue(title="Mine")), now=NOW)
    take(by=a_person("editor"), claim=overdue(title="Another’s", topics=[topic]), now=NOW)
    an_assessment(a_claim(title="Nobody’s", review_every_days=5), as_of=on(-10))
    asked = [{"whose": "mine"}, {"whose": "unowned"}, {"why": "horizon"}, {"topic": "sanctions"}]
    assert [titles(editor.get(STALE, given)) for given in asked] == [
        [mine.title],
        ["Nobody’s"],
        ["Mine", "Another’s"],
        ["Another’s"],
    ]


@pytest.mark.parametrize("given", [{"whose": "theirs"}, {"why": "age"}, {"after": "x"}, {"page_size": "0"}])
def test_what_makes_no_sense_is_refused(editor, given):
    assert editor.get(STALE, given).status_code == 400


def test_a_reason_names_other_claims_with_both_figures(editor):
    part, whole = a_claim(title="The part"), a_claim(title="The whole")
    an_assessment(part)
    an_assessment(whole, probability=part.__class__.objects.get(id=part.id).probability * 2)
    relate_claims(by=the_house(), claim=part, relation="is-a-necessary-part-of", to=whole, today=DAY)
    page = text_of(editor.get(STALE))
    named = f'<a href="/claims/{part.slug}/"><bdi>The part</bdi></a>'
    assert f"Stands at 80\u00a0%, above what it cannot do without: {named}, at 40\u00a0%." in page


def test_the_act_begins_with_what_is_new_and_leaves_out_what_fell(editor):
    claim = a_claim()
    fallen, kept = an_item([claim]), an_item([claim])
    an_assessment(claim, cites=[fallen, kept])
    withdraw(by=a_person("moderator"), evidence=fallen, reason="Wrong.", today=DAY)
    an_item([claim])
    page = editor.get(STALE)
    assert "Assess without [1]" in text_of(page)
    assert acts(page) == [f"/desk/claims/{claim.slug}/assess/?cites=2,3&back=all"]


def test_titles_are_no_markup(editor):
    claim = a_claim(title="<b>Bold</b> & co")
    an_assessment(claim)
    an_item([claim], title="<i>Item</i>")
    page = editor.get(STALE).content.decode()
    assert ("<b>Bold" in page, "<i>Item" in page, "&lt;i&gt;Item" in page) == (False, False, True)


def test_a_locked_claim_leads_to_no_form(editor):
    lock_claim_for_all(by=a_person("moderator"), claim=overdue(), reason="Dispute.", today=DAY)
    page = editor.get(STALE)
    assert (acts(page), "Locked by a moderator" in text_of(page)) == ([], True)


@pytest.mark.parametrize("count", [5, 1000])
def test_it_asks_as_many_queries_for_many(editor, person, count, django_assert_num_queries):
    many_claims(count, settled_every=0, topics=[a_topic()])
    claim = overdue()
    an_assessment(claim, as_of=on(-50))
    many_items(claim, 30)
    take(by=person, claim=claim, now=NOW)
    with django_assert_num_queries(9):
        editor.get(STALE)


# from the list through the form back to the list


def judged(editor, href, **given):
    form = {"as_of": DAY.isoformat(), "confidence": "moderate", "rationale": "As things stand now.", **given}
    page = editor.get(href)
    boxes = re.findall(r'<input[^>]*name="cites"[^>]*>', text_of(page))
    ticked = [re.search(r'value="(\d+)"', box)[1] for box in boxes if "checked" in box]
    version = re.search(r'name="version" value="(\d+)"', text_of(page))[1]
    return editor.post(href, {**form, "cites": ticked, "version": version})


def test_assessing_from_the_list_leads_back_to_it_and_the_line_is_gone(editor):
    claim = a_claim()
    an_assessment(claim)
    item = an_item([claim])
    [href] = acts(editor.get(STALE))
    answer = judged(editor, href, probability="41")
    assert (answer.status_code, answer["Location"]) == (302, STALE)
    assert titles(editor.get(STALE)) == []
    last = Claim.objects.get(id=claim.id).assessment
    assert [row.evidence_id for row in last.citations.all()] == [item.id]


def test_it_leads_back_to_the_list_that_it_came_from(editor, person):
    claim = a_claim(review_every_days=5)
    an_assessment(claim, as_of=on(-10))
    take(by=person, claim=claim, now=NOW)
    [href] = acts(editor.get(STALE, {"whose": "mine"}))
    assert judged(editor, href, probability="41")["Location"] == f"{STALE}?whose=mine"


@pytest.mark.parametrize("query", ["why=review&topic=oil-and-gas", "page_size=1&after={after}"])
def test_it_leads_back_to_the_place_in_the_list(editor, query):
    topic = a_topic("Oil & gas", slug="oil-and-gas")
    for days in (-20, -10):
        claim = a_claim(review_every_days=5, topics=[topic])
        an_assessment(claim, as_of=on(days))
    after = re.search(r"after=([^\"&]+)", text_of(editor.get(f"{STALE}?page_size=1")))[1]
    listed = f"{STALE}?{query.format(after=after)}"
    href = acts(editor.get(listed))[-1]
    assert href.startswith(f"/desk/claims/{claim.slug}/assess/")
    assert f'<a href="{listed}">Stale</a>' in text_of(editor.get(href))
    assert judged(editor, href, probability="41")["Location"] == listed


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "x", ""])
def test_it_leads_to_the_claim_from_elsewhere(editor, back):
    claim = a_claim()
    answer = judged(editor, f"/desk/claims/{claim.slug}/assess/?back={back}", probability="41")
    assert answer["Location"] == f"/claims/{claim.slug}/"


def test_annulling_is_filled_in_where_a_condition_failed(editor):
    claim, condition = a_claim(), a_claim()
    relate_claims(by=the_house(), claim=claim, relation="is-conditional-on", to=condition, today=DAY)
    an_assessment(condition, status="not-borne-out")
    [href] = acts(editor.get(STALE))
    page = text_of(editor.get(href))
    assert re.search(r'value="annulled"[^>]*checked', page)
    assert re.search(r'value="assumption-fell" selected', page)
    judged(editor, href, status="annulled", annulled_because="assumption-fell")
    assert titles(editor.get(STALE)) == []


@pytest.mark.parametrize(
    "given", ["cites=99", "cites=x,-1", "status=open", "annulled_because=age", "cites=" + "1," * 9000]
)
def test_what_makes_no_sense_is_not_filled_in(editor, given):
    claim = a_claim()
    assert editor.get(f"/desk/claims/{claim.slug}/resolve/?{given}").status_code == 200


def test_the_form_shows_why_the_claim_is_stale_and_who_looks_after_it(editor, person):
    claim = overdue()
    take(by=person, claim=claim, now=NOW)
    page = text_of(editor.get(f"/desk/claims/{claim.slug}/assess/"))
    assert ("Why it is stale" in page, "Past its due date" in page) == (True, True)
    assert "<bdi>Edda Editor</bdi> looks after it" in page


def test_the_form_of_a_claim_that_is_not_stale_says_nothing_of_it(editor):
    claim = a_claim()
    an_assessment(claim)
    assert "Why it is stale" not in text_of(editor.get(f"/desk/claims/{claim.slug}/assess/"))


# the desk's first page


def test_the_first_page_shows_the_first_lines_of_the_list(editor):
    for number in range(6):
        overdue(title=f"Stale {number}")
    page = editor.get("/desk/")
    assert (titles(page), "All 6" in text_of(page)) == ([f"Stale {number}" for number in range(4)], True)


def test_the_first_page_says_when_nothing_is_stale(editor):
    assert "Every open claim was looked at by its day" in text_of(editor.get("/desk/"))


# who looks after a claim


def test_an_editor_takes_a_claim_from_the_list_and_is_back_on_it(editor):
    claim = overdue()
    answer = editor.post(f"/desk/claims/{claim.slug}/owner/take/", {"back": f"{STALE}?why=horizon"})
    assert (answer["Location"], owner(claim)) == (f"{STALE}?why=horizon", "Edda Editor")


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/desk/stale/", "/desk/stale/../../x", ""])
def test_taking_leads_nowhere_else(editor, back):
    claim = overdue()
    answer = editor.post(f"/desk/claims/{claim.slug}/owner/take/", {"back": back})
    assert answer["Location"] == f"/desk/claims/{claim.slug}/owner/"


def test_taking_what_another_took_is_refused_in_words(editor):
    claim = overdue()
    take(by=a_person("editor", name="Anna"), claim=claim, now=NOW)
    answer = editor.post(f"/desk/claims/{claim.slug}/owner/take/", follow=True)
    assert told(answer) == ["Anna looks after this claim: ask them to hand it over."]


def test_the_page_says_until_when_an_owner_keeps_it(editor, person):
    claim = overdue()
    take(by=person, claim=claim, now=NOW)
    page = text_of(editor.get(f"/desk/claims/{claim.slug}/owner/"))
    assert "Without another it is released on" in page
    assert "1 Jul 2026" in page


def test_an_owner_lets_a_claim_go(editor, person):
    claim = overdue()
    take(by=person, claim=claim, now=NOW)
    editor.post(f"/desk/claims/{claim.slug}/owner/release/")
    assert owner(claim) is None


def test_an_owner_hands_a_claim_over(editor, person):
    claim, other = overdue(), a_person("editor", name="Anna")
    take(by=person, claim=claim, now=NOW)
    page = text_of(editor.get(f"/desk/claims/{claim.slug}/owner/"))
    assert f'<option value="{other.id}">Anna</option>' in page
    editor.post(f"/desk/claims/{claim.slug}/owner/", {"to": str(other.id)})
    assert (owner(claim), Mail.objects.get().recipients) == ("Anna", [other.email])


@pytest.mark.parametrize("to", ["", "x", "an analyst"])
def test_a_claim_is_handed_over_to_editors_alone(editor, person, to):
    claim = overdue()
    take(by=person, claim=claim, now=NOW)
    answer = editor.post(
        f"/desk/claims/{claim.slug}/owner/", {"to": str(a_person("analyst").id) if to == "an analyst" else to}
    )
    assert (answer.status_code, owner(claim)) == (422, "Edda Editor")


def test_who_follows_stops_and_begins_again(editor, person):
    claim = a_claim()
    follow(by=person, claim=claim)
    address = f"/desk/claims/{claim.slug}/owner/"
    assert "You have followed it since" in text_of(editor.get(address))
    editor.post(f"/desk/claims/{claim.slug}/unfollow/")
    assert "You do not follow it" in text_of(editor.get(address))
    editor.post(f"/desk/claims/{claim.slug}/follow/")
    assert Follow.objects.filter(person=person, stopped_at=None).exists()


def test_an_analyst_follows_and_neither_takes_nor_hands_over(client):
    claim = a_claim()
    page = text_of(signed_in(client, a_person("analyst")).get(f"/desk/claims/{claim.slug}/owner/"))
    assert ["Follow it" in page, "Take it" in page, "Hand it over" in page] == [True, False, False]


def test_the_owner_stands_on_no_public_page(client, person):
    claim = a_claim()
    take(by=person, claim=claim, now=NOW)
    pages = ["/", "/claims/", f"/claims/{claim.slug}/", f"/claims/{claim.slug}/history/", "/changes/"]
    assert [page for page in pages if "Edda Editor" in text_of(client.get(page))] == []


@pytest.mark.parametrize("many", [1, 50])
def test_the_page_of_an_owner_asks_as_many_queries_for_many(editor, person, many, django_assert_num_queries):
    claim = a_claim()
    take(by=person, claim=claim, now=NOW)
    for _ in range(many):
        a_person("editor")
        an_assessment(claim, by=person)
    with django_assert_num_queries(6):
        editor.get(f"/desk/claims/{claim.slug}/owner/")


# by mail


def test_an_editor_chooses_how_often_the_mail_comes(editor, person):
    address = f"{STALE}digest/"
    assert re.search(r'value="daily"[^>]*checked', text_of(editor.get(address)))
    editor.post(address, {"pace": "weekly"})
    assert Digest.objects.get(person=person).pace == "weekly"
    assert re.search(r'value="weekly"[^>]*checked', text_of(editor.get(address)))


def test_the_days_of_an_idle_owner_are_those_set(editor, person, settings):
    settings.CLAIM_OWNER_IDLE_DAYS = 3
    claim = a_claim()
    take(by=person, claim=claim, now=NOW)
    page = text_of(editor.get(f"/desk/claims/{claim.slug}/owner/"))
    assert (NOW + timedelta(days=3)).strftime("%-d Jun 2026") in page
