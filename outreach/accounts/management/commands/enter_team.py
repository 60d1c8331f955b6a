"""Enter a team, or change which police district and subject it works on.

Run as the owner, under ``outreach.settings.worker``. A new contact goes to the team of the district it is in.
"""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from outreach.accounts.models import Team
from outreach.audit.trail import record
from outreach.places.models import PoliceDistrict


class Command(BaseCommand):
    help = "Enter a team, or say anew what it covers; without a district it works all over the country."

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument("--district", default="", help="the name of a police district")
        parser.add_argument("--subject", default="")

    @transaction.atomic
    def handle(self, *, name, district, subject, **options):
        found = PoliceDistrict.objects.filter(name=district).first()
        if district and found is None:
            names = ", ".join(PoliceDistrict.objects.values_list("name", flat=True))
            raise CommandError(f"There is no police district {district}. There are: {names}")
        facts = {"police_district": found, "subject": subject}
        team, created = Team.objects.update_or_create(name=name, defaults=facts)
        record("create" if created else "change", team, actor=None)
        self.stdout.write(f"{team}: {team.covers or 'everywhere, on everything'}")
