"""Mail that waits to be sent: the row is the truth, the queue only wakes the sender."""

from django.db import models

from claims.ids import uuid7


class Mail(models.Model):
    """One message to one or more people, kept for a month after it was made (claims.actions.mail.forget_mail).

    `cause` is the event that it tells of, where that can still be undone before the message goes out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recipients = models.JSONField()
    sender = models.CharField(max_length=320)
    subject = models.CharField(max_length=400)
    body = models.TextField()
    html_body = models.TextField(blank=True)
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    cause = models.UUIDField(null=True, blank=True)
    failure = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "mail"
        indexes = [
            models.Index("try_after", "id", condition=models.Q(sent_at__isnull=True), name="mail_waiting"),
            models.Index("cause", condition=models.Q(cause__isnull=False), name="mail_by_cause"),
        ]
