"""What the worker sends to colleagues. The internal face only asks for it: a stranger learns nothing by the time it
takes, and a mail server that is away keeps nobody out.
"""

from outreach.mail.sending import send
from outreach.queue.tasks import task

from .models import User


@task()
def password_asked_for(user_id: str) -> None:
    """Send the link to choose a new password, unless the account has been closed meanwhile."""
    _send("accounts.password", user_id)


@task()
def entered(user_id: str) -> None:
    """Tell a colleague whom an administrator entered how to sign in, with the link to choose a password."""
    _send("accounts.welcome", user_id)


@task()
def sign_in_changed(user_id: str, what: str) -> None:
    """Tell a colleague that password, phone or recovery codes change: it may not be their doing."""
    _send("accounts.notice", user_id, what=what)


def _send(kind: str, user_id: str, **context: str) -> None:
    if user := User.objects.filter(pk=user_id, is_active=True).first():
        send(kind, to=user.email, language=user.language, about=user, context=context)
