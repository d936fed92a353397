"""Topics: all of them, and the claims of one."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.cursors import encode
from claims.names import LISTS, name_of
from claims.queries.claim_list import Filters, cursor_kinds, page_by_page
from claims.queries.topics import MOST_TOPICS, all_topics, topic_of
from claims.web import asked, paths
from claims.web.claim_table import ORDER_WORDS, claims_words, table_of
from claims.web.errors import Missing
from claims.web.query_strings import with_query
from claims.web.shown import shown

CLAIMS_ON_A_PAGE = 50


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """The topics by name, with how many claims each has."""
    rows = [(paths.topic_path(row.slug), row.name, claims_words(row.claims)) for row in all_topics()]
    context = {"rows": rows, "capped": len(rows) == MOST_TOPICS, "most": MOST_TOPICS}
    return shown(request, "topics/list.html", context, names=[LISTS])


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The claims of a topic, the latest judged first; `?as_of=` looks back, by due date."""
    today = asked.today()
    as_of = asked.as_of(request, today=today)
    sort = "due" if as_of else "assessed"
    after = asked.after(request, cursor_kinds(sort, "", looking_back=as_of is not None))
    size = asked.page_size(request, default=CLAIMS_ON_A_PAGE)
    chosen = topic_of(slug)
    if chosen is None:
        raise Missing("There is no topic at this address.")
    found = page_by_page(Filters(topic=chosen.id), sort=sort, size=size, after=after, as_of=as_of, today=today)
    [section] = found.sections
    path = paths.topic_path(slug)
    kept = {"as_of": as_of, "page_size": size if size != CLAIMS_ON_A_PAGE else None}
    context = {
        "topic": chosen,
        "path": path,
        "as_of": as_of,
        "table": table_of(found.sections, found.sparks, today=today, as_of=as_of),
        "count": claims_words(section.count) if section.count is not None else "",
        "order": ORDER_WORDS[section.order],
        "list": paths.claims_path(topic=slug, as_of=as_of),
        "first": with_query(path, **kept) if after else "",
        "older": with_query(path, **kept, after=encode(section.next)) if section.more else "",
    }
    return shown(request, "topics/topic.html", context, names=[name_of("topic", chosen.id), LISTS])
