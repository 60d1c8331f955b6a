"""Colleagues who sign in, and the teams they work in."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .resets import FactorReset  # noqa: F401  a model of this app


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    EDITOR = "editor", _("Editor")
    OFFICER = "officer", _("Outreach officer")
    TEAM_LEAD = "team_lead", _("Team lead")
    AUDITOR = "auditor", _("Auditor")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("Data-protection officer")
    EVENT_HOST = "event_host", _("Event host")
    CHECK_IN_HELPER = "check_in_helper", _("Check-in helper")


# Who works with partners, and who edits what the public reads. The auditor and the data-protection officer work on
# screens of their own. A host has the registrations of events they own, a helper the names of one event on its day.
WORKSPACE_ROLES = frozenset({Role.ADMINISTRATOR, Role.OFFICER, Role.TEAM_LEAD})
DESK_ROLES = WORKSPACE_ROLES | {Role.EVENT_HOST}
DOOR_ROLES = DESK_ROLES | {Role.CHECK_IN_HELPER}
EDITING_ROLES = frozenset({Role.ADMINISTRATOR, Role.EDITOR})
ADMINISTERING_ROLES = frozenset({Role.ADMINISTRATOR})  # who keeps the accounts of colleagues
WORDING_ROLES = EDITING_ROLES | {Role.TEAM_LEAD}  # who settles the words of our mails


class TeamQuerySet(models.QuerySet):
    def of_place(self, municipality):
        """Those whose district ``municipality`` lies in."""
        return self.filter(police_district=municipality.police_district_id)


class Team(models.Model):
    """Colleagues who work together, in one police district, on one subject, or both."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    police_district = models.ForeignKey(
        "places.PoliceDistrict", models.PROTECT, null=True, blank=True, related_name="+"
    )  # NULL: it works all over the country
    subject = models.CharField(_("subject"), max_length=80, blank=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def __str__(self):
        return self.name

    @property
    def covers(self) -> str:
        """The district and the subject, as far as it has them."""
        return " · ".join(str(part) for part in (self.police_district, self.subject) if part)


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Accounts are read by administrators; who may be named to whom is a matter of what names them."""
        return self if user.is_active and user.administers else self.none()

    def at_work(self):
        return self.filter(is_active=True)

    def administrators(self):
        """Those who can sign in as one today."""
        return self.at_work().filter(role=Role.ADMINISTRATOR)

    def by_name(self):
        return self.order_by(Lower("name"), "pk")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, **fields):
        """A colleague known by e-mail; without a password nobody can sign in as them yet."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, role=Role.ADMINISTRATOR, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A colleague. Signs in by e-mail; the role says which screens, the teams say which contacts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=30, choices=Role, default=Role.OFFICER)
    teams = models.ManyToManyField(Team, verbose_name=_("teams"), related_name="members", blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=[("da", _("Danish")), ("en", _("English"))], default="da"
    )
    is_staff = models.BooleanField(_("may enter the Wagtail admin"), default=False)  # follows the role
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)  # grows when an administrator changes the account

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_case")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.is_staff = self.role in EDITING_ROLES
        super().save(*args, **kwargs)

    @property
    def administers(self):
        return self.role in ADMINISTERING_ROLES

    @property
    def initials(self):
        """First letters of the first and last name, for the round mark beside a name."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split()[0] if self.name else self.email


class SessionQuerySet(models.QuerySet):
    def of(self, user):
        """Those of ``user``, also where only the password was shown so far."""
        return self.filter(user=user)

    def live(self, now):
        """Those that are signed in and have not run out; the one used last comes first."""
        return self.filter(signed_in=True, expire_date__gt=now).order_by("-used_at", "pk")

    def run_out(self, now):
        return self.filter(expire_date__lte=now)


class Session(AbstractBaseSession):
    """One browser in which somebody signs in or has signed in; kept by sessions.py, told to its owner.

    ``session_key`` is a hash of what the cookie says: whoever reads the table can sign in with none of it. Neither
    where the browser is nor its exact kind is kept.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, editable=False, related_name="+")  # NULL: a stranger's
    signed_in = models.BooleanField(default=False, editable=False)
    began_at = models.DateTimeField(null=True, editable=False)  # NULL: not signed in
    used_at = models.DateTimeField(editable=False)
    browser = models.CharField(max_length=20, blank=True, editable=False)
    system = models.CharField(max_length=20, blank=True, editable=False)

    objects = SessionQuerySet.as_manager()

    def __str__(self):
        return self.device

    @property
    def device(self) -> str:
        """As its owner would call it."""
        if self.browser and self.system:
            return _("%(browser)s on %(system)s") % {"browser": self.browser, "system": self.system}
        return self.browser or self.system or str(_("A browser we do not know"))


class TriesQuerySet(models.QuerySet):
    def older_than(self, when):
        return self.filter(at__lt=when)


class Tries(models.Model):
    """How often signing in failed for one account, from one place, or for one account from one place (throttle.py).

    ``key`` is a salted hash that changes daily: it leads back to nobody.
    """

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()  # of the latest try, or since when one has waited for the first
    known = models.BooleanField(default=False)  # whether the account was entered from this place

    objects = TriesQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["at"], name="tries_age")]

    def __str__(self):
        return f"{self.key[:8]} {self.failures}"


class CacheEntry(models.Model):
    """A row of Django's database cache on the internal face: what a library remembers, for minutes only.

    Shared by all its processes; holds no address and no name.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self):
        return self.cache_key
