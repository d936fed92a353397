"""How the reports of one event fold into one story, in SQL; the same rule as claims.scoring.fold."""

# What reports of the same event share; an item without a story stands alone.
STORY = "CASE WHEN evidence.story = '' THEN evidence.id::text ELSE evidence.story END"

# A story's head: the weightiest, then the most credible, then the earliest known, then the first numbered.
HEAVIEST_FIRST = """
    array_position(ARRAY['slight', 'moderate', 'strong', 'decisive'], bearing.weight::text) DESC,
    evidence.credibility, bearing.known_by, bearing.number
"""
