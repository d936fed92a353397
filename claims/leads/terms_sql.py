"""The statements that weigh words, put together from parts, so that what is measured is weighed as what is kept.

Each part is a common table expression named after what it gives. Given are %(claims)s or none, %(today)s, the day of
the wording; %(before)s and %(stories)s, which leave out items known from that day on and the reports of those stories.
"""

# What a word is worth by where it stands; in an item that only gives context it counts half.
_TITLE, _STATEMENT, _CRITERIA, _TOPICS, _ITEM, _CONTEXT = 3, 2, 1, 1, 1.0, 0.5
# A word counts in full where it is said again and again: points / (points + _HALF), as in BM25.
_HALF = 10
# What an article's claims and items share: lexemes in so many of them, and in at least this part of them and of so many
# more without any.
_SHARED_BY, _SHARED_FROM, _SMOOTHED_BY = 3, 0.15, 5
# That a text is on the article's subject counts twice what tells its claims apart; docs/matching.md has the figures.
_SHARED_COUNTS = 2
MOST_TERMS = 300  # of a claim; measured: with all of them nothing is found better
MOST_ITEMS = 500  # of a claim, those known last
MOST_COUNTED = 20_000  # claims, and items, that the rarity of words is counted over, the newest

_OPEN_TO_LEADS = """
    status <> 'annulled'
    AND NOT EXISTS (SELECT FROM merge WHERE subject_type = 'claim' AND state = 'confirmed' AND from_id = claim.id)
"""

THESE = f"""
among AS (SELECT id AS claim_id, article_id, opened_on FROM claim WHERE id = ANY(%(claims)s) AND {_OPEN_TO_LEADS})
"""

OF_ARTICLES = f"""
among AS (
    SELECT claim.claim_id, article_id, opened_on
      FROM unnest(%(articles)s::uuid[]) AS wanted (id)
     CROSS JOIN LATERAL (
           SELECT id AS claim_id, article_id, opened_on FROM claim
            WHERE article_id = wanted.id AND {_OPEN_TO_LEADS}
            ORDER BY paragraph, id LIMIT {MOST_ITEMS}) claim)
"""

NEWEST = f"""
among AS (
    SELECT id AS claim_id, article_id, opened_on FROM claim WHERE {_OPEN_TO_LEADS}
     ORDER BY id DESC LIMIT {MOST_COUNTED})
"""

# Before its opening a claim is read as it was opened.
WORDING = f"""
wording AS (
    SELECT among.claim_id, among.article_id, field.points, field.words
      FROM among
      JOIN LATERAL (
           SELECT title, statement, criteria FROM claim_revision
            WHERE claim_id = among.claim_id AND in_force_from <= greatest(%(today)s, among.opened_on)
            ORDER BY in_force_from DESC, number DESC LIMIT 1) revision ON TRUE
     CROSS JOIN LATERAL (
           SELECT {_TITLE}, to_tsvector('english', revision.title) UNION ALL
           SELECT {_STATEMENT}, to_tsvector('english', revision.statement) UNION ALL
           SELECT {_CRITERIA}, to_tsvector('english', revision.criteria) UNION ALL
           SELECT {_TOPICS}, to_tsvector('english', string_agg(name, ' '))
             FROM claim_topic JOIN topic ON topic.id = topic_id WHERE claim_id = among.claim_id
           ) field (points, words))
"""

HEARD = f"""
heard AS (
    SELECT among.claim_id, among.article_id, bearing.points, item.id AS evidence_id, item.search AS words
      FROM among
     CROSS JOIN LATERAL (
           SELECT evidence_id, CASE stance WHEN 'context' THEN {_CONTEXT} ELSE {_ITEM} END AS points
             FROM bearing
            WHERE claim_id = among.claim_id AND live AND state = 'published' AND known_by < %(before)s
            ORDER BY known_by DESC, id DESC LIMIT {MOST_ITEMS}) bearing
      JOIN evidence item ON item.id = bearing.evidence_id AND NOT item.story = ANY(%(stories)s))
"""

