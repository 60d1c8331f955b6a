from django.db import migrations, models

UNTALKED = models.Q(("last_dialogue_on__isnull", True), ("rhythm_weeks__isnull", False))
UNTOLD = models.Q(("informed_on__isnull", True))


def indexes(model):
    for name, condition in (("untalked", UNTALKED), ("untold", UNTOLD)):
        index = models.Index(condition=condition, fields=["owner", "created_at"], name=f"{model}_my_{name}")
        yield migrations.AddIndex(model_name=model, index=index)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0026_renew_functions_that_find")]
    operations = [*indexes("person"), *indexes("organisation")]
