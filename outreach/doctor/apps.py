from django.apps import AppConfig


class DoctorConfig(AppConfig):
    name = "outreach.doctor"
    label = "doctor"

    def ready(self):
        from . import checks, registry

        for check in checks.CHECKS:
            registry.register(check)
