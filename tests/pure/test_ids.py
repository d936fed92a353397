from claims.ids import uuid7


def test_it_is_a_uuid_of_version_7():
    made = uuid7()
    assert (made.version, made.variant) == (7, "specified in RFC 4122")


def test_ids_made_one_after_another_are_distinct_and_in_order():
    made = [uuid7() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert made == sorted(made)
