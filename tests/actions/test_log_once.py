"""The key of an act: the same act sent twice is done once."""

import pytest

from claims.actions.errors import Invalid, KeyUsed
from claims.actions.log_evidence import log_evidence
from claims.models import Evidence
from tests.actions.rows import grown, row_counts
from tests.actions.threads import at_once
from tests.factories import DAY, a_claim, a_person, a_source, an_item, bearings_on, item_words


def test_the_same_key_with_the_same_words_logs_once(db):
    by, words, bearings = a_person("editor"), item_words(source=a_source()), bearings_on(a_claim())
    first = log_evidence(by=by, words=words, bearings=bearings, key="k", today=DAY)
    before = row_counts()
    second = log_evidence(by=by, words=words, bearings=bearings, key="k", today=DAY)
    assert (grown(before), second.evidence, second.repeated) == ({}, first.evidence, True)


def test_the_same_key_with_other_words_is_refused(db):
    by, source = a_person("editor"), a_source()
    log_evidence(by=by, words=item_words(source=source), key="k", today=DAY)
    with pytest.raises(KeyUsed):
        log_evidence(by=by, words=item_words(source=source), key="k", today=DAY)


def test_the_same_key_with_other_bearings_is_refused(db):
    by, words, claim = a_person("editor"), item_words(source=a_source()), a_claim()
    log_evidence(by=by, words=words, bearings=bearings_on(claim), key="k", today=DAY)
    with pytest.raises(KeyUsed):
        log_evidence(by=by, words=words, bearings=bearings_on((claim, "mixed")), key="k", today=DAY)


def test_a_key_is_each_persons_own(db):
    source = a_source()
    log_evidence(by=a_person("editor"), words=item_words(source=source), key="k", today=DAY)
    logged = log_evidence(by=a_person("editor"), words=item_words(source=source), key="k", today=DAY)
    assert not logged.repeated


def test_a_refused_act_leaves_its_key_free(db):
    by, source = a_person("editor"), a_source()
    with pytest.raises(Invalid):
        log_evidence(
            by=by, words=item_words(source=source), bearings=bearings_on((a_claim(), "no")), key="k", today=DAY
        )
    assert not log_evidence(by=by, words=item_words(source=source), key="k", today=DAY).repeated


def test_a_repeated_act_that_attached_gives_the_item_it_attached_to(db):
    standing, by = an_item(), a_person("editor")
    words, bearings = item_words(source=a_source(), address=standing.address), bearings_on(a_claim())
    log_evidence(by=by, words=words, bearings=bearings, key="k", today=DAY)
    assert log_evidence(by=by, words=words, bearings=bearings, key="k", today=DAY).evidence == standing


@pytest.mark.parametrize("key", ["a" * 101, "a\x00", "a\n", "\ud800"])
def test_it_refuses_a_key_that_is_none(db, key):
    with pytest.raises(Invalid) as refused:
        log_evidence(by=a_person("editor"), words=item_words(source=a_source()), key=key, today=DAY)
    assert list(refused.value.errors) == ["key"]


def test_two_at_the_same_moment_with_one_key_log_once(empty_cloned_db):
    by, words, bearings = a_person("editor"), item_words(source=a_source()), bearings_on(a_claim())

    def log():
        return log_evidence(by=by, words=words, bearings=bearings, key="k", today=DAY)

    assert (sorted(logged.repeated for logged in at_once(log, log)), Evidence.objects.count()) == ([False, True], 1)
