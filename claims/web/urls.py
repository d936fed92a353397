"""The addresses of the site's pages, module by module."""

from django.urls import URLPattern, URLResolver, path

from claims.web import (
    articles,
    changes,
    citing,
    claim,
    claim_list,
    corrections,
    evidence,
    exports,
    flagging,
    history,
    home,
    ledger,
    matrix,
    matrix_edit,
    methodology,
    search,
    sources,
    suggesting,
    topics,
)
from claims.web.desk import articles as desk_articles
from claims.web.desk import bearings as desk_bearings
from claims.web.desk import bookmarklet as desk_bookmarklet
from claims.web.desk import claims as desk_claims
from claims.web.desk import drafts as desk_drafts
from claims.web.desk import evidence as desk_evidence
from claims.web.desk import home as desk_home
from claims.web.desk import judge as desk_judge
from claims.web.desk import log as desk_log
from claims.web.desk import lookups as desk_lookups
from claims.web.desk import ownership as desk_ownership
from claims.web.desk import palette as desk_palette
from claims.web.desk import sources as desk_sources
from claims.web.desk import stale as desk_stale
from claims.web.desk import topics as desk_topics
from claims.web.desk import unsent as desk_unsent
from claims.web.desk.leads import feeds as leads_feeds
from claims.web.desk.leads import listing as leads_listing
from claims.web.desk.leads import opml as leads_opml
from claims.web.moderation import decide, flags, merge, merge_new, merges, people, queue, redact, revert, suggestions

