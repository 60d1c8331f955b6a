"""At least one row in every table about people: what a session that says for nobody must not meet."""

from datetime import date, time, timedelta

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    TextField,
    TimeField,
)
from django.utils import timezone

from contacts.models import Person, RegistrationLink
from content.models import ContactChannel, Owner
from events.services import tokens
from tests.contacts.belongings import Belonging
from tests.contacts.factories import OfficerFactory
from tests.events.factories import InvitationFactory, MaterialFactory, ReplyFactory, opened_mailbox

OF_ONE = (
    *("role", "relationship", "refusal", "access", "attachment", "draft", "view", "promise", "correction"),
    *("invitation", "mail_of_its_event", "question_at_its_event"),
)
# What a table wants that its columns do not say.
MORE = {"contacts.Snooze": {"until": date(2027, 1, 2)}}


def one_of_everything(models) -> None:
    """Through the factories what they make; the rest of ``models`` plainly, as their columns ask."""
    officer = OfficerFactory()
    belonging = Belonging(officer, OfficerFactory(), "own")
    for kind in OF_ONE:
        getattr(belonging, kind)()
    registration = ReplyFactory().registration
    tokens.issue(registration, tokens.Purpose.MANAGE)
    invitation = InvitationFactory(sent=True)
    tokens.issue(invitation, "invited")
    MaterialFactory()
    opened_mailbox("ana@example.org")
    RegistrationLink.objects.create(registration=registration, person_id=belonging.person()[0], linked_by=officer)
    plain_row(Owner, colleague=officer, channel=plain_row(ContactChannel, number="41 74 90 90"))
    for model in models:
        if not model._base_manager.exists():
            of_somebody = {"person": Person.objects.all()[0]} if hasattr(model, "person") else {}
            plain_row(model, **of_somebody, **MORE.get(model._meta.label, {}))


def plain_row(model: type[Model], **given: object) -> Model:
    """A row with something in every column that must hold something; rows it hangs on are taken or made."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.name not in given and (field.is_relation or not field.primary_key)
    ]
    values = {field.name: _value(field) for field in fields if not (field.null or field.has_default())}
    row = model(**{name: value for name, value in values.items() if value is not None} | given)
    model._base_manager.bulk_create([row])
    return row


def _value(field) -> object:
    if isinstance(field, ForeignKey):
        return field.related_model._base_manager.first() or plain_row(field.related_model)
    if isinstance(field, CharField | TextField):
        choices = [value for value, _words in field.choices or () if value]
        return choices[0] if choices else "" if field.blank else "x"
    values = {
        DateTimeField: timezone.now() + timedelta(days=1),
        DateField: date(2026, 12, 2),
        TimeField: time(12),
        JSONField: {},
        IntegerField: 1,
    }
    return next((value for kind, value in values.items() if isinstance(field, kind)), None)
