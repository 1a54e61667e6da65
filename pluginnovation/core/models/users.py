from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager):
    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        if not email:
            raise ValueError("A user needs an e-mail address")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractUser):
    """Someone who logs in with an e-mail address.

    What an editor may do follows from groups. What someone may do with the records follows
    from ``role`` together with ``municipality``.
    """

    class Role(models.TextChoices):
        NONE = "", "Ingen roll i statistiken"
        REPORTER = "uppgiftslamnare", "Uppgiftslämnare"
        MUNICIPAL_READER = "kommunlasare", "Kommunläsare"
        REGIONAL_READER = "regionlasare", "Regionläsare"
        STATISTICS_MANAGER = "statistikansvarig", "Statistikansvarig"

    username = None
    email = models.EmailField("e-postadress", unique=True)
    role = models.CharField(
        "roll i statistiken", max_length=20, choices=Role.choices, default=Role.NONE, blank=True
    )
    municipality = models.ForeignKey(
        "core.Municipality",
        verbose_name="kommun",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="users",
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"
        ordering = ["email"]

    @property
    def needs_second_factor(self) -> bool:
        """Everybody with a role, and who may give themselves one (see ``second_factor``)."""
        return bool(self.role) or self.is_superuser

    def __str__(self):
        return self.get_full_name() or self.email
