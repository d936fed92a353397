"""Logging an item on the desk."""

from datetime import date

import pytest
from django.test import Client

from claims.models import Bearing, Evidence, Source, User
from tests.factories import a_claim, a_person, a_source, an_item, many_claims, many_items
from tests.web.desk import ADDRESS, FORM, as_sent, item_form, signed_in, signed_out, text_of, told

pytestmark = pytest.mark.django_db

LOG = "/desk/log/"


@pytest.fixture
def writer() -> User:
    return a_person("analyst", trusted=True)


@pytest.fixture
def trusted(client: Client, writer: User) -> Client:
    return signed_in(client, writer)


@pytest.fixture
def paper() -> Source:
    return a_source("news.example", name="The News")


def test_it_publishes_for_a_trusted_analyst(trusted, paper):
    claim = a_claim()
    response = trusted.post(LOG, item_form((claim, "supports", "strong")))
    item = Evidence.objects.get()
    assert (item.state, response.url) == ("published", f"/evidence/{item.id}/")


def test_it_stores_what_was_typed(trusted, paper):
    trusted.post(LOG, item_form(event="2026-03", author="A. Writer", quotation="“Delivered.”", story="Oil licence"))
    item = Evidence.objects.get()
    assert (item.title, str(item.published), str(item.event), item.credibility, item.author, item.story) == (
        *("A licence for oil at sea", "2026-03-06", "2026-03", 2),
        *("A. Writer", "oil-licence"),
    )


def test_it_attaches_several_claims_at_once(trusted, paper):
    first, second = a_claim(), a_claim()
    trusted.post(LOG, item_form((first, "supports", "strong"), (second, "mixed", "slight")))
    found = {row.claim_id: (row.stance, row.weight, row.state) for row in Bearing.objects.all()}
    assert found == {first.id: ("supports", "strong", "published"), second.id: ("mixed", "slight", "published")}


def test_it_sends_a_new_analysts_item_to_the_queue(client, paper):
    signed_in(client, a_person("analyst"))
    response = client.post(LOG, item_form())
    assert (Evidence.objects.get().state, response.url) == ("pending", "/desk/mine/?state=pending")


def test_its_button_says_that_a_new_analysts_item_waits(client):
    signed_in(client, a_person("analyst"))
    assert "Send for approval</button>" in text_of(client.get(LOG))


def test_it_goes_on_to_another_item(trusted, paper):
    assert trusted.post(LOG, item_form(do="another")).url == LOG


def test_it_keeps_a_draft_with_little_in_it(trusted):
    response = trusted.post(LOG, item_form(do="draft", title="", summary="", credibility=None, type="", published=""))
    assert (Evidence.objects.get().state, response.url) == ("draft", "/desk/drafts/")


def test_it_finds_the_source_by_the_domain_of_the_address(trusted, paper):
    trusted.post(LOG, item_form(address="https://live.news.example/x"))
    assert Evidence.objects.get().source == paper


def test_it_takes_another_source_by_its_name(trusted, paper):
    other = a_source("wire.example", name="The Wire")
    trusted.post(LOG, item_form(source="the wire"))
    assert Evidence.objects.get().source == other


def test_it_takes_a_source_as_the_form_writes_it(trusted, paper):
    trusted.post(LOG, item_form(source="The News (news.example)"))
    assert Evidence.objects.get().source == paper


def test_it_offers_sources_of_a_similar_name(trusted, paper):
    a_source("wire.example", name="The Wire Service")
    response = trusted.post(LOG, item_form(source="wire"))
    assert "There is no source “wire”. Is it “The Wire Service”?" in text_of(response)


def test_it_asks_what_an_unknown_source_is(trusted):
    response = trusted.post(LOG, item_form())
    assert response.status_code == 422
    assert 'name="new_name"' in text_of(response)
    assert not Evidence.objects.exists()


def test_it_adds_an_unknown_source_ungraded_with_the_item(trusted):
    trusted.post(LOG, item_form(new_name="The News", new_kind="newspaper", new_country="pl", new_domain="news.example"))
    source = Evidence.objects.get().source
    assert (source.name, source.country, source.reliability, source.slug) == ("The News", "PL", None, "news-example")


def test_it_says_what_is_wrong_with_a_new_source_beside_its_field(trusted):
    response = trusted.post(LOG, item_form(new_name="The News", new_kind="", new_country="Poland"))
    page = text_of(response)
    assert response.status_code == 422
    assert 'href="#id_new_kind">Kind: Choose what sort of source it is.' in page
    assert 'href="#id_new_country">Country: Give the country as two letters' in page


