"""The part of a form where a passkey answers."""

from django import template

from outreach.accounts.passkey_home import origin

register = template.Library()


@register.inclusion_tag("mfa/_passkey.html")
def passkey(
    does: str, *, says: str, question: str = "", source: str = "", name: str = "credential", kind: str = "primary"
):
    """``does``: "new" or "show". The ``question`` to the passkey, or the ``source`` it is fetched from when asked."""
    told = {"does": does, "says": says, "question": question, "source": source, "name": name, "kind": kind}
    return told | {"home": origin()}
