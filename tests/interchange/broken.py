"""Ways in which a set can be broken, each with how the refusal begins (record and field) and what it says."""

from collections.abc import Callable
from typing import Any

NAN = float("nan")
LONG = "https://a.example/" + "a" * 2_000
POSTS = [{"text": f"Post {number}", "direction": "up"} for number in range(5)]


def put(path: str, value: Any) -> Callable[[dict], None]:
    """Set one field, such as `evidence.0.url`."""

    def change(content: dict) -> None:
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        record = content
        for step in steps:
            record = record[step]
        record[last] = value

    return change


def twice(name: str) -> Callable[[dict], None]:
    """Let the first record of a file stand twice."""
    return lambda content: content[name].append(content[name][0])


def both(*changes: Callable[[dict], None]) -> Callable[[dict], None]:
    """Do several changes."""
    return lambda content: [change(content) for change in changes] and None


E1, FIRST, JUDGED = "evidence.json, e1: ", "claims.json, first: ", "assessments.json, first as of 2025-06-01: "
SECOND, PAPER = "assessments.json, second as of 2025-06-01: ", "sources.json, paper.example: "

BROKEN = {
    # what is not there
    "unknown claim": (put("evidence.0.bearings.0.claim", "third"), E1 + "bearings 1: claim", "“third” is not in"),
    "unknown source": (put("evidence.0.source", "other.example"), E1 + "source", "“other.example” is not in"),
    "unknown topic": (put("claims.0.topics", ["war"]), FIRST + "topics", "“war” is not in"),
    "unknown item": (put("assessments.0.cites", ["e9"]), JUDGED + "cites", "“e9” is not in"),
    "unknown claim judged": (put("assessments.0.claim", "third"), "assessments.json, third: claim", "“third”"),
    "unknown claim related": (put("relations.0.to", "third"), "relations.json, first: to", "“third”"),
    # what is there twice
    "item twice": (twice("evidence"), E1 + "id", "twice"),
    "claim twice": (twice("claims"), FIRST + "slug", "twice"),
    "topic twice": (twice("topics"), "topics.json, trade: slug", "twice"),
    "source twice": (twice("sources"), PAPER + "domain", "twice"),
    "day judged twice": (twice("assessments"), "assessments.json, first 2025-06-01: claim with as_of", "twice"),
    "relation twice": (twice("relations"), "relations.json, first: to", "stands already"),
    "address twice": (put("evidence.1.url", "http://paper.example/e1/"), E1 + "url", "stands already"),
    "bearing twice": (
        lambda content: content["evidence"][0]["bearings"].append(content["evidence"][0]["bearings"][0]),
        E1 + "bearings",
        "once",
    ),
    # days
    "month 13": (put("evidence.0.published_on", "2025-13-01"), E1 + "published_on", "no month 13"),
    "30 February": (put("claims.0.horizon", "2026-02-30"), FIRST + "horizon", "no day 30"),
    "year 99999": (put("evidence.0.event_on", "99999"), E1 + "event_on", "not a date"),
    "number for a day": (put("claims.0.opened_on", 2025), FIRST + "opened_on", "text"),
    "published after tomorrow": (put("evidence.0.published_on", "2026-11-26"), E1 + "published_on", "not come"),
    "opened tomorrow": (put("claims.0.opened_on", "2026-11-25"), FIRST + "opened_on", "not come"),
    "judged tomorrow": (put("assessments.0.as_of", "2026-11-25"), "assessments.json, first as of 2026", "not come"),
    "judged before the opening": (put("assessments.0.as_of", "2025-03-30"), "assessments.json, first as of", "opened"),
    "due before the opening": (put("claims.0.horizon", "2025-03-30"), FIRST + "horizon", "before"),
    "fine print before the opening": (put("claims.0.fine_print_from", "2025-03-30"), FIRST + "fine_print_from", "day"),
    "fine print without a day": (put("claims.0.fine_print_from", None), FIRST + "fine_print_from", "text"),
    "dates turned round": (
        put("article.published_on.latest", "2025-03-30"),
        "article.json: published_on: latest",
        "it",
    ),
    "hindsight": (put("assessments.0.as_of", "2025-05-01"), "assessments.json, first as of 2025-05-01: cites", "Not"),
    "happened though open": (put("assessments.0.occurred_on", "2025-05-01"), JUDGED + "occurred_on", "open"),
    "happened later": (put("assessments.1.occurred_on", "2025-06-02"), SECOND + "occurred_on", "after"),
    # numbers
    "probability 1.7": (put("assessments.0.probability", 1.7), JUDGED + "probability", "1.7"),
    "probability in words": (put("assessments.0.probability", "even"), JUDGED + "probability", "even"),
    "probability NaN": (put("assessments.0.probability", NAN), JUDGED + "probability", "nan"),
    "probability true": (put("assessments.0.probability", True), JUDGED + "probability", "True"),
    "probability missing": (put("assessments.0.probability", None), JUDGED + "probability", "Give"),
    "probability too fine": (put("assessments.0.probability", 0.1234), JUDGED + "probability", "tenth"),
    "probability of another status": (put("assessments.1.probability", 0.5), SECOND + "probability", "100"),
    "grade of information": (put("evidence.0.credibility", 7), E1 + "credibility", "1 to 6"),
    "grade as a text": (put("evidence.0.credibility", "2"), E1 + "credibility", "whole number"),
    "paragraph beyond the last": (put("claims.0.paragraph", 4), FIRST + "paragraph", "1 to 3"),
    "no paragraphs": (put("article.paragraphs", 0), "article.json: paragraphs", "1 to"),
    "days between reviews": (put("claims.0.review_every_days", 0), FIRST + "review_every_days", "3,660"),
    # words of closed vocabularies
    "stance": (put("evidence.0.bearings.0.stance", "sideways"), E1 + "bearings 1: stance", "sideways"),
    "weight": (put("evidence.0.bearings.0.weight", "heavy"), E1 + "bearings 1: weight", "heavy"),
    "type": (put("evidence.0.type", "rumour"), E1 + "type", "sort"),
    "kind of claim": (put("claims.0.kind", "hunch"), FIRST + "kind", "hunch"),
    "kind of source": (put("sources.0.kind", "pub"), PAPER + "kind", "sort"),
    "kind of article": (put("article.kind", "poem"), "article.json: kind", "sort"),
    "grade of a source": (put("sources.0.reliability", "G"), PAPER + "reliability", "A to F"),
    "country": (put("sources.0.country", "Poland"), PAPER + "country", "two letters"),
    "relation": (put("relations.0.relation", "rhymes with"), "relations.json, first: relation", "rhymes-with"),
    "relation to itself": (put("relations.0.to", "first"), "relations.json, first: to", "itself"),
    "status": (put("assessments.0.status", "maybe"), JUDGED + "status", "maybe"),
    "confidence": (put("assessments.0.confidence", "sure"), JUDGED + "confidence", "sure"),
    "direction of a signpost": (
        put("claims.0.signposts.0.direction", "left"),
        FIRST + "signposts 1: direction",
        "left",
    ),
    "five signposts": (put("claims.0.signposts", POSTS), FIRST + "signposts", "4"),
    # texts
    "javascript address": (put("evidence.0.url", "javascript:alert(1)"), E1 + "url", "javascript"),
    "address too long": (put("evidence.0.url", LONG), E1 + "url", "2,000"),
    "no address": (put("evidence.0.url", ""), E1 + "url", "text"),
    "no rationale": (put("assessments.0.rationale", ""), JUDGED + "rationale", "text"),
    "NUL": (put("assessments.0.rationale", "a\x00b"), JUDGED + "rationale", "control"),
    "half a character": (put("evidence.0.summary", "\ud800"), E1 + "summary", "half"),
    "half a character in an id": (put("evidence.0.id", "\ud800"), "evidence.json, ", "letters"),
    "id with a space": (put("evidence.0.id", "e 1"), "evidence.json, e 1: id", "letters"),
    "id too long": (put("evidence.0.id", "e" * 41), "evidence.json, eee", "40"),
    "title too long": (put("claims.0.title", "a" * 61), FIRST + "title", "60"),
    "no criteria": (put("claims.0.resolution_criteria", "  "), FIRST + "resolution_criteria", "text"),
    "criteria too long": (put("claims.0.resolution_criteria", "a" * 2_001), FIRST + "resolution_criteria", "2,000"),
    "slug of a claim": (put("claims.0.slug", "First One"), "claims.json, First One: slug", "small letters"),
    "slug of a topic": (put("topics.0.slug", "Trade"), "topics.json, Trade: slug", "small letters"),
    "slug of an article": (put("article.slug", "a b"), "article.json: slug", "small letters"),
    "domain": (
        both(put("sources.0.domain", "paper"), put("evidence", []), put("assessments", [])),
        "sources.json, paper: domain",
        "not a domain",
    ),
    "cite without a bearing": (put("assessments.1.cites", ["e1"]), SECOND + "cites", "bear"),
    "author without a name": (put("article.authors", [{"name": ""}]), "article.json: authors", "name or a post"),
    # shapes
    "no authors": (put("article.authors", None), "article.json: authors", "list"),
    "text for a record": (lambda content: content["claims"].append("third"), "claims.json, record 3", "object"),
    "list for an article": (put("article", []), "article.json", "object"),
    "object for a list": (put("evidence", {}), "evidence.json", "list"),
    "text for bearings": (put("evidence.0.bearings", "first"), E1 + "bearings", "list"),
    "number for a cite": (put("assessments.0.cites", [1]), JUDGED + "cites", "list"),
}