def test_it_keeps_a_new_source_where_the_item_is_refused(trusted):
    locked = a_claim()
    locked.locked_by = a_person("moderator")
    locked.save()
    form = item_form((locked, "supports", "slight"), new_name="The News", new_kind="newspaper")
    response = trusted.post(LOG, form)
    assert response.status_code == 409
    assert Source.objects.filter(slug="news-example").exists()
    assert 'name="new_name"' not in text_of(response)


def test_it_adds_to_an_item_that_stands_under_the_address(trusted, paper):
    claim = a_claim(title="Oil flows")
    item = an_item(address=ADDRESS, source=paper, title="It stands")
    form = item_form(
        (claim, "supports", "slight"), address="http://news.example/2026/03/licence/?utm_source=x", title="", summary=""
    )
    response = trusted.post(LOG, form, follow=True)
    assert Bearing.objects.get().evidence == item
    assert "This address stood already, as “It stands”. Newly attached to “Oil flows”." in told(response)[0]


def test_it_says_which_claims_the_standing_item_bore_on_before(trusted, paper):
    old, new = a_claim(title="Old"), a_claim(title="New")
    an_item([old], address=ADDRESS, source=paper)
    response = trusted.post(LOG, item_form((old, "mixed", "slight"), (new, "mixed", "slight")), follow=True)
    assert "Newly attached to “New”. It bore on “Old” before: nothing was changed there." in told(response)[0]


def test_it_wants_a_claim_where_the_address_stands_already(trusted, paper):
    an_item(address=ADDRESS, source=paper)
    response = trusted.post(LOG, item_form())
    assert response.status_code == 422
    assert "Choose below what else its item bears on" in text_of(response)


def test_it_logs_once_what_is_sent_twice(trusted, paper):
    claim = a_claim()
    for _ in range(2):
        response = trusted.post(LOG, item_form((claim, "supports", "slight")), follow=True)
    assert Evidence.objects.count() == Bearing.objects.count() == 1
    assert "Nothing was stored twice" in told(response)[0]


def test_it_logs_once_what_a_new_analyst_sends_twice(client, paper):
    signed_in(client, a_person("analyst"))
    for _ in range(2):
        client.post(LOG, item_form())
    assert Evidence.objects.count() == 1


def test_it_asks_again_where_the_key_was_used_for_something_else(trusted, paper):
    trusted.post(LOG, item_form())
    response = trusted.post(LOG, item_form(address="https://news.example/other"))
    assert response.status_code == 409
    assert 'value="a-key-of-this-form"' not in text_of(response)
    assert Evidence.objects.count() == 1


LONG = "x" * 1_000_000


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"address": "javascript:alert(1)"}, "address", "Only addresses that begin with http:// or https://"),
        ({"address": ""}, "address", "An address is missing"),
        ({"address": "https://news.example/a b"}, "address", "The address holds a space"),
        ({"published": "2026-13"}, "published", "There is no month 13. Write 2026-03-05, 2026-03 or 2026."),
        ({"event": "2026-02-30"}, "event", "February 2026 has 28 days"),
        ({"published": "2199"}, "published", "has not come yet"),
        ({"summary": LONG}, "summary", "This has 1,000,000 characters and may have 2,000"),
        ({"title": LONG}, "title", "may have 200"),
        ({"quotation": LONG}, "quotation", "may have 500"),
        ({"author": "A\0B"}, "author", "The text holds a control character (U+0000)"),
        ({"summary": "half \ud83d of a face"}, "summary", "could not be read"),
        ({"title": "abc\u202edef"}, "title", "changes the order of reading"),
        ({"source": "A\0B"}, "source", "There is no source “A"),
        ({"source": LONG}, "source", "There is no source “xxx"),
        ({"story": "—"}, "story", "No address can be made of these words"),
        ({"credibility": "9"}, "credibility_0", "“9” is no grade"),
        ({"credibility": ""}, "credibility_0", "Say how far the information is to be trusted"),
        ({"type": "hearsay"}, "type", "“hearsay” is no sort of page"),
        ({"type": ""}, "type", "Choose what sort of page it is"),
    ],
)
def test_it_says_beside_the_field_what_is_wrong(trusted, paper, said, field, words):
    response = trusted.post(LOG, as_sent(item_form(**said)), content_type=FORM)
    page = text_of(response)
    assert response.status_code == 422
    assert page.count(words) >= 2, "once on top and once beside the field"
    assert f'href="#id_{field}"' in page
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("stance", "weight", "words"),
    [
        ("proves", "strong", "“proves” is no stance"),
        ("supports", "heavy", "“heavy” is no weight"),
        ("", "strong", "Choose a stance."),
        ("supports", "", "Choose a weight."),
    ],
)
def test_it_refuses_a_made_up_bearing(trusted, paper, stance, weight, words):
    claim = a_claim(title="Oil flows")
    response = trusted.post(LOG, item_form((claim, stance, weight)))
    assert response.status_code == 422
    assert f"on “Oil flows”: {words}" in text_of(response)
    assert not Evidence.objects.exists()


