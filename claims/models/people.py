"""People with an account, and the roles that they hold."""

from datetime import datetime
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Collate, Lower
from django.utils import timezone

from claims.ids import uuid7


class Role(models.TextChoices):
    """What a person may be beside a reader; one person may hold several."""

    ANALYST = "analyst", "analyst"
    EDITOR = "editor", "editor"
    MODERATOR = "moderator", "moderator"
    ADMIN = "admin", "admin"


class User(AbstractBaseUser):
    """An account: signs in by email, is shown by name, and is never deleted, only anonymised."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=80)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    trusted_at = models.DateTimeField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    class Meta:
        db_table = "person"
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]
        indexes = [models.Index(Collate(Lower("name"), "C"), "id", name="person_by_name")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """False for the suspended and the anonymised, who cannot sign in."""
        return self.suspended_at is None and self.anonymised_at is None

    @property
    def trusted_since(self) -> datetime | None:
        """When new items of this person began to be published at once, if they are."""
        return self.trusted_at


class UserRole(models.Model):
    """One role of one person."""

    pk = models.CompositePrimaryKey("user_id", "role")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="user_roles")
    role = models.CharField(max_length=12, choices=Role.choices)

    class Meta:
        db_table = "person_role"
        constraints = [models.CheckConstraint(condition=models.Q(role__in=Role.values), name="person_role_known")]
