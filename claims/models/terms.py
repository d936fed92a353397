"""The words that leads are matched by: how rare each is, how much it says of a claim, and what editors chose."""

from django.db import models
from django.db.models import Q

from claims.models.articles import Article
from claims.models.claims import Claim


class WordRarity(models.Model):
    """A lexeme of the stored claims and items, and how rare it is among them; 0 for a word that tells nothing."""

    lexeme = models.TextField(primary_key=True)
    rarity = models.FloatField()

    class Meta:
        db_table = "word_rarity"
        constraints = [models.CheckConstraint(condition=Q(rarity__gte=0), name="word_rarity_from_zero")]


class ArticleTerm(models.Model):
    """A lexeme that many claims and items of an article share: it tells the article's subject, not which claim."""

    pk = models.CompositePrimaryKey("article_id", "lexeme")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+", db_index=False)
    lexeme = models.TextField()
    share = models.FloatField()

    class Meta:
        db_table = "article_term"


class ClaimTerm(models.Model):
    """A lexeme that speaks for a claim: `own` is what it says of this claim, `weight` adds what its article shares."""

    pk = models.CompositePrimaryKey("claim_id", "lexeme")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+", db_index=False)
    lexeme = models.TextField()
    weight = models.FloatField()
    own = models.FloatField()

    class Meta:
        db_table = "claim_term"
        indexes = [models.Index(fields=["lexeme"], name="claim_term_by_lexeme", include=["claim", "weight", "own"])]


class Chosen(models.TextChoices):
    """What an editor made of a word of a claim."""

    PINNED = "pinned", "pinned"
    OFF = "off", "switched off"


class TermChoice(models.Model):
    """An editor's word on a word: it counts as the claim's best, or not at all. `word` is how it was written."""

    pk = models.CompositePrimaryKey("claim_id", "lexeme")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+", db_index=False)
    lexeme = models.TextField()
    word = models.CharField(max_length=60)
    choice = models.CharField(max_length=6, choices=Chosen.choices)
    by = models.ForeignKey("claims.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "term_choice"
        constraints = [models.CheckConstraint(condition=Q(choice__in=Chosen.values), name="term_choice_known")]


class TermsDue(models.Model):
    """A claim whose terms are to be worked out anew."""

    claim = models.OneToOneField(Claim, primary_key=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "terms_due"


class TermsState(models.Model):
    """How far the terms have come, in one row.

    `followed` is the place of the ledger from which events are still to be followed, `counted_from` where it stood
    when the words were last counted; `unseen` is the rarity of a word that nothing stored holds.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    documents = models.PositiveIntegerField()
    unseen = models.FloatField()
    followed = models.BigIntegerField()
    counted_from = models.BigIntegerField()
    counted_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "terms_state"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="terms_state_one_row")]
