"""The nouns: one file a family, with its constraints, indexes and triggers."""

from claims.models.articles import Article, ArticleAuthor, ArticleKind
from claims.models.assessments import Assessment, Citation, Confidence
from claims.models.bearings import Bearing, BearingRevision, BearingState, Stance, Weight
from claims.models.claims import NEVER, NO_DUE_DATE, AnnulledBecause, Claim, ClaimKind, ClaimStatus
from claims.models.events import (
    CLAIM_VERBS,
    JUDGEMENT_VERBS,
    SOURCE_VERBS,
    ActKey,
    Event,
    EventBody,
    EventClaim,
    Outbox,
    Verb,
)
from claims.models.evidence import Credibility, Evidence, EvidenceLink, EvidenceState, EvidenceType, LinkKind
from claims.models.feeds import Feed, FeedState
from claims.models.flags import Flag, FlagReason, FlagState
from claims.models.holds import Hold
from claims.models.leads import Lead, LeadMatch, LeadState, Suggestion, SuggestionState
from claims.models.ledger import Checkpoint, LedgerEntry, LedgerKey, LedgerNode
from claims.models.mail import Mail
from claims.models.merges import Merge, MergeMove, MergeState
from claims.models.ownership import ClaimOwner, Digest, Follow, Pace
from claims.models.people import Role, User, UserRole
from claims.models.ready_reasons import ReadyReason, ReasonFor
from claims.models.redactions import LegalBasis, Redaction
from claims.models.relations import ClaimRelation, Relation
from claims.models.revisions import ClaimRevision, RevisionType
from claims.models.sources import Reliability, Source, SourceDomain, SourceKind, SourceRevision
from claims.models.terms import ArticleTerm, Chosen, ClaimTerm, TermChoice, TermsDue, TermsState, WordRarity
from claims.models.topics import ClaimTopic, Topic
from claims.models.unsent import Unsent

__all__ = [
    "CLAIM_VERBS",
    "JUDGEMENT_VERBS",
    "NEVER",
    "NO_DUE_DATE",
    "SOURCE_VERBS",
    "ActKey",
    "AnnulledBecause",
    "Article",
    "ArticleAuthor",
    "ArticleKind",
    "ArticleTerm",
    "Assessment",
    "Bearing",
    "BearingRevision",
    "BearingState",
    "Checkpoint",
    "Chosen",
    "Citation",
    "Claim",
    "ClaimKind",
    "ClaimOwner",
    "ClaimRelation",
    "ClaimRevision",
    "ClaimStatus",
    "ClaimTerm",
    "ClaimTopic",
    "Confidence",
    "Credibility",
    "Digest",
    "Event",
    "EventBody",
    "EventClaim",
    "Evidence",
    "EvidenceLink",
    "EvidenceState",
    "EvidenceType",
    "Feed",
    "FeedState",
    "Flag",
    "FlagReason",
    "FlagState",
    "Follow",
    "Hold",
    "Lead",
    "LeadMatch",
    "LeadState",
    "LedgerEntry",
    "LedgerKey",
    "LedgerNode",
    "LegalBasis",
    "LinkKind",
    "Mail",
    "Merge",
    "MergeMove",
    "MergeState",
    "Outbox",
    "Pace",
    "ReadyReason",
    "ReasonFor",
    "Redaction",
    "Relation",
    "Reliability",
    "RevisionType",
    "Role",
    "Source",
    "SourceDomain",
    "SourceKind",
    "SourceRevision",
    "Stance",
    "Suggestion",
    "SuggestionState",
    "TermChoice",
    "TermsDue",
    "TermsState",
    "Topic",
    "Unsent",
    "User",
    "UserRole",
    "Verb",
    "Weight",
    "WordRarity",
]
