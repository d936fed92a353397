"""A small article set, whole and right, to be broken one thing at a time."""

import json
from copy import deepcopy
from pathlib import Path

WHOLE = {
    "article": {
        "slug": "small", "title": "A small article", "title_note": "", "kind": "opinion",
        "published_on": {"earliest": "2025-03-31", "latest": "2025-04-06", "note": ""},
        "authors": [{"name": "An Author"}], "summary": "What it argues.", "language": "en", "paragraphs": 3,
    },
    "topics": [{"slug": "trade", "name": "Trade"}],
    "sources": [
        {"domain": "paper.example", "name": "The Paper", "kind": "newspaper", "reliability": "B", "country": "PL"}
    ],
    "claims": [
        {
            "slug": slug, "title": f"Claim {slug}", "statement": f"Claim {slug} comes true.", "kind": "prediction",
            "paragraph": 1, "opened_on": "2025-03-31", "author_confidence": "will",
            "resolution_criteria": "A document.",
            "fine_print": "Several are enough.", "fine_print_from": "2026-05-01", "horizon": "2026-12-31",
            "review_every_days": 60, "topics": ["trade"], "signposts": [{"text": "A treaty.", "direction": "up"}],
        }
        for slug in ("first", "second")
    ],
    "relations": [{"from": "first", "relation": "contributes to", "to": "second"}],
    "evidence": [
        {
            "id": name, "url": f"https://paper.example/{name}", "source": "paper.example", "title": f"Item {name}",
            "published_on": day, "event_on": None, "type": "newspaper", "credibility": 2,
            "summary": f"What {name} says.",
            "story": None, "bearings": [{"claim": "first", "stance": "supports", "weight": "moderate"}],
        }
        for name, day in (("e1", "2025-05-02"), ("e2", "2025-05-01"))
    ],
    "assessments": [
        {
            "claim": "first", "as_of": "2025-06-01", "status": "open", "probability": 0.3, "confidence": "moderate",
            "rationale": "Nothing has moved.", "cites": ["e1"], "occurred_on": None,
        },
        {
            "claim": "second", "as_of": "2025-06-01", "status": "borne out", "probability": 1, "confidence": "high",
            "rationale": "It came.", "cites": [], "occurred_on": "2025-05-20",
        },
    ],
}  # fmt: skip


def a_set() -> dict:
    """The set, to be changed at will."""
    return deepcopy(WHOLE)


def written(content: dict, folder: Path) -> Path:
    """The set as a folder of files."""
    for name, records in content.items():
        (folder / f"{name}.json").write_text(json.dumps(records))
    return folder
