"""Every database table there is, by model name: what the wall must classify."""

from django.apps import apps
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model


def concrete_models() -> dict[str, type[Model]]:
    """Each model with a table of its own, also of other people's apps and many-to-many links, by label."""
    models = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    return {model._meta.label: model for model in [*models, MigrationRecorder.Migration]}
