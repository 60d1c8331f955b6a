"""Say what is not right with this installation. Run as the owner of the tables, under the worker's settings."""

import json

from django.core.management.base import BaseCommand, CommandError

from outreach.doctor.registry import findings


class Command(BaseCommand):
    help = "Say in sentences what is not right with this installation, and what to do; fails when something is."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="for a program to read")

    def handle(self, **options):
        found = findings()
        if options["json"]:
            self.stdout.write(json.dumps([finding._asdict() for finding in found]))
        else:
            for finding in found:
                self.stdout.write(f"{finding.about}: {finding.wrong} {finding.do}")
        if found:
            raise CommandError(f"{len(found)} things are not right.")
        if not options["json"]:
            self.stdout.write("All is well.")
