"""What placeholders stand for, as templates of ours: a day, an hour, a link, a sentence that depends on the case."""

from django.utils.functional import Promise

from .wording import Placeholder


def day(path: str, pattern: str = "longdate") -> str:
    return f"{{% load design_tags %}}{{{{ {path}|{pattern} }}}}"


def until(path: str, pattern: str = "longdate") -> str:
    """A day and an hour, in the reader's language."""
    return f"{day(path, pattern)}{{% if language == 'da' %}} kl. {{% else %}} at {{% endif %}}{{{{ {path}|clock }}}}"


def part(app: str, name: str) -> str:
    """The sentence in ``mail/<app>/_<name>.<language>.txt``."""
    return f'{{% include "mail/{app}/_{name}.LANGUAGE.txt" with event=about.event %}}'


def link(name: str, label: str | Promise, *, key: str = "", needed: bool = True) -> Placeholder:
    """``{<name>_link}``, for the link that its kind makes under ``key``."""
    return Placeholder(f"{name}_link", label, f"{{{{ links.{key or name} }}}}", needed)
