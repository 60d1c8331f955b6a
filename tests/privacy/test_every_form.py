"""Every form in which somebody outside or inside writes is guarded, whoever made it."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from django import forms
from django.forms.forms import BaseForm

from contacts.forms.files import KeptField
from outreach.privacy.guard import GuardedFormMixin, holds_text
from outreach.privacy.workspace import WorkspaceGuard

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("contacts", "events", "content", "outreach")
# Not the workspace and not the public: signing in, and the Wagtail admin, where editors write what everybody reads.
ELSEWHERE = re.compile(r"outreach\.accounts\.forms|content\.admin\.|content\.models\.(?!secondperson)")
# What a browser may choose or count: no words can stand there.
NOT_TYPED = (
    *[forms.ChoiceField, forms.ModelChoiceField, forms.BooleanField, forms.IntegerField],
    *[forms.DateField, forms.TimeField, forms.DateTimeField, KeptField],
)


def load_every_module():
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            if not re.search(r"\.(migrations|settings|management|wsgi)", module.name):
                importlib.import_module(module.name)


def below(kind):
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


@pytest.fixture(scope="module")
def written_in():
    """The forms of the workspace and the public site in which somebody types or chooses a file."""
    load_every_module()
    ours = {form for form in below(BaseForm) if form.__module__.split(".")[0] in ROOMS}
    ours = {form for form in ours if not (ELSEWHERE.match(form.__module__) or form.__name__.endswith("Mixin"))}
    return {form for form in ours if any(holds_text(field) for field in getattr(form, "base_fields", {}).values())}


def test_the_walk_finds_forms_of_every_room(written_in):
    rooms = {form.__module__.split(".")[0] for form in written_in}

    assert rooms == set(ROOMS)
    assert len(written_in) >= 12


def test_every_form_in_which_somebody_writes_refuses_a_civil_registration_number(written_in):
    assert [form for form in written_in if not issubclass(form, GuardedFormMixin)] == []


def test_a_false_alarm_in_the_workspace_is_passed_with_a_reason(written_in):
    inside = [form for form in written_in if form.__module__.startswith("contacts.")]

    assert [form for form in inside if not issubclass(form, WorkspaceGuard)] == []


def test_every_field_of_a_guarded_form_is_looked_into_or_holds_no_words(written_in):
    unknown = {
        f"{form.__name__}.{name}: {type(field).__name__}"
        for form in written_in
        for name, field in form.base_fields.items()
        if not holds_text(field) and not isinstance(field, NOT_TYPED)
    }

    assert unknown == set()


INSIDE = (ROOT / "contacts" / "views", ROOT / "events" / "views" / "internal")
VIEWS = [path for folder in INSIDE for path in sorted(folder.glob("*.py"))]


KEEPS_NOTHING = {"exports.py", "daily_mail.py", "copying.py"}  # a file that is handed out, a yes or no, a day


@pytest.mark.parametrize(
    "path", [path for path in VIEWS if path.name not in KEEPS_NOTHING], ids=lambda path: path.name
)
def test_every_view_of_the_workspace_that_saves_a_form_notes_why_a_number_was_passed(path):
    code = path.read_text()
    saves = re.search(r"^from (?:contacts|events)\.forms", code, re.MULTILINE) and ".is_valid()" in code

    assert not saves or "note_passing(request" in code
