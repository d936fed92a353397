"""The addresses of the site's pages, module by module."""

from django.urls import URLPattern, URLResolver, path

from claims.web import claim, methodology
from claims.web.desk import articles as desk_articles
from claims.web.desk import claims as desk_claims
from claims.web.desk import judge as desk_judge
from claims.web.desk import topics as desk_topics

urlpatterns: list[URLPattern | URLResolver] = [
    path("about/methodology/", methodology.methodology, name="methodology"),
    path("claims/<slug:slug>/", claim.claim, name="claim"),
    path("desk/articles/new/", desk_articles.new, name="desk_article_new"),
    path("desk/articles/<slug:slug>/revise/", desk_articles.revise, name="desk_article_revise"),
    path("desk/claims/new/", desk_claims.new, name="desk_claim_new"),
    path("desk/claims/<slug:slug>/assess/", desk_judge.assess, name="desk_claim_assess"),
    path("desk/claims/<slug:slug>/lock/", desk_claims.lock, name="desk_claim_lock"),
    path("desk/claims/<slug:slug>/relate/", desk_claims.relate, name="desk_claim_relate"),
    path("desk/claims/<slug:slug>/reopen/", desk_judge.reopen, name="desk_claim_reopen"),
    path("desk/claims/<slug:slug>/resolve/", desk_judge.resolve, name="desk_claim_resolve"),
    path("desk/claims/<slug:slug>/revise/", desk_claims.revise, name="desk_claim_revise"),
    path("desk/topics/new/", desk_topics.new, name="desk_topic_new"),
]
