"""What waits for a decision stands on the front page by when it came, whatever it is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Registration
from tests.contacts.factories import NOW, TODAY, RegistrationFactory
from tests.events.factories import DialogueRequestFactory

pytestmark = pytest.mark.django_db


def test_invitations_and_registrations_stand_in_one_order_the_newest_first(desk, officer):
    for name, days in (("First", 5), ("Third", 1)):
        DialogueRequestFactory(confirmed=True, organisation=name, created_at=NOW - timedelta(days=days))
    registration = RegistrationFactory(event__owner=officer, event__starts_at=NOW + timedelta(days=9))
    Registration.objects.filter(pk=registration.pk).update(created_at=NOW - timedelta(days=3))

    day = desk.get(reverse("workspace:today")).context["day"]

    came = [getattr(one, "newest", None) or one.confirmed_at for one in day.waiting]
    assert [(TODAY - timezone.localdate(moment)).days for moment in came] == [1, 3, 5]
