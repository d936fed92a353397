"""What Celery runs: each task calls one function, and running it twice does no harm."""

from celery import shared_task
from django.utils import timezone

from claims.actions import digest, holds, leads, mail, matching, merge_upkeep, ownership, polling, unsent, upkeep
from claims.actions import renew_terms as renewing


@shared_task
def sweep_mail() -> int:
    """Sends the mail that waits."""
    return mail.send_waiting_mail(now=timezone.now())


@shared_task
def forget_mail() -> int:
    """Deletes mail that was sent long ago."""
    return mail.forget_mail(now=timezone.now())


@shared_task
def forget_unsent() -> int:
    """Deletes forms that were typed, not sent and not gone on with."""
    return unsent.forget_old_unsent(now=timezone.now())


@shared_task
def remind_stale_drafts() -> int:
    """Reminds authors of drafts left lying."""
    return upkeep.remind_of_drafts(now=timezone.now())


@shared_task
def tend_owners() -> int:
    """Nudges owners who let their claims lie, and releases what they let lie on."""
    tended = ownership.tend_owners(now=timezone.now())
    return tended.nudged + tended.released


@shared_task
def send_digests() -> int:
    """Sends editors the list of stale claims."""
    now = timezone.now()
    return digest.send_digests(today=now.date(), now=now)


@shared_task
def recount() -> int:
    """Proves what is kept on claims against a recount."""
    return len(upkeep.recount(today=timezone.now().date()))


@shared_task
def poll_feeds() -> int:
    """Asks the feeds that are due."""
    return polling.poll_due_feeds(now=timezone.now())


@shared_task
def wake_snoozed() -> int:
    """Brings back leads that were put off until now."""
    return leads.wake_snoozed(now=timezone.now())


@shared_task
def forget_leads() -> int:
    """Deletes leads that nobody took up."""
    return leads.forget_leads(now=timezone.now())


@shared_task
def renew_terms() -> int:
    """Weighs anew the words of claims that something happened to."""
    return renewing.renew_terms(now=timezone.now())


@shared_task
def count_words() -> int:
    """Counts how rare words are, by which every claim's are weighed anew."""
    return renewing.count_words(now=timezone.now())


@shared_task
def match_leads() -> int:
    """Finds the claims that new leads seem to touch."""
    return matching.match_waiting_leads(now=timezone.now())


@shared_task
def match_leads_again() -> int:
    """Finds them anew where the words of claims have changed."""
    return matching.match_leads_again(now=timezone.now())


@shared_task
def suggest_duplicates() -> int:
    """Suggests what looks like a duplicate among what was made or changed lately."""
    return merge_upkeep.suggest_duplicates(now=timezone.now())


@shared_task
def forget_holds() -> int:
    """Deletes holds that ended long ago."""
    return holds.forget_holds(now=timezone.now())
