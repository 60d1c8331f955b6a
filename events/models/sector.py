"""Where somebody who takes a course works."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    SCHOOL = "school", _("School or education")
    DAYCARE = "daycare", _("Day care or leisure club")
    SOCIAL = "social", _("Social services")
    HEALTH = "health", _("Health care or psychiatry")
    JOBS = "jobs", _("Job centre or integration")
    HOUSING = "housing", _("Social housing")
    POLICE = "police", _("Police, prisons or probation")
    CIVIL = "civil", _("Association or volunteer work")
    OTHER = "other", _("Another sector")
