"""The project's own entry in Django's registry: it makes the Celery app known to every process."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "resetwatch"

    def ready(self) -> None:
        from resetwatch.celery import app

        # For every thread, not only this one: a task is sent by its name through the current app.
        app.set_default()