# From `wording`, and the newest items of all.
RARITY = f"""
counted AS (
    SELECT lexeme, count(*) AS documents
      FROM (SELECT DISTINCT claim_id, word.lexeme FROM wording, unnest(words) word
            UNION ALL
            SELECT item.id, word.lexeme
              FROM (SELECT id, search FROM evidence
                     WHERE live AND known_by < %(before)s AND NOT story = ANY(%(stories)s)
                     ORDER BY known_by DESC, id DESC LIMIT {MOST_COUNTED}) item, unnest(item.search) word) said
     GROUP BY lexeme),
terms_state AS (
    SELECT documents, ln(1 + 2.0 * documents) AS unseen
      FROM (SELECT (SELECT count(DISTINCT claim_id) FROM wording)
                   + (SELECT count(*) FROM (
                       SELECT FROM evidence
                        WHERE live AND known_by < %(before)s AND NOT story = ANY(%(stories)s)
                        ORDER BY known_by DESC, id DESC LIMIT {MOST_COUNTED}) item) AS documents) corpus),
word_rarity AS (
    SELECT lexeme, ln(1 + terms_state.documents::float / counted.documents) AS rarity
      FROM counted CROSS JOIN terms_state
     WHERE NOT lexeme = ANY(tsvector_to_array(to_tsvector('english', %(common)s)))
    UNION ALL
    SELECT lexeme, 0 FROM unnest(to_tsvector('english', %(common)s)))
"""

# From `wording`, `heard` and `word_rarity`.
SHARED = f"""
documents AS (
    SELECT DISTINCT article_id, claim_id AS id, word.lexeme FROM wording, unnest(words) word
    UNION
    SELECT article_id, evidence_id, word.lexeme FROM heard, unnest(words) word),
spread AS (
    SELECT article_id, lexeme, count(*) / (many.documents + {_SMOOTHED_BY}.0) AS part
      FROM documents
      JOIN (SELECT article_id, count(DISTINCT id) AS documents FROM documents GROUP BY article_id) many
     USING (article_id)
     GROUP BY article_id, lexeme, many.documents
    HAVING count(*) >= {_SHARED_BY}),
article_term AS (
    SELECT article_id, lexeme, part / sqrt(sum(part * part) OVER (PARTITION BY article_id)) AS share
      FROM spread LEFT JOIN word_rarity USING (lexeme)
     WHERE part >= {_SHARED_FROM} AND coalesce(rarity, 1) > 0)
"""

# From `among`, `wording`, `heard`, and `word_rarity`, `terms_state`, `article_term` and term_choice as they are kept.
TERMS = f"""
points AS (
    SELECT claim_id, lexeme, sum(points) AS points
      FROM (SELECT claim_id, points, word.lexeme FROM wording, unnest(words) word
            UNION ALL
            SELECT claim_id, points, word.lexeme FROM heard, unnest(words) word) said
     GROUP BY claim_id, lexeme),
weighed AS (
    SELECT claim_id, lexeme, points / (points + {_HALF}) * coalesce(rarity, unseen) AS weight
      FROM points CROSS JOIN terms_state LEFT JOIN word_rarity USING (lexeme)),
ranked AS (
    SELECT claim_id, lexeme, weight / sqrt(sum(weight * weight) OVER claims) AS own,
           row_number() OVER (claims ORDER BY weight DESC, lexeme) AS place
      FROM weighed WHERE weight > 0
    WINDOW claims AS (PARTITION BY claim_id)),
claim_term AS (
    SELECT claim_id, lexeme, sum(own) + {_SHARED_COUNTS} * sum(share) AS weight, sum(own) AS own
      FROM (SELECT claim_id, lexeme, max(own) AS own, 0 AS share
              FROM (SELECT claim_id, lexeme, own FROM ranked WHERE place <= {MOST_TERMS}
                    UNION ALL
                    SELECT choice.claim_id, choice.lexeme, ranked.own
                      FROM term_choice choice JOIN ranked USING (claim_id)
                     WHERE choice.choice = 'pinned' AND ranked.place = 1) chosen
             GROUP BY claim_id, lexeme
            UNION ALL
            SELECT claim_id, lexeme, 0, share FROM among JOIN article_term USING (article_id)) parts
     WHERE NOT EXISTS (SELECT FROM term_choice choice
                        WHERE choice.claim_id = parts.claim_id AND choice.lexeme = parts.lexeme
                              AND choice.choice = 'off')
     GROUP BY claim_id, lexeme)
"""
