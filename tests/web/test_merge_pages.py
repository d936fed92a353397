"""The pages of merges: what is suggested, two things side by side, merging, dismissing, undoing."""

import pytest
from django.test import Client

from claims.actions.merge import merge, suggest_merge
from claims.models import Merge
from tests.factories import DAY, a_claim, a_person, an_assessment, an_item
from tests.web.desk import signed_in, text_of, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
MERGES = "/moderation/merges/"


@pytest.fixture
def moderator(client: Client) -> Client:
    return signed_in(client, a_person("moderator"))


def a_pair():
    claim = a_claim(title="Only the duplicate bears on it")
    return an_item([claim], title="The first report"), an_item(title="The second report")


def suggested(duplicate, into, because="The same words."):
    return suggest_merge(
        by=a_person("analyst", name="Ana"), kind="evidence", duplicate=duplicate.id, into=into.id, because=because
    )  # fmt: skip


def merged(duplicate, into):
    return merge(
        by=a_person("moderator"), kind="evidence", duplicate=duplicate.id, into=into.id, reason="Same.", today=DAY
    )


def new(duplicate, into=None):
    return f"{MERGES}new/?kind=evidence&id={duplicate.id}" + (f"&into={into.id}" if into else "")


def test_nothing_suggested_is_said(moderator):
    assert "Nothing is suggested" in text_of(moderator.get(MERGES))
    assert "Nothing is merged" in text_of(moderator.get(f"{MERGES}?list=confirmed"))


def test_a_suggestion_stands_in_its_list_with_why_and_by_whom(moderator):
    suggested(*a_pair())
    page = text_of(moderator.get(MERGES))
    assert all(words in page for words in ("The first report", "The second report", "The same words.", "Ana"))


def test_the_two_stand_side_by_side_with_what_merging_does(moderator):
    duplicate, into = a_pair()
    an_assessment(a_claim_of(duplicate), cites=[duplicate])
    page = text_of(moderator.get(f"{MERGES}{suggested(duplicate, into).id}/"))
    assert "1 bearing that only the duplicate has" in page
    assert "cited by 1 judgement" in page


def a_claim_of(item):
    return item.bearings.get().claim


def test_confirming_merges_and_the_old_address_leads_to_the_other(moderator):
    duplicate, into = a_pair()
    row = suggested(duplicate, into)
    answer = moderator.post(f"{MERGES}{row.id}/", {"reason": "The same report."}, follow=True)
    assert "merged" in told(answer)[0]
    led = moderator.get(f"/evidence/{duplicate.id}/?as_of=2026-05-20")
    assert (led.status_code, led["Location"]) == (302, f"/evidence/{into.id}/?as_of=2026-05-20")


def test_swapped_the_other_one_is_the_duplicate(moderator):
    duplicate, into = a_pair()
    row = suggested(duplicate, into)
    moderator.post(f"{MERGES}{row.id}/?swap=1", {"reason": "The same report."})
    assert moderator.get(f"/evidence/{into.id}/")["Location"] == f"/evidence/{duplicate.id}/"


def test_without_a_reason_the_form_says_so_and_nothing_is_merged(moderator):
    row = suggested(*a_pair())
    answer = moderator.post(f"{MERGES}{row.id}/", {"reason": " "})
    assert (answer.status_code, Merge.objects.get().state) == (422, "suggested")
    assert "Say why they are the same." in text_of(answer)


def test_a_refusal_is_said_and_what_was_typed_is_kept(moderator):
    duplicate, into = a_pair()
    row = suggested(duplicate, into)
    merged(into, an_item())
    answer = moderator.post(f"{MERGES}{row.id}/", {"reason": "Surely the same."})
    assert answer.status_code == 409
    assert "merged itself" in text_of(answer)
    assert "Surely the same." in text_of(answer)


def test_dismissing_needs_no_reason_and_empties_the_list(moderator):
    row = suggested(*a_pair())
    answer = moderator.post(f"{MERGES}{row.id}/", {"dismiss": "1"}, follow=True)
    assert "not suggested again" in told(answer)[0]
    assert "Nothing is suggested" in text_of(moderator.get(MERGES))


def test_a_merge_is_undone_from_its_page(moderator):
    duplicate, into = a_pair()
    done = merged(duplicate, into)
    moderator.post(f"{MERGES}{done.id}/undo/", {"reason": "Two reports."})
    assert moderator.get(f"/evidence/{duplicate.id}/").status_code == 200
    assert "A merge that was undone" in text_of(moderator.get(f"{MERGES}{done.id}/"))


def test_an_analyst_searches_and_suggests_and_stays_outside_the_list(client):
    duplicate, into = a_pair()
    analyst = signed_in(client, a_person("analyst"))
    assert "This is a duplicate" in text_of(analyst.get(f"/evidence/{duplicate.id}/"))
    found = text_of(analyst.get(f"{new(duplicate)}&q=second report"))
    assert f"into={into.id}" in found
    answer = analyst.post(new(duplicate, into), {"suggest": "1", "reason": "The same words."}, follow=True)
    assert told(answer) == ["Suggested: a moderator looks at it."]
    assert analyst.get(MERGES).status_code == 403


