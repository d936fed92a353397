"""The queue: what waits, oldest first; approving, returning, rejecting, withdrawing."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from claims.actions.attach import NewBearing
from claims.actions.bearings import set_bearing
from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.decide import approve, return_to_author, withdraw
from claims.actions.flags import flag
from claims.actions.merge import suggest_merge
from claims.actions.revise_evidence import submit_draft
from claims.models import Bearing, Claim, Evidence, User
from claims.web.moderation.words import age_words
from tests.factories import DAY, NOW, a_claim, a_person, a_source, a_topic, an_assessment, an_item, on

pytestmark = pytest.mark.django_db
QUEUE = "/moderation/"


@pytest.fixture
def moderator(client: Client) -> User:
    person = a_person("moderator", name="Momo Moderator")
    client.force_login(person)
    return person


def waits(*bearings: object, hours: float = 1, by: User | None = None, **words: object) -> Evidence:
    """An item of a new analyst that has waited for so long."""
    since = timezone.now() - timedelta(hours=hours)
    return an_item(bearings, by=by or a_person("analyst"), now=since, **words)


def waits_alone(claim: Claim | None = None, *, by: User | None = None) -> Bearing:
    """A bearing of a new analyst on a published item."""
    wanted = NewBearing((claim or a_claim()).id, "contradicts", "strong", "It ends in May.")
    item = an_item(title="Published item")
    return set_bearing(by=by or a_person("analyst"), evidence=item, bearing=wanted, today=DAY)


def path_of(item: Evidence, act: str = "") -> str:
    return f"{QUEUE}evidence/{item.id}/{act}"


def version(thing: Evidence | Bearing) -> dict[str, int]:
    """What the page sends of a thing as it stands: an item's version, the number of a bearing's last setting."""
    return {"version": thing.version if isinstance(thing, Evidence) else thing.revisions.count()}


def titles(page: str) -> list[str]:
    """The titles in the list, in their order."""
    return re.findall(r'<h2 class="evidence__title"[^>]*><a [^>]*>([^<]*)</a>', page)


# --- who may come in ---


def test_strangers_are_sent_to_sign_in(client: Client) -> None:
    assert client.get(QUEUE).url == "/accounts/login/?next=/moderation/"


@pytest.mark.parametrize("role", ["analyst", "editor"])
def test_it_is_for_moderators(client: Client, role: str) -> None:
    client.force_login(a_person(role))
    assert client.get(QUEUE).status_code == 403


@pytest.mark.parametrize("act", ["approve/", "return/", "reject/", "withdraw/"])
def test_analysts_decide_nothing(client: Client, act: str) -> None:
    item = waits()
    client.force_login(a_person("analyst", trusted=True))
    client.post(path_of(item, act), {"reason": "So it is.", **version(item)})
    item.refresh_from_db()
    assert item.state == "pending"


def test_nobody_else_keeps_the_page(client: Client, moderator: User) -> None:
    kept = client.get(QUEUE)["Cache-Control"]
    assert "private" in kept
    assert "no-store" in kept


# --- the list ---


def test_an_empty_queue_says_what_comes_here(client: Client, moderator: User) -> None:
    page = client.get(QUEUE).text
    assert "Waiting: 0" in page
    assert "Nothing waits" in page


def test_the_oldest_stands_first_whatever_its_kind(client: Client, moderator: User) -> None:
    waits(hours=3, title="Middle")
    flag(by=None, kind="claim", subject_id=a_claim(title="Oldest").id, reason="other", note="No.", today=DAY,
         now=timezone.now() - timedelta(hours=5))  # fmt: skip
    waits_alone()
    page = client.get(QUEUE).text
    assert titles(page) == ["Middle", "Published item"]
    assert page.index("Something else") < page.index("Middle")


def test_drafts_do_not_wait(client: Client, moderator: User) -> None:
    an_item(by=a_person("analyst"), draft=True, title="A draft of mine")
    assert "A draft of mine" not in client.get(QUEUE).text


@pytest.mark.parametrize(
    ("waited", "words"),
    [
        (timedelta(seconds=20), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=40), "40 minutes"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(hours=26), "26 hours"),
        (timedelta(hours=47, minutes=59), "47 hours"),
        (timedelta(hours=48), "2 days"),
        (timedelta(days=400), "400 days"),
    ],
)
def test_ages_are_told_in_whole_units(waited: timedelta, words: str) -> None:
    assert age_words(NOW - waited, NOW) == words


def test_it_says_how_long_the_oldest_has_waited(client: Client, moderator: User) -> None:
    waits(hours=26.5)
    assert "oldest has waited 26 hours" in client.get(QUEUE).text


@pytest.mark.parametrize(("kind", "there"), [("evidence", ["An item"]), ("bearing", ["Published item"])])
def test_it_is_narrowed_to_a_kind(client: Client, moderator: User, kind: str, there: list[str]) -> None:
    waits(title="An item")
    waits_alone()
    assert titles(client.get(QUEUE, {"kind": kind}).text) == there


def test_it_is_narrowed_to_what_was_returned_before(client: Client, moderator: User) -> None:
    waits(title="New")
    again = waits(title="Sent again", hours=5)
    author = again.by
    return_to_author(by=moderator, evidence=again, reason="Shorten it.", today=DAY)
    submit_draft(by=author, evidence=again, today=DAY)
    assert titles(client.get(QUEUE, {"kind": "returned"}).text) == ["Sent again"]


# --- on one topic


@pytest.fixture
def energy() -> Claim:
    """A claim on the topic "energy"."""
    return a_claim(topics=[a_topic("Energy", slug="energy")], title="Of energy")


def flagged(thing: object, kind: str) -> str:
    """A flag on a thing; gives the path of its page."""
    report = flag(by=None, kind=kind, subject_id=thing.pk, reason="date", today=DAY)  # type: ignore[attr-defined]
    return f"{QUEUE}flags/{report.id}/"


def on_energy(client: Client, **query: str) -> str:
    return client.get(QUEUE, {"topic": "energy", **query}).text


def test_it_is_narrowed_to_a_topic(client: Client, moderator: User, energy: Claim) -> None:
    waits(a_claim(), energy, title="Bears on energy")
    waits(a_claim(topics=[a_topic("Trade")]), title="On trade")
    waits(title="Bears on nothing")
    page = on_energy(client)
    assert titles(page) == ["Bears on energy"]
    assert "Waiting: 1<" in page
    assert '<option value="energy" selected>Energy</option>' in page


@pytest.mark.parametrize(("kind", "there"), [("bearing", 1), ("evidence", 0)])
def test_bearings_are_narrowed_to_a_topic_too(
    client: Client, moderator: User, energy: Claim, kind: str, there: int
) -> None:
    waits_alone(energy)
    waits_alone()
    assert len(titles(on_energy(client, kind=kind))) == there


def test_flags_are_narrowed_to_the_topic_of_what_is_flagged(client: Client, moderator: User, energy: Claim) -> None:
    item, judged = an_item([energy]), an_assessment(energy)
    there = [flagged(item, "evidence"), flagged(energy, "claim"), flagged(judged, "assessment")]
    elsewhere = [flagged(item.source, "source"), flagged(a_claim(), "claim"), flagged(an_item([a_claim()]), "evidence")]
    page = on_energy(client)
    assert [path in page for path in there + elsewhere] == [True] * 3 + [False] * 3


def test_what_does_not_bear_on_it_any_more_is_not_on_its_topic(client: Client, moderator: User, energy: Claim) -> None:
    item = an_item([energy])
    path = flagged(item, "evidence")
    Bearing.objects.filter(evidence=item).update(state="withdrawn")
    assert path not in on_energy(client)


def test_a_topic_on_which_nothing_waits_says_so(client: Client, moderator: User) -> None:
    waits(a_claim())
    for topic in ("energy", "no-such-topic"):
        page = client.get(QUEUE, {"topic": topic}).text
        assert (titles(page), "Nothing like this waits on this topic" in page) == ([], True)


def test_deciding_goes_on_on_the_topic(client: Client, moderator: User, energy: Claim) -> None:
    item = waits(energy)
    waits(energy, title="The next on energy")
    page = on_energy(client, kind="evidence")
    assert 'name="list_topic" value="energy"' in page
    sent = version(item) | {"list_kind": "evidence", "list_topic": "energy"}
    answer = client.post(path_of(item, "approve/"), sent, follow=True)
    assert answer.redirect_chain[-1][0] == "/moderation/?kind=evidence&topic=energy"
    assert titles(answer.text) == ["The next on energy"]


@pytest.mark.parametrize("topic", ["", "energy"])
def test_chips_and_pages_keep_the_topic(client: Client, moderator: User, energy: Claim, topic: str) -> None:
    for place in range(3):
        waits(energy, hours=9 - place)
    page = client.get(QUEUE, {"topic": topic, "page_size": "2"}).text
    for way in (r'href="/moderation/\?(kind=evidence[^"]*)"', r'href="/moderation/\?([^"]*after=[^"]*)"'):
        assert ("topic=energy" in re.search(way, page)[1]) is bool(topic)


@pytest.mark.parametrize(
    "query", [{"kind": "nonsense"}, {"topic": "x" * 61}, {"after": "made-up"}, {"after": "\x00"}, {"page_size": "0"}]
)
def test_it_refuses_a_query_that_makes_no_sense(client: Client, moderator: User, query: dict[str, str]) -> None:
    assert client.get(QUEUE, query).status_code == 400


def test_paging_shows_everything_once(client: Client, moderator: User) -> None:
    source, author = a_source(), a_person("analyst")
    since = timezone.now() - timedelta(hours=1)
    for number in range(8):
        an_item(by=author, source=source, title=f"Item {number}", now=since + timedelta(minutes=number // 3))
    seen, address = [], f"{QUEUE}?page_size=3"
    while address:
        page = client.get(address).text
        seen += titles(page)
        older = re.search(r'href="([^"]*)" rel="next"', page)
        address = older[1].replace("&amp;", "&") if older else ""
    assert sorted(seen) == [f"Item {number}" for number in range(8)]


def skip_form(page: str) -> dict[str, str]:
    """What the form sends that skips what lies open."""
    form = re.search(r'action="/moderation/skip/">(.*?)</form>', page, re.S)[1]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def skipped(client: Client, page: str) -> HttpResponse:
    """The page behind what lies open."""
    return client.post(f"{QUEUE}skip/", skip_form(page), follow=True)


def test_skipping_opens_the_next(client: Client, moderator: User) -> None:
    waits(hours=2, title="First")
    waits(hours=1, title="Second")
    assert titles(skipped(client, client.get(QUEUE).text).text) == ["Second"]


def test_the_end_of_the_list_leads_back_to_its_beginning(client: Client, moderator: User) -> None:
    waits(hours=2)
    last = waits(hours=1)
    after = skip_form(client.get(QUEUE).text)["list_after"]
    answer = client.post(path_of(last, "approve/"), {**version(last), "list_after": after}, follow=True)
    assert "Back to the oldest" in answer.text


def test_numbers_beyond_a_thousand_are_capped(client: Client, moderator: User) -> None:
    many_pending(1001)
    page = client.get(QUEUE).text
    assert "Waiting: 1,000+" in page


def many_pending(n: int) -> None:
    """So many waiting items on one claim, fast."""
    claim, source, author = a_claim(), a_source(), a_person("analyst")
    items = [
        Evidence(
            address=f"https://waits.example/{author.id}/{place}", address_norm=f"https://waits.example/{author.id}/{place}",
            source=source, title=f"Waiting {place}", summary="What it says.", credibility=2, type="newspaper",
            state="pending", logged_on=DAY, logged_at=NOW, touched_at=NOW, by=author,
            submitted_at=NOW + timedelta(seconds=place),
        )
        for place in range(n)
    ]  # fmt: skip
    Evidence.objects.bulk_create(items)
    Bearing.objects.bulk_create(
        Bearing(claim=claim, evidence=item, stance="supports", weight="slight", state="pending", known_by=DAY,
                live=False, by=author, set_at=NOW)
        for item in items
    )  # fmt: skip


@pytest.mark.parametrize("topic", ["", "energy"])
@pytest.mark.parametrize("n", [10, 5000])
def test_the_number_of_queries_does_not_grow(
    client: Client, moderator: User, energy: Claim, django_assert_num_queries, n: int, topic: str
) -> None:
    many_pending(n)
    waits(energy)
    client.get(QUEUE)
    # Session, person, roles; how many wait, the topics and the ready reasons, the list, the hold; the open item, what
    # is beside it.
    with django_assert_num_queries(8):
        client.get(QUEUE, {"topic": topic})


# --- the open item ---


def test_it_says_who_sent_the_item_and_how_theirs_were_decided(client: Client, moderator: User) -> None:
    author = a_person("analyst", name="R. Lindqvist")
    approve(by=moderator, evidence=waits(by=author), today=DAY)
    return_to_author(by=moderator, evidence=waits(by=author), reason="No.", today=DAY)
    waits(by=author)
    assert (
        f'<a href="/moderation/people/{author.id}/"><bdi>R. Lindqvist</bdi>, new analyst</a>: 1 approved, 1 returned'
        in client.get(QUEUE).text
    )


def test_it_says_why_the_item_was_returned_before(client: Client, moderator: User) -> None:
    item = waits()
    author = item.by
    return_to_author(by=moderator, evidence=item, reason="Write it in your own words.", today=DAY)
    submit_draft(by=author, evidence=item, today=DAY)
    page = client.get(QUEUE).text
    assert "Evidence, returned before" in page
    assert "Write it in your own words." in page


def test_it_names_each_difference_to_the_report_that_stands(client: Client, moderator: User) -> None:
    same, other, mine, theirs = (a_claim(title=title) for title in ("Same", "Other way", "Mine alone", "Theirs alone"))
    an_item([same, (other, "contradicts"), theirs], story="the-licence", published="2026-05-20", credibility=1)
    waits((same, "supports", "strong"), other, mine, story="the-licence", published="2026-05-13")
    page = client.get(QUEUE).text
    assert "Says it is the same event as an item that stands" in page
    for words in ("7 days apart", "believed more", "weighs less", "points another way"):
        assert page.count(words) == 1
    assert page.count("no bearing") == 2


def test_without_a_like_it_shows_what_the_item_bears_on(client: Client, moderator: User) -> None:
    waits((a_claim(title="Borne on"), "mixed", "strong"))
    page = client.get(QUEUE).text
    assert "What it bears on" in page
    assert "Borne on" in page


def test_it_names_other_items_with_the_same_address(client: Client, moderator: User) -> None:
    waits(hours=2, address="https://news.example/one")
    waits(address="https://news.example/one#part", title="The other one")
    page = client.get(QUEUE).text
    assert "Other items with the same address:" in page
    assert page.count("The other one") == 2


def test_nobody_is_offered_buttons_for_their_own_item(client: Client, moderator: User) -> None:
    author = a_person("analyst", "moderator")
    item = waits(by=a_person("analyst"))
    Evidence.objects.filter(id=item.id).update(by=author)
    client.force_login(author)
    page = client.get(QUEUE).text
    assert "You logged this item yourself" in page
    assert "/approve/" not in page


def test_nobody_approves_their_own_item_by_sending_the_form(client: Client) -> None:
    author = a_person("analyst", "moderator")
    item = waits()
    Evidence.objects.filter(id=item.id).update(by=author)
    client.force_login(author)
    answer = client.post(path_of(item, "approve/"), version(item))
    assert answer.status_code == 403
    assert "Nobody decides on their own item." in answer.text


def test_what_people_typed_is_escaped(client: Client, moderator: User) -> None:
    waits(title="<script>alert(1)</script>", summary="<b>bold</b>")
    page = client.get(QUEUE).text
    assert "<script>alert" not in page
    assert "<b>bold" not in page


# --- suggested merges ---


def suggested(number: int) -> None:
    item = an_item()
    for _ in range(number):
        suggest_merge(by=a_person("analyst"), kind="evidence", duplicate=an_item().id, into=item.id, because="Twice.")


def test_its_head_leads_to_the_merges_that_are_suggested(client: Client, moderator: User) -> None:
    suggested(2)
    page = client.get(QUEUE).text
    assert '<a href="/moderation/merges/">Merges <b class="num">2</b>' in page


def test_where_none_is_suggested_there_is_no_number(client: Client, moderator: User) -> None:
    assert '<a href="/moderation/merges/">Merges</a>' in client.get(QUEUE).text


# --- deciding ---


def test_approving_makes_the_item_public_and_goes_on(client: Client, moderator: User) -> None:
    item = waits(a_claim(), title="Let in")
    answer = client.post(path_of(item, "approve/"), {**version(item), "list_kind": "evidence"}, follow=True)
    item.refresh_from_db()
    assert item.state == "published"
    assert answer.redirect_chain[-1][0] == f"{QUEUE}?kind=evidence"
    assert f'<a href="/evidence/{item.id}/"><bdi>Let in</bdi></a> is public now.' in answer.text


def test_approving_what_is_published_already_says_where_its_bearings_went(client: Client, moderator: User) -> None:
    old, fresh = a_claim(title="Old"), a_claim(title="Fresh", slug="fresh")
    item = waits(old, fresh, address="https://news.example/twice")
    standing = an_item([old], address="https://news.example/twice", title="The one that stands")
    words = client.post(path_of(item, "approve/"), version(item), follow=True).text
    assert f'<a href="/evidence/{standing.id}/"><bdi>The one that stands</bdi></a> got what it says on' in words
    assert '<a href="/claims/fresh/"><bdi>Fresh</bdi></a>.' in words


def test_it_says_beforehand_that_approving_only_adds_bearings(client: Client, moderator: User) -> None:
    old = a_claim()
    waits(old, a_claim(), address="https://news.example/twice")
    an_item([old], address="https://news.example/twice")
    assert "Approving makes no second item: it adds the bearing" in client.get(QUEUE).text


def test_a_changed_item_is_read_again_before_it_is_approved(client: Client, moderator: User) -> None:
    item = waits()
    answer = client.post(path_of(item, "approve/"), {"version": item.version - 1})
    item.refresh_from_db()
    assert (answer.status_code, item.state) == (409, "pending")
    assert f'name="version" value="{item.version}"' in answer.text


@pytest.mark.parametrize("act", ["return/", "reject/"])
def test_a_reason_about_an_older_version_is_kept_beside_what_stands_now(
    client: Client, moderator: User, act: str
) -> None:
    item = waits(summary="As it is now.")
    answer = client.post(path_of(item, act), {"reason": "My own long words.", "version": item.version - 1})
    item.refresh_from_db()
    assert (answer.status_code, item.state) == (409, "pending")
    for words in ("changed by somebody else", "My own long words.", "As it is now."):
        assert words in answer.text
    assert sent_again(answer, act) == str(item.version)


def sent_again(answer: HttpResponse, act: str) -> str:
    """The version that the form of an act sends when it is sent once more."""
    form = answer.text[answer.text.index(f'{act}" novalidate') :]
    return re.search(r'name="version" value="([0-9]+)"', form)[1]


def test_returning_gives_the_item_back_with_the_reason(client: Client, moderator: User) -> None:
    item = waits()
    client.post(path_of(item, "return/"), {**version(item), "reason": "Give the day."})
    item.refresh_from_db()
    assert (item.state, item.returned_because) == ("draft", "Give the day.")


def test_a_ready_sentence_is_reason_enough(client: Client, moderator: User) -> None:
    item = waits()
    ready = "Give the day on which the page was published; this date is missing or wrong."
    client.post(path_of(item, "return/"), {**version(item), "ready": ready, "reason": ""})
    item.refresh_from_db()
    assert item.returned_because == ready


def test_words_are_added_to_a_ready_sentence(client: Client, moderator: User) -> None:
    item = waits()
    ready = "The page cannot be opened, so that nobody can check it."
    client.post(path_of(item, "reject/"), {**version(item), "ready": ready, "reason": "I tried twice."})
    item.refresh_from_db()
    assert item.returned_because == f"{ready}\nI tried twice."


@pytest.mark.parametrize("act", ["return/", "reject/"])
def test_a_reason_is_needed(client: Client, moderator: User, act: str) -> None:
    item = waits()
    answer = client.post(path_of(item, act), {**version(item), "reason": " "})
    item.refresh_from_db()
    assert (answer.status_code, item.state) == (422, "pending")


@pytest.mark.parametrize(
    "reason", ["x" * 1_000_000, "nul \x00 in it", "half \ud83d of one", "turned \u202e round"], ids=ascii
)
def test_a_reason_that_cannot_be_stored_is_said_so_and_kept(client: Client, moderator: User, reason: str) -> None:
    item = waits()
    sent = f"version={item.version}&reason={'%ED%A0%BD' if chr(0xD83D) in reason else reason}"
    answer = client.generic("POST", path_of(item, "return/"), sent, content_type="application/x-www-form-urlencoded")
    item.refresh_from_db()
    assert (answer.status_code, item.state) == (422, "pending")
    assert 'id="return_reason_error"' in answer.text


def test_rejecting_ends_the_item(client: Client, moderator: User) -> None:
    item = waits()
    client.post(path_of(item, "reject/"), {**version(item), "reason": "It bears on nothing."})
    item.refresh_from_db()
    assert item.state == "rejected"


@pytest.mark.parametrize("first", ["approve/", "return/", "reject/"])
def test_the_second_to_decide_gets_a_sentence_the_next_item_and_their_words(
    client: Client, moderator: User, first: str
) -> None:
    item = waits(hours=2)
    waits(hours=1, title="The next one")
    client.post(path_of(item, first), {"reason": "Faster.", **version(item)})
    answer = client.post(path_of(item, "return/"), {**version(item), "reason": "My own long words."})
    assert answer.status_code == 409
    assert "The item does not wait any more" in answer.text
    assert titles(answer.text) == ["The next one"]
    assert "My own long words." in answer.text


def test_a_locked_claim_is_said_and_the_item_stays(client: Client, moderator: User) -> None:
    claim = a_claim(title="Under lock")
    item = waits(claim)
    lock_claim_for_all(by=moderator, claim=claim, reason="Under dispute.", today=DAY)
    answer = client.post(path_of(item, "approve/"), version(item))
    item.refresh_from_db()
    assert (answer.status_code, item.state) == (409, "pending")
    assert "Under dispute." in answer.text


def test_a_name_in_arabic_letters_keeps_to_itself(client: Client, moderator: User) -> None:
    by = a_person("analyst", name="نور الدين")
    an_item(by=by)
    an_item(by=by)
    page = client.get(QUEUE).text
    assert page.count("<bdi>نور الدين</bdi>, new analyst") == 2


def test_a_form_sent_after_the_session_ended_is_there_again(client: Client, moderator: User) -> None:
    item = waits()
    client.get(QUEUE)
    del client.cookies["sessionid"]
    client.post(path_of(item, "return/"), {**version(item), "reason": "Typed before."})
    client.force_login(moderator)
    assert "Typed before." in client.get(path_of(item, "return/")).text


def test_a_draft_is_its_author_s_alone(client: Client, moderator: User) -> None:
    item = an_item(by=a_person("analyst"), draft=True)
    assert client.get(path_of(item)).status_code == 404


def test_an_item_that_is_public_leads_to_withdrawing(client: Client, moderator: User) -> None:
    item = an_item()
    page = client.get(path_of(item)).text
    assert "This item does not wait: it is published." in page
    assert path_of(item, "withdraw/") in page


# --- withdrawing ---


def test_withdrawing_says_what_it_touches(client: Client, moderator: User) -> None:
    item = an_item([a_claim(title="Loses it")])
    assert "Loses it" in client.get(path_of(item, "withdraw/")).text


def test_withdrawing_takes_the_item_off_with_the_reason(client: Client, moderator: User) -> None:
    item = an_item([a_claim()])
    client.post(path_of(item, "withdraw/"), {**version(item), "reason": "It was made up."})
    item.refresh_from_db()
    assert (item.state, item.returned_because) == ("withdrawn", "It was made up.")


def test_withdrawing_needs_a_reason(client: Client, moderator: User) -> None:
    item = an_item()
    assert client.post(path_of(item, "withdraw/"), {**version(item), "reason": ""}).status_code == 422


def test_a_reason_to_withdraw_an_older_version_is_kept_beside_what_stands_now(client: Client, moderator: User) -> None:
    item = an_item(summary="As it is now.")
    answer = client.post(path_of(item, "withdraw/"), {"reason": "Made up.", "version": item.version + 1})
    item.refresh_from_db()
    assert (answer.status_code, item.state) == (409, "published")
    for words in ("changed by somebody else", "Made up.", "As it is now.", f'name="version" value="{item.version}"'):
        assert words in answer.text


def test_what_is_not_published_is_not_withdrawn(client: Client, moderator: User) -> None:
    item = waits()
    answer = client.post(path_of(item, "withdraw/"), {**version(item), "reason": "No."})
    item.refresh_from_db()
    assert (answer.status_code, item.state) == (409, "pending")


def test_the_second_to_withdraw_keeps_the_reason_that_was_typed(client: Client, moderator: User) -> None:
    item = an_item([a_claim()])
    withdraw(by=a_person("moderator"), evidence=item, reason="Forged.", today=DAY)
    answer = client.post(path_of(item, "withdraw/"), {**version(item), "reason": "The page was made up."})
    assert answer.status_code == 409
    assert '<blockquote dir="auto">The page was made up.' in answer.text


# --- bearings that wait alone ---


def test_a_waiting_bearing_is_shown_with_its_claim(client: Client, moderator: User) -> None:
    waits_alone(a_claim(title="Its claim"))
    page = client.get(QUEUE).text
    assert "Its claim" in page
    assert "It ends in May." in page


def test_a_bearing_is_approved(client: Client, moderator: User) -> None:
    bearing = waits_alone()
    client.post(f"{QUEUE}bearings/{bearing.id}/approve/", version(bearing))
    bearing.refresh_from_db()
    assert (bearing.state, bearing.number) == ("published", 1)


def test_a_bearing_is_rejected_with_a_reason(client: Client, moderator: User) -> None:
    bearing = waits_alone()
    assert client.post(f"{QUEUE}bearings/{bearing.id}/reject/", {**version(bearing), "reason": ""}).status_code == 422
    client.post(f"{QUEUE}bearings/{bearing.id}/reject/", {**version(bearing), "reason": "It says nothing about it."})
    bearing.refresh_from_db()
    assert bearing.state == "withdrawn"


def test_a_bearing_decided_by_somebody_else_shows_the_next(client: Client, moderator: User) -> None:
    bearing = waits_alone()
    client.post(f"{QUEUE}bearings/{bearing.id}/approve/", version(bearing))
    waits(title="The next one")
    answer = client.post(f"{QUEUE}bearings/{bearing.id}/reject/", {**version(bearing), "reason": "Too late."})
    assert answer.status_code == 409
    assert titles(answer.text) == ["The next one"]
    assert "Too late." in answer.text


@pytest.mark.parametrize("act", ["approve/", "reject/"])
def test_a_bearing_set_anew_since_it_was_read_is_read_again(client: Client, moderator: User, act: str) -> None:
    bearing = waits_alone()
    page = client.get(f"{QUEUE}bearings/{bearing.id}/").text
    read = re.search(r'name="version" value="([0-9]+)"', page)[1]
    again = NewBearing(bearing.claim_id, "supports", "moderate", "It goes on after all.")
    set_bearing(by=bearing.by, evidence=bearing.evidence, bearing=again, today=DAY)
    answer = client.post(f"{QUEUE}bearings/{bearing.id}/{act}", {"reason": "My own words.", "version": read})
    bearing.refresh_from_db()
    assert (read, answer.status_code, bearing.state) == ("1", 409, "pending")
    for words in ("changed by somebody else", "It goes on after all.", 'name="version" value="2"'):
        assert words in answer.text
    assert ("My own words." in answer.text) is (act == "reject/")


def test_nobody_is_offered_buttons_for_their_own_bearing(client: Client) -> None:
    author = a_person("analyst", "moderator")
    bearing = waits_alone()
    Bearing.objects.filter(id=bearing.id).update(by=author)
    client.force_login(author)
    page = client.get(QUEUE).text
    assert "You set this bearing yourself" in page
    assert "/approve/" not in page


@pytest.mark.parametrize("place", ["evidence", "bearings", "flags"])
def test_what_does_not_exist_is_not_found(client: Client, moderator: User, place: str) -> None:
    answer = client.get(f"{QUEUE}{place}/00000000-0000-7000-8000-000000000000/")
    assert answer.status_code == 404
    assert "There is no such" in answer.text


def test_dates_of_unlike_precision_are_named(client: Client, moderator: User) -> None:
    an_item(story="one-event", published="2026-05", event=str(on(-40)))
    waits(story="one-event", published="2026-05-13")
    page = client.get(QUEUE).text
    assert "not as exact" in page
    assert "only one has a date" in page
