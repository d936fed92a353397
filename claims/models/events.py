"""The record of public acts: the event, what it touched, what it said, and what still has to follow it."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from claims.ids import uuid7
from claims.models.guards import append_only, deleted_by_redaction


class Verb(models.TextChoices):
    """What a person did; the words complete 'somebody ...'."""

    ARTICLE_ADDED = "article-added", "added an article"
    ARTICLE_REVISED = "article-revised", "revised an article"
    TOPIC_ADDED = "topic-added", "added a topic"
    SOURCE_ADDED = "source-added", "added a source"
    SOURCE_REVISED = "source-revised", "revised a source"
    SOURCE_GRADED = "source-graded", "graded a source"
    CLAIM_OPENED = "claim-opened", "opened a claim"
    CLAIM_REVISED = "claim-revised", "revised a claim"
    CLAIM_RESTATED = "claim-restated", "restated a claim"
    CLAIMS_RELATED = "claims-related", "related two claims"
    CLAIMS_UNRELATED = "claims-unrelated", "took back a relation"
    CLAIM_LOCKED = "claim-locked", "locked a claim"
    CLAIM_UNLOCKED = "claim-unlocked", "unlocked a claim"
    EVIDENCE_LOGGED = "evidence-logged", "logged evidence"
    EVIDENCE_SUBMITTED = "evidence-submitted", "submitted evidence"
    EVIDENCE_REVISED = "evidence-revised", "revised evidence"
    EVIDENCE_LINKED = "evidence-linked", "linked two items"
    EVIDENCE_APPROVED = "evidence-approved", "approved evidence"
    EVIDENCE_RETURNED = "evidence-returned", "returned evidence"
    EVIDENCE_REJECTED = "evidence-rejected", "rejected evidence"
    EVIDENCE_WITHDRAWN = "evidence-withdrawn", "withdrew evidence"
    EVIDENCE_REDACTED = "evidence-redacted", "redacted evidence"
    BEARING_SET = "bearing-set", "set a bearing"
    BEARING_CHANGED = "bearing-changed", "changed a bearing"
    BEARING_WITHDRAWN = "bearing-withdrawn", "withdrew a bearing"
    BEARING_APPROVED = "bearing-approved", "approved a bearing"
    BEARING_REJECTED = "bearing-rejected", "rejected a bearing"
    ASSESSED = "assessed", "assessed a claim"
    RESOLVED = "resolved", "resolved a claim"
    REOPENED = "reopened", "reopened a claim"
    FLAGGED = "flagged", "flagged something"
    FLAG_DECIDED = "flag-decided", "decided a flag"
    ROLES_SET = "roles-set", "set a person's roles"
    TRUST_SET = "trust-set", "set a person's trust"
    PERSON_ERASED = "person-erased", "erased a person's data"
    LEDGER_KEY_SET = "ledger-key-set", "set the key of the ledger"
    DECISION_UNDONE = "decision-undone", "undid a decision"
    MERGED = "merged", "merged a duplicate"
    UNMERGED = "unmerged", "undid a merge"
    PERSON_SUSPENDED = "person-suspended", "suspended a person"
    SUSPENSION_LIFTED = "suspension-lifted", "lifted a suspension"
    SUGGESTED = "suggested", "suggested an address"
    SUGGESTION_DECIDED = "suggestion-decided", "decided a suggestion"


# Acts that make news far more seldom than evidence does. Each kind has an index of its own by day, which claims.queries
# asks for by exactly these verbs; else the news of one kind would be looked for among all that was logged.
JUDGEMENT_VERBS = (Verb.ASSESSED, Verb.RESOLVED, Verb.REOPENED, Verb.CLAIM_RESTATED)
CLAIM_VERBS = (Verb.ARTICLE_ADDED, Verb.CLAIM_OPENED, Verb.CLAIM_REVISED)
SOURCE_VERBS = (Verb.SOURCE_GRADED,)

# Acts that put right what was public before; those that only their body tells apart have an index there (migration
# 0008). claims.queries.corrections asks for them verb by verb.
CORRECTION_VERBS = (
    Verb.REOPENED,
    Verb.EVIDENCE_WITHDRAWN,
    Verb.EVIDENCE_LINKED,
    Verb.EVIDENCE_REDACTED,
    Verb.BEARING_WITHDRAWN,
    Verb.PERSON_ERASED,
    Verb.MERGED,
    Verb.UNMERGED,
)


def _by_day(name: str, *verbs: Verb) -> models.Index:
    condition = models.Q(verb__in=[str(verb) for verb in verbs]) if verbs else None
    return models.Index(models.F("about_on").desc(), models.F("id").desc(), name=name, condition=condition)


class Event(models.Model):
    """Who did what to which thing, when it was recorded and which day it speaks of.

    The id is a UUIDv7 and tells about when; it is no cursor for "newer than", because
    transactions do not commit in the order of their ids.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recorded_at = models.DateTimeField()
    about_on = models.DateField()
    actor = models.ForeignKey("claims.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    verb = models.CharField(max_length=24, choices=Verb.choices)
    subject_type = models.CharField(max_length=16)
    subject_id = models.UUIDField()
    commitment = models.BinaryField(max_length=32)

    class Meta:
        db_table = "event"
        triggers = [append_only()]
        constraints = [models.CheckConstraint(condition=models.Q(verb__in=Verb.values), name="event_verb_known")]
        indexes = [
            _by_day("event_by_day"),
            _by_day("event_judgements_by_day", *JUDGEMENT_VERBS),
            _by_day("event_claims_by_day", *CLAIM_VERBS),
            _by_day("event_sources_by_day", *SOURCE_VERBS),
            models.Index(
                "verb",
                models.F("id").desc(),
                name="event_corrections",
                condition=models.Q(verb__in=[str(verb) for verb in CORRECTION_VERBS]),
            ),
            models.Index("subject_type", "subject_id", models.F("id").desc(), name="event_by_subject"),
            models.Index("actor", models.F("id").desc(), name="event_by_actor"),
        ]


class EventClaim(models.Model):
    """One claim that an event touched; one act may touch nine."""

    pk = models.CompositePrimaryKey("claim_id", "event_id")
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="+", db_index=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="event_claims")

    class Meta:
        db_table = "event_claim"
        triggers = [append_only()]


class EventBody(models.Model):
    """What an event said, and the salt that its commitment was made with; only a redaction destroys it."""

    event = models.OneToOneField(Event, primary_key=True, on_delete=models.PROTECT, related_name="body")
    payload = models.JSONField(encoder=DjangoJSONEncoder)
    salt = models.BinaryField(max_length=32)

    class Meta:
        db_table = "event_body"
        triggers = deleted_by_redaction()


class Outbox(models.Model):
    """Events that the ledger has no place for yet, in the order they were stored in; emptied by the sequencer.

    The database numbers the rows: what was done after another act was committed comes after it, whatever the
    clocks of the hosts say.
    """

    id = models.BigAutoField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "outbox"


class ActKey(models.Model):
    """A key that a client chose for one act, so that sending it twice does it once."""

    pk = models.CompositePrimaryKey("actor_id", "key")
    actor = models.ForeignKey("claims.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=100)
    fingerprint = models.BinaryField(max_length=32)
    subject_id = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "act_key"
