from django.apps import AppConfig


class DoctorConfig(AppConfig):
    name = "outreach.doctor"
    label = "doctor"

    def ready(self):
        from . import checks

        for check in checks.CHECKS:
            checks.register(check)