urlpatterns: list[URLPattern | URLResolver] = [
    path("about/ledger/", methodology.ledger_formats, name="ledger_formats"),
    path("about/methodology/", methodology.methodology, name="methodology"),
    path("changes/", changes.changes_page, name="changes"),
    path("claims/", claim_list.claim_list, name="claims"),
    path("claims/<slug:slug>/", claim.claim, name="claim"),
    path("corrections/", corrections.corrections_page, name="corrections"),
    path("desk/", desk_home.home, name="desk"),
    path("desk/articles/new/", desk_articles.new, name="desk_article_new"),
    path("desk/articles/<slug:slug>/revise/", desk_articles.revise, name="desk_article_revise"),
    path("desk/bookmarklet/", desk_bookmarklet.bookmarklet, name="desk_bookmarklet"),
    path("desk/claims/new/", desk_claims.new, name="desk_claim_new"),
    path("desk/claims/pick/", desk_lookups.claims, name="desk_claim_pick"),
    path("desk/claims/pick/<uuid:claim>/", desk_lookups.claim_row, name="desk_claim_row"),
    path("desk/claims/<slug:slug>/assess/", desk_judge.assess, name="desk_claim_assess"),
    path("desk/claims/<slug:slug>/follow/", desk_ownership.follow, name="desk_claim_follow"),
    path("desk/claims/<slug:slug>/lock/", desk_claims.lock, name="desk_claim_lock"),
    path("desk/claims/<slug:slug>/owner/", desk_ownership.owner, name="desk_claim_owner"),
    path("desk/claims/<slug:slug>/owner/release/", desk_ownership.release, name="desk_claim_owner_release"),
    path("desk/claims/<slug:slug>/owner/take/", desk_ownership.take, name="desk_claim_owner_take"),
    path("desk/claims/<slug:slug>/relate/", desk_claims.relate, name="desk_claim_relate"),
    path("desk/claims/<slug:slug>/relate/<uuid:relation>/", desk_claims.unrelate, name="desk_claim_unrelate"),
    path("desk/claims/<slug:slug>/reopen/", desk_judge.reopen, name="desk_claim_reopen"),
    path("desk/claims/<slug:slug>/resolve/", desk_judge.resolve, name="desk_claim_resolve"),
    path("desk/claims/<slug:slug>/revise/", desk_claims.revise, name="desk_claim_revise"),
    path("desk/claims/<slug:slug>/unfollow/", desk_ownership.unfollow, name="desk_claim_unfollow"),
    path("desk/drafts/", desk_drafts.drafts, name="desk_drafts"),
    path("desk/drafts/<uuid:evidence>/", desk_drafts.draft, name="desk_draft"),
    path("desk/drafts/<uuid:evidence>/discard/", desk_drafts.discard, name="desk_draft_discard"),
    path("desk/evidence/pick/", desk_lookups.items, name="desk_evidence_pick"),
    path("desk/evidence/<uuid:evidence>/bearings/", desk_bearings.bearings, name="desk_bearings"),
    path("desk/evidence/<uuid:evidence>/bearings/<slug:slug>/", desk_bearings.bearing, name="desk_bearing"),
    path(
        "desk/evidence/<uuid:evidence>/bearings/<slug:slug>/withdraw/",
        desk_bearings.withdraw,
        name="desk_bearing_withdraw",
    ),
    path("desk/evidence/<uuid:evidence>/bearings/<slug:slug>/cell/", matrix_edit.cell, name="desk_bearing_cell"),
    path("desk/evidence/<uuid:evidence>/link/", desk_evidence.link, name="desk_evidence_link"),
    path("desk/evidence/<uuid:evidence>/revise/", desk_evidence.revise, name="desk_evidence_revise"),
    path("desk/find/", desk_palette.find, name="desk_find"),
    path("desk/leads/", leads_listing.listing, name="desk_leads"),
    path("desk/leads/feeds/", leads_feeds.listing, name="desk_feeds"),
    path("desk/leads/feeds/opml/", leads_opml.download, name="desk_feeds_opml"),
    path("desk/leads/feeds/opml/upload/", leads_opml.upload, name="desk_feeds_upload"),
    path("desk/leads/feeds/<uuid:feed>/pause/", leads_feeds.pause, name="desk_feed_pause"),
    path("desk/leads/feeds/<uuid:feed>/remove/", leads_feeds.remove, name="desk_feed_remove"),
    path("desk/leads/feeds/<uuid:feed>/resume/", leads_feeds.resume, name="desk_feed_resume"),
    path("desk/log/", desk_log.log, name="desk_log"),
    path("desk/log/address/", desk_lookups.address, name="desk_log_address"),
    path("desk/mine/", desk_drafts.mine, name="desk_mine"),
    path("desk/sources/new/", desk_sources.new, name="desk_source_new"),
    path("desk/sources/<slug:slug>/grade/", desk_sources.grade, name="desk_source_grade"),
    path("desk/stale/", desk_stale.stale_list, name="desk_stale"),
    path("desk/stale/digest/", desk_stale.digest, name="desk_stale_digest"),
    path("desk/topics/new/", desk_topics.new, name="desk_topic_new"),
    path("desk/unsent/", desk_unsent.keep, name="desk_unsent"),
    path("desk/unsent/<uuid:identity>/discard/", desk_unsent.throw_away, name="desk_unsent_discard"),
    path("", home.home_page, name="home"),
    path("articles/", articles.articles, name="articles"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("articles/<slug:slug>/history/", history.article, name="article_history"),
    path("articles/<slug:slug>/matrix/", matrix.matrix, name="article_matrix"),
    path("claims/<slug:slug>/cite/", citing.cite, name="claim_cite"),
    path("claims/<slug:slug>/history/", history.claim, name="claim_history"),
    path("export/ledger.jsonl", exports.ledger, name="export_ledger"),
    path("evidence/<uuid:identity>/", evidence.evidence, name="evidence"),
    path("evidence/<uuid:identity>/history/", history.evidence, name="evidence_history"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/events/<uuid:identity>/", ledger.event, name="ledger_event"),
    path("moderation/suggestions/<uuid:identity>/", suggestions.suggestion, name="queue_suggestion"),
    path("search/", search.search, name="search"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:slug>/", sources.source, name="source"),
    path("sources/<slug:slug>/history/", history.source, name="source_history"),
    path("suggest/", suggesting.suggesting, name="suggest"),
    path("suggest/thanks/", suggesting.thanks, name="suggest_thanks"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("flag/<str:kind>/<str:identity>/", flagging.flag, name="flag"),
    path("flag/<str:kind>/<str:identity>/thanks/", flagging.thanks, name="flag_thanks"),
    path("moderation/", queue.queue, name="queue"),
    path("moderation/bearings/<uuid:identity>/", decide.bearing, name="queue_bearing"),
    path("moderation/bearings/<uuid:identity>/approve/", decide.approve_bearing, name="queue_bearing_approve"),
    path("moderation/bearings/<uuid:identity>/reject/", decide.reject_bearing, name="queue_bearing_reject"),
    path("moderation/bearings/<uuid:identity>/revert/<int:number>/", revert.bearing, name="revert_bearing"),
    path("moderation/claims/<slug:slug>/revert/<int:number>/", revert.claim, name="revert_claim"),
    path("moderation/sources/<slug:slug>/revert/<int:number>/", revert.source, name="revert_source"),
    path("moderation/evidence/<uuid:identity>/", decide.item, name="queue_item"),
    path("moderation/evidence/<uuid:identity>/approve/", decide.approve, name="queue_item_approve"),
    path("moderation/evidence/<uuid:identity>/redact/", redact.item, name="queue_item_redact"),
    path("moderation/evidence/<uuid:identity>/reject/", decide.reject, name="queue_item_reject"),
    path("moderation/evidence/<uuid:identity>/return/", decide.give_back, name="queue_item_return"),
    path("moderation/evidence/<uuid:identity>/withdraw/", decide.withdraw, name="queue_item_withdraw"),
    path("moderation/flags/<uuid:identity>/", flags.flag, name="queue_flag"),
    path("moderation/merges/", merges.merges, name="merges"),
    path("moderation/merges/new/", merge_new.new, name="merge_new"),
    path("moderation/merges/<uuid:identity>/", merge.merge, name="merge"),
    path("moderation/merges/<uuid:identity>/undo/", merge.undo, name="merge_undo"),
    path("moderation/people/", people.people, name="people"),
    path("moderation/people/<uuid:identity>/", people.person, name="person"),
    path("moderation/people/<uuid:identity>/erase/", redact.person, name="person_erase"),
    path("moderation/people/<uuid:identity>/roles/", people.roles, name="person_roles"),
    path("moderation/people/<uuid:identity>/trust/", people.trust, name="person_trust"),
]
