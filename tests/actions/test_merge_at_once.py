"""Merges at the same moment: one wins, the other is refused in words, and nothing is merged in circles."""

from datetime import timedelta

from claims.actions.errors import ActionError
from claims.actions.merge import merge, unmerge
from claims.models import Evidence, Merge
from tests.actions.threads import at_once
from tests.factories import DAY, NOW, a_claim, a_person, an_item


def doing(duplicate, into, by):
    return lambda: merge(
        by=by, kind="evidence", duplicate=duplicate.id, into=into.id, reason="The same report.", today=DAY
    )


def outcomes(results):
    return sorted("refused" if isinstance(one, ActionError) else type(one).__name__ for one in results)


def test_two_who_merge_each_into_the_other_take_turns_and_one_is_refused(empty_cloned_db):
    one, other = an_item([a_claim()]), an_item([a_claim()])
    by = [a_person("moderator"), a_person("moderator")]
    results = at_once(doing(one, other, by[0]), doing(other, one, by[1]))
    assert outcomes(results) == ["Merge", "refused"]
    assert sorted(Evidence.objects.values_list("state", flat=True)) == ["published", "withdrawn"]


def test_two_who_merge_the_same_item_elsewhere_leave_one_merge(empty_cloned_db):
    item, one, other = an_item(), an_item(), an_item()
    by = [a_person("moderator"), a_person("moderator")]
    results = at_once(doing(item, one, by[0]), doing(item, other, by[1]))
    assert outcomes(results) == ["Merge", "refused"]
    assert Merge.objects.filter(state="confirmed").count() == 1


def test_undoing_twice_at_once_undoes_it_once(empty_cloned_db):
    done = doing(an_item([a_claim()]), an_item(), a_person("moderator"))()
    by = [a_person("moderator"), a_person("moderator")]
    later = NOW + timedelta(hours=1)
    results = at_once(*(lambda one=one: unmerge(by=one, merge=done, reason="Two.", today=DAY, now=later) for one in by))
    assert outcomes(results) == ["Merge", "refused"]
