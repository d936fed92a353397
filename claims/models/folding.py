"""How the reports of one event fold into one story, in SQL; the same rule as claims.scoring.fold."""

# What reports of the same event share; an item without a story stands alone.
STORY = "CASE WHEN evidence.story = '' THEN evidence.id::text ELSE evidence.story END"


def heaviest_first(*, bearing: str = "bearing", evidence: str = "evidence") -> str:
    """The order in which a story's head comes first, over tables of these names.

    The weightiest, then the most credible, then the earliest known, then the first numbered.
    """
    return f"""
    array_position(ARRAY['slight', 'moderate', 'strong', 'decisive'], {bearing}.weight::text) DESC,
    {evidence}.credibility, {bearing}.known_by, {bearing}.number
    """


HEAVIEST_FIRST = heaviest_first()