def test_it_refuses_more_claims_than_a_page_holds(trusted, paper):
    response = trusted.post(LOG, item_form(bears_on=[str(claim.id) for claim in many_claims(51)]))
    assert response.status_code == 422
    assert "An item can be put to 50 claims at a time." in text_of(response)


@pytest.mark.parametrize(
    "query", ["claim=%00", "claim=no-such-claim", "address=%00", "title=%ED%A0%80", "claim=" + "x" * 3000]
)
def test_it_opens_whatever_a_bookmark_brings(trusted, query):
    assert trusted.get(f"{LOG}?{query}").status_code == 200


@pytest.mark.parametrize("find", ["\0", "\u202e", "x" * 100_000, "%", "' | !("])
def test_it_searches_for_whatever_is_typed(trusted, find):
    form = item_form(do=None, find="any", find_claim=find, find_item=find)
    assert trusted.post(LOG, form).status_code == 200


@pytest.mark.parametrize("claim", ["01a00000-0000-7000-8000-000000000000", "nonsense", "", "1" * 5000])
def test_it_refuses_a_claim_that_does_not_exist(trusted, paper, claim):
    response = trusted.post(LOG, item_form(bears_on=[claim]))
    assert response.status_code == 422
    assert "One of the claims chosen does not exist" in text_of(response)
    assert not Evidence.objects.exists()


def test_it_refuses_a_note_that_is_too_long(trusted, paper):
    claim = a_claim()
    response = trusted.post(LOG, item_form((claim, "supports", "slight")) | {f"{claim.id}-note": "x" * 501})
    assert "This has 501 characters and may have 500" in text_of(response)


def test_it_names_every_mistake_at_once(trusted, paper):
    response = trusted.post(LOG, item_form((a_claim(), "", ""), title="", event="2026-13-05", credibility=None))
    assert "5 things to put right" in text_of(response)


def test_it_keeps_everything_that_was_typed_beside_a_mistake(trusted, paper):
    claim = a_claim()
    form = item_form((claim, "contradicts", "strong"), title="", event="2026-13-05", story="oil")
    form[f"{claim.id}-note"] = "Because."
    page = text_of(trusted.post(LOG, form))
    for kept in ('value="2026-13-05"', "A licence lets cargoes be delivered.<", 'value="oil"', 'value="Because."'):
        assert kept in page
    assert f'name="{claim.id}-stance" value="contradicts"' in page
    assert page.count(" checked") == 2
    assert '<option value="strong" selected>' in page


def test_it_chooses_nothing_beforehand(trusted):
    claim = a_claim()
    page = text_of(trusted.get(LOG, {"claim": claim.slug}))
    assert f'value="{claim.id}"' in page
    assert " checked" not in page
    assert '<option value="" selected>weight</option>' in page


def test_it_takes_what_a_bookmark_brings(trusted):
    page = text_of(trusted.get(LOG, {"address": ADDRESS, "title": "A “title”", "quotation": "Words."}))
    assert f'value="{ADDRESS}"' in page
    assert 'value="A “title”"' in page
    assert "Words.</textarea>" in page


def test_it_finds_claims_without_a_script_and_keeps_what_was_typed(trusted, paper):
    claim = a_claim(title="Oil licence is renewed")
    there = a_claim(title="Sanctions fall")
    form = item_form((there, "supports", "strong"), do=None, find="claim", find_claim="licence renew", title="Typed")
    response = trusted.post(LOG, form)
    page = text_of(response)
    assert response.status_code == 200
    assert f'name="add" value="{claim.id}"' in page
    assert 'value="Typed"' in page
    assert f'name="{there.id}-stance" value="supports" ' in page
    assert "to put right" not in page


def test_it_adds_a_claim_without_a_script(trusted):
    first, second = a_claim(), a_claim()
    page = text_of(trusted.post(LOG, item_form((first, "mixed", "slight"), do=None, add=str(second.id))))
    assert [f'name="bears_on" value="{claim.id}"' in page for claim in (first, second)] == [True, True]


def test_it_takes_a_claim_off_without_a_script(trusted):
    first, second = a_claim(), a_claim()
    form = item_form((first, "mixed", "slight"), (second, "mixed", "slight"), do=None, remove=str(first.id))
    page = text_of(trusted.post(LOG, form))
    assert [f'name="bears_on" value="{claim.id}"' in page for claim in (first, second)] == [False, True]


def test_it_offers_the_claims_that_were_used_today(trusted, paper):
    claim = a_claim(title="Oil flows")
    trusted.post(LOG, item_form((claim, "supports", "slight")))
    page = text_of(trusted.get(LOG))
    assert "Used today:" in page
    assert f'class="chip" name="add" value="{claim.id}"' in page


