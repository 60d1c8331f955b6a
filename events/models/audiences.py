"""Whom an event is for, in words one can choose and filter by; the line people read is free text beside it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models.audiences import TicksField


class ForWhom(models.TextChoices):
    """Those the centre meets: its partners in civil society, and the staff it trains. A new word is a line here."""

    EVERYONE = "everyone", _("Everyone")
    ASSOCIATIONS = "associations", _("Associations and sports clubs")
    FAITH = "faith", _("Religious communities")
    HOUSING = "housing", _("Social housing workers")
    FAMILIES = "families", _("Parents and other relatives")
    MENTORS = "mentors", _("Mentors and young dialogue facilitators")
    SCHOOLS = "schools", _("Teachers and educators")
    LOCAL_COOPERATION = "local_cooperation", _("SSP, PSP and KSP")
    PRISONS = "prisons", _("Prison and probation staff")
    RESEARCH = "research", _("Researchers")
    FOUNDATIONS = "foundations", _("Foundations and interest groups")
    OPINION = "opinion", _("Opinion makers and media")


class ForWhomField(TicksField):
    vocabulary = ForWhom
    refusal = _("Choose among the audiences.")
