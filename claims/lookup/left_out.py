"""What of the tables has no list of its own in the admin, and why."""

from claims.models import (
    ActKey,
    ArticleAuthor,
    ArticleTerm,
    Citation,
    ClaimTerm,
    ClaimTopic,
    EventBody,
    EventClaim,
    EvidenceLink,
    Follow,
    LeadMatch,
    LedgerNode,
    MergeMove,
    SourceDomain,
    TermChoice,
    TermsDue,
    TermsState,
    Unsent,
    UserRole,
    WordRarity,
)

PART = "shown with what it is a part of"
WORKED_OUT = "worked out anew from what is shown, whenever that changes"
LEFT_OUT = {
    ArticleAuthor: PART,
    Citation: PART,
    ClaimTopic: PART,
    EventClaim: PART,
    EvidenceLink: PART,
    LeadMatch: PART,
    MergeMove: "tells only how a merge is undone",
    SourceDomain: PART,
    UserRole: PART,
    EventBody: "shown with its event; its salt is nobody's business",
    LedgerNode: "hashes over hashes, each recomputed by verify_ledger",
    ActKey: "keys that programs chose for themselves",
    Follow: "what a person wants to be told of is theirs alone",
    TermChoice: PART,
    WordRarity: WORKED_OUT,
    ArticleTerm: WORKED_OUT,
    ClaimTerm: WORKED_OUT,
    TermsDue: WORKED_OUT,
    TermsState: WORKED_OUT,
    Unsent: "what a person has not sent is theirs alone",
}
