"""The database's refusals, turned into sentences: one map from a constraint's name to field and words."""

from django.db import DatabaseError

from claims.actions.errors import ActionError, Invalid, WrongState

WORDS: dict[str, tuple[str, str]] = {
    "person_email_key": ("email", "There is an account with this email already."),
    "person_email_once": ("email", "There is an account with this email already."),
    "source_slug_key": ("domain", "There is a source with this domain already."),
    "source_domain_pkey": ("domain", "There is a source with this domain already."),
    "article_slug_key": ("title", "There is an article with this short name already."),
    "article_dates_in_order": ("published", "The last day comes before the first."),
    "article_has_paragraphs": ("paragraphs", "An article has at least one paragraph."),
    "article_author_has_name_or_role": ("authors", "An author needs a name or a post."),
    "topic_slug_key": ("name", "There is a topic with this name already."),
    "topic_name_key": ("name", "There is a topic with this name already."),
    "claim_slug_key": ("title", "There is a claim with this short name already."),
    "claim_due_after_opening": ("horizon", "The claim falls due before it was opened."),
    "claim_has_paragraph": ("paragraph", "Paragraphs are counted from 1."),
    "claim_relation_once": ("to", "This relation stands already."),
    "claim_relation_between_two": ("to", "A claim cannot be related to itself."),
    "claim_revision_once": ("version", "Somebody revised the claim at the same moment. Send it again."),
    "claim_revision_review_days": ("review_every_days", "Give a number of days from 1 to 3,660."),
    "evidence_address_once": (
        "address",
        "Another item with this address is published.",
    ),
    "evidence_import_key_key": ("import_key", "There is an item with this key already."),
    "evidence_address_ascii": ("address", "The address has characters that an address cannot have."),
    "evidence_complete_unless_draft": (
        "summary",
        "An item needs a source, a title, a summary and a grade before it leaves your drafts.",
    ),
    "evidence_published_in_order": ("published", "The last day comes before the first."),
    "evidence_event_in_order": ("event", "The last day comes before the first."),
    "evidence_link_pkey": ("to", "This link stands already."),
    "evidence_link_between_two": ("to", "An item cannot supersede, correct or retract itself."),
    "bearing_once": ("bearings", "This item bears on that claim already."),
    "bearing_number_once": ("bearings", "Somebody added to this claim at the same moment. Send it again."),
    "assessment_probability_fits_status": (
        "probability",
        "The probability does not fit the status: open and partly borne out lie between 0 and 1, borne out is 1,"
        " not borne out is 0, ambiguous and annulled have none.",
    ),
    "assessment_occurred_by_as_of": (
        "occurred_on",
        "The day it happened belongs to a resolution and cannot lie after the day it speaks of.",
    ),
    "assessment_annulled_with_reason": (
        "annulled_because",
        "An annulled claim needs a reason, and no other status has one.",
    ),
    "citation_of_a_bearing": ("cites", "Only items that bear on this claim can be cited."),
    "evidence_looked_for_something": (
        "looked_for",
        "What was looked for and not found needs the words that were looked for, and the day; nothing else has them.",
    ),
    "feed_address_once": ("address", "This feed is watched already."),
    "feed_paused_with_reason": ("reason", "Say why the feed is not asked any more."),
    "lead_address_once": ("address", "There is a lead with this address already."),
    "lead_snoozed_until": ("until", "Say until when it is snoozed."),
    "merge_of_two": ("into", "A thing is not a duplicate of itself."),
    "merge_leads_one_way": ("into", "This is merged already."),
    "merge_suggested_once": ("into", "These two were suggested before."),
    "ready_reason_says_something": ("words", "A ready reason says something."),
    "suggestion_dismissed_with_answer": ("answer", "Say why, so that who suggested it can read it."),
    "flag_decided_with_answer": ("answer", "Say why, so that who reported it can read it."),
}


# Somebody stored the same in between, which the second look finds.
_RACES = {"evidence_address_once", "lead_address_once", "queue_hold_once", "unsent_once"}
_DEADLOCK, _SERIALISATION = "40P01", "40001"


def lost_a_race(error: DatabaseError) -> bool:
    """Whether the act failed only because of what another did at the same moment."""
    return _constraint(error) in _RACES or _sqlstate(error) in {_DEADLOCK, _SERIALISATION}


def refusal(error: DatabaseError) -> ActionError:
    """The refusal in words for a database error; raises the error itself where the map has no words for it.

    Either way the row that was refused is taken out of it, since errors end in logs, where nobody would erase it.
    """
    name = _constraint(error)
    for told in (error, error.__cause__):
        if told is not None and told.args:
            told.args = (str(told.args[0]).split("\n", 1)[0],)
    if name in WORDS:
        field, words = WORDS[name]
        return Invalid({field: words})
    if _sqlstate(error) in {_DEADLOCK, _SERIALISATION}:
        return WrongState("Somebody changed the same things at the same moment. Send it again.")
    raise error


def _constraint(error: DatabaseError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""


def _sqlstate(error: DatabaseError) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""
