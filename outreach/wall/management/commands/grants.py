"""Make PostgreSQL agree with the table of grants and the row policies, or say where it does not.

Run as the owner of the tables, under settings that install every app (``outreach.settings.worker``), after every
``migrate``. Safe to repeat; one transaction.
"""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from outreach.wall import functions, privileges, roles, row_security


class Command(BaseCommand):
    help = "Grant each database role exactly what outreach/wall/grants.py says; --verify only compares."

    def add_arguments(self, parser):
        parser.add_argument("--verify", action="store_true", help="change nothing; fail when something differs")

    def handle(self, *, verify, **options):
        if connection.vendor != "postgresql":
            raise CommandError("Roles and grants exist on PostgreSQL only; on SQLite there is nothing to do.")
        if not verify:
            with transaction.atomic():
                roles.establish()
                functions.apply()
                privileges.apply()
                row_security.apply()
        if faults := [fault for part in (roles, functions, privileges, row_security) for fault in part.faults()]:
            raise CommandError("The database differs from the table of grants:\n  " + "\n  ".join(faults))
        self.stdout.write("The database agrees with the table of grants.")