def test_it_takes_the_story_of_the_item_that_reports_the_same_event(trusted, paper):
    other = an_item(story="oil-licence")
    page = text_of(trusted.post(LOG, item_form(do=None, same=str(other.id))))
    assert f'name="same_as" value="{other.id}"' in page
    assert 'name="story" value="oil-licence"' in page


def test_it_joins_both_items_to_one_story(trusted, paper):
    other = an_item(title="Oil may be sold")
    trusted.post(LOG, item_form(same_as=str(other.id), story="oil-may-be-sold"))
    assert set(Evidence.objects.values_list("story", flat=True)) == {"oil-may-be-sold"}


def test_it_does_not_touch_the_other_item_for_a_new_analyst(client, paper):
    signed_in(client, a_person("analyst"))
    other = an_item(title="Oil may be sold")
    client.post(LOG, item_form(same_as=str(other.id), story="oil-may-be-sold"))
    other.refresh_from_db()
    assert other.story == ""


def test_it_finds_an_item_of_the_same_event_by_its_address(trusted, paper):
    other = an_item(address="https://wire.example/oil", title="Oil may be sold")
    page = text_of(trusted.post(LOG, item_form(do=None, find="item", find_item="http://www.wire.example/oil/")))
    assert f'name="same" value="{other.id}"' in page


def test_it_says_how_many_were_logged_today(trusted, paper):
    trusted.post(LOG, item_form())
    assert "1 logged today, last" in text_of(trusted.get(LOG))


def test_strangers_sign_in_first_and_come_back(client):
    response = client.get(LOG, {"claim": "x"})
    assert response.url == "/accounts/login/?next=/desk/log/%3Fclaim%3Dx"


def test_readers_are_told_what_they_may_not(client):
    signed_in(client, a_person())
    response = client.get(LOG)
    assert response.status_code == 403
    assert "You may not log evidence." in text_of(response)


@pytest.fixture
def late(client, writer):
    return signed_out(client, writer)


def test_what_was_typed_is_there_again_after_signing_in(late, writer):
    late.post(LOG, item_form(title="Typed while signed out"))
    response = signed_in(late, writer).get(LOG)
    assert 'value="Typed while signed out"' in text_of(response)
    assert "You had been signed out" in told(response)[0]


def test_it_is_shown_to_nobody_else_who_signs_in_there(late):
    late.post(LOG, item_form(title="Typed while signed out"))
    other = signed_in(late, a_person("editor"))
    assert "Typed while signed out" not in text_of(other.get(LOG))


def test_the_next_person_s_session_holds_nothing_of_it(late):
    late.post(LOG, item_form(title="Typed while signed out"))
    other = signed_in(late, a_person("editor"))
    other.get("/desk/")
    assert "Typed" not in str(dict(other.session.items()))


def test_whose_form_it_is_cannot_be_claimed(late):
    other = a_person("editor")
    late.cookies["desk"] = str(other.id)
    late.post(LOG, item_form(title="Typed while signed out"))
    assert "Typed while signed out" not in text_of(signed_in(late, other).get(LOG))


def test_a_browser_notes_whose_desk_it_shows_out_of_reach_of_scripts(trusted):
    noted = trusted.get(LOG).cookies["desk"]
    assert (noted["httponly"], noted["samesite"], noted["max-age"]) == (True, "Lax", "")
    assert "desk" not in trusted.get(LOG).cookies


def test_of_forms_sent_one_after_another_one_is_kept(late):
    for number in range(3):
        late.post(f"/desk/claims/no-claim-{number}/revise/", {"title": "x" * 40_000})
    assert 40_000 < len(str(dict(late.session.items()))) < 50_000
    assert not Evidence.objects.exists()


def test_a_stranger_fills_no_session(client: Client, db: None) -> None:
    client.post("/desk/claims/no-claim/revise/", {"title": "x" * 40_000})
    assert not client.session.items()


def test_no_browser_or_proxy_keeps_it(trusted):
    assert trusted.get(LOG)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("count", [10, 1000])
def test_it_asks_the_same_number_of_queries_however_much_there_is(trusted, paper, count, django_assert_num_queries):
    [claim, *_] = many_claims(count)
    many_items(claim, count)
    form = item_form((claim, "supports", "slight"), do=None, find="any", find_claim="claim many", find_item="item many")
    trusted.get(LOG)
    with django_assert_num_queries(12):
        trusted.post(LOG, form)


def test_the_days_are_those_of_the_world_time(trusted, paper):
    trusted.post(LOG, item_form())
    assert Evidence.objects.get().known_by == date(2026, 3, 6)
