"""The themes of practices and materials from content/starting/themes.yaml."""

from typing import Any

from content.models import Theme

from .starting_files import LANGUAGES, StartingTextError
from .starting_memory import Memory


def load_themes(texts: dict[str, Any], memory: Memory) -> None:
    """Make or refresh each theme; one that an editor changed or deleted is left alone."""
    present = {
        theme.key: {"name_da": theme.name_da, "name_en": theme.name_en, "order": theme.order}
        for theme in Theme.objects.all()
    }
    for number, (key, names) in enumerate(texts.items(), start=1):
        try:
            values = {**{f"name_{lang}": names[lang] for lang in LANGUAGES}, "order": number * 10}
        except (KeyError, TypeError) as error:
            raise StartingTextError(f"themes.yaml: {key}: {error} is missing or wrong.") from error
        if memory.should_write(f"theme/{key}", file=values, stored=present.get(key)):
            Theme.objects.update_or_create(key=key, defaults=values)
            memory.remember(f"theme/{key}", file=values, stored=values)
