"""The files behind a personal link, on SQLite."""

from django.utils import timezone

from events.models import Event, Material, Registration, RegistrationToken


def behind(h: str) -> list[Material]:
    now = timezone.now()
    links = RegistrationToken.objects.filter(hash=h, purpose=RegistrationToken.Purpose.MANAGE, expires_at__gt=now)
    seated = Registration.objects.filter(
        pk__in=links.values("registration"),
        status=Registration.Status.CONFIRMED,
        event__status=Event.Status.PUBLISHED,
    )
    return list(Material.objects.out(now).filter(event__in=seated.values("event")))
