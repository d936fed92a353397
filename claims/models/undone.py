"""Decisions that were undone, in SQL: each is followed, among the acts on its subject, by the act that undid it."""


def undone(event: str = "event") -> str:
    """SQL that is true of an event of this alias that was undone; it needs no body, which a redaction may destroy."""
    return f"""
    ('decision-undone' IS NOT DISTINCT FROM (
        SELECT later.verb FROM event later
         WHERE later.subject_type = {event}.subject_type AND later.subject_id = {event}.subject_id
           AND later.id > {event}.id
         ORDER BY later.id LIMIT 1))
    """  # noqa: S608 (of our own texts)


UNDONE = undone()