def test_an_analyst_who_sends_the_moderators_form_is_refused(client):
    duplicate, into = a_pair()
    answer = signed_in(client, a_person("analyst")).post(new(duplicate, into), {"reason": "Merge it."})
    assert (answer.status_code, Merge.objects.count()) == (403, 0)


def test_an_item_that_is_not_public_is_shown_to_nobody_here(client):
    draft = an_item(by=a_person("analyst"), draft=True, title="Secret draft")
    answer = signed_in(client, a_person("analyst")).get(new(draft))
    assert (answer.status_code, "Secret draft" in text_of(answer)) == (404, False)


def test_what_is_merged_already_says_what_it_leads_to(moderator):
    duplicate, into = a_pair()
    merged(duplicate, into)
    for path in (new(duplicate), new(duplicate, into), new(into, duplicate)):
        answer = moderator.get(path)
        said = "That item is merged into another already: “The second report”."
        assert (answer.status_code, said in text_of(answer)) == (404, True)


@pytest.mark.parametrize("page", ["revise/", "link/", "bearings/{slug}/", "bearings/{slug}/cell/"])
def test_who_was_editing_what_is_merged_meanwhile_is_told_where_to_go_on(client, page):
    duplicate, into = a_pair()
    merged(duplicate, into)
    author = signed_in(client, duplicate.by)
    path = f"/desk/evidence/{duplicate.id}/{page.format(slug=a_claim_of(duplicate).slug)}"
    for answer in (author.get(path), author.post(path, {"title": "Typed meanwhile"})):
        said = "That item was merged into another, “The second report”: go on there."
        assert (answer.status_code, said in text_of(answer)) == (404, True)


@pytest.mark.parametrize(
    "query", ["", "?kind=topic", "?kind=evidence", "?kind=evidence&id=x", f"?kind=evidence&id={'0' * 36}"]
)
def test_nonsense_is_named(moderator, query):
    assert moderator.get(f"{MERGES}new/{query}").status_code == 400


def test_both_histories_tell_the_merge_and_its_undoing(moderator):
    duplicate, into = a_pair()
    done = merged(duplicate, into)
    assert "Merged into another item" in text_of(moderator.get(f"/evidence/{duplicate.id}/history/"))
    assert "Another item was merged into this one" in text_of(moderator.get(f"/evidence/{into.id}/history/"))
    moderator.post(f"{MERGES}{done.id}/undo/", {"reason": "Two reports."})
    assert "The merge was undone" in text_of(moderator.get(f"/evidence/{duplicate.id}/history/"))
    assert "A merge into it was undone" in text_of(moderator.get(f"/evidence/{into.id}/history/"))


def test_the_claims_history_and_the_changes_tell_it(client):
    duplicate, into = a_pair()
    claim = a_claim_of(duplicate)
    merged(duplicate, into)
    page = text_of(client.get(f"/claims/{claim.slug}/history/?kind=evidence"))
    assert "Evidence merged into another item" in page or "acts on the evidence" in page
    assert "another item was merged into it" in text_of(client.get("/changes/"))


def test_a_citation_of_a_merged_item_leads_on_with_a_mark(client):
    duplicate, into = a_pair()
    claim = a_claim_of(duplicate)
    an_assessment(claim, cites=[duplicate])
    merged(duplicate, into)
    page = text_of(client.get(f"/claims/{claim.slug}/"))
    assert f'href="/evidence/{duplicate.id}/"' in page
    assert "(merged into another)" in page


@pytest.mark.parametrize("n", [2, 60])
def test_the_lists_ask_the_same_few_queries_however_many_there_are(moderator, n, django_assert_max_num_queries):
    first = an_item()
    for _ in range(n):
        suggested(an_item(), first)
    with django_assert_max_num_queries(6):
        moderator.get(MERGES)


def test_the_next_page_goes_on_where_the_first_ended(moderator):
    into = an_item()
    for place in range(3):
        suggested(an_item(title=f"Twin {place}"), into)
    first = text_of(moderator.get(f"{MERGES}?page_size=2"))
    assert ("Twin 1" in first, "Twin 2" in first) == (True, False)
    link = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert "Twin 2" in text_of(moderator.get(link))


def test_a_moderator_finds_the_merge_from_both_histories_and_a_reader_does_not(moderator):
    duplicate, into = a_pair()
    link = f"{MERGES}{merged(duplicate, into).id}/"
    for item in (duplicate, into):
        assert link in text_of(moderator.get(f"/evidence/{item.id}/history/"))
        assert link not in text_of(Client().get(f"/evidence/{item.id}/history/"))


def test_judgements_that_cite_a_duplicate_stand_with_what_it_was_merged_into_marked(client):
    duplicate, into = a_pair()
    claim = a_claim_of(duplicate)
    an_assessment(claim, cites=[duplicate], rationale="It rests on the first report.")
    merged(duplicate, into)
    page = text_of(client.get(f"/evidence/{into.id}/"))
    assert "It rests on the first report." in page
    assert "Cites a duplicate that was merged into this item." in page
