"""The app's entry in Django's registry."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = "ResetWatch"
    default_auto_field = "django.db.models.BigAutoField"
