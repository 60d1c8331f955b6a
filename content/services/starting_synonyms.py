"""The words that mean the same to somebody who searches, from content/starting/synonyms.yaml."""

from typing import Any

from content.models import SynonymSet

from .starting_files import LANGUAGES, StartingTextError
from .starting_memory import Memory


def load_synonyms(texts: dict[str, Any], memory: Memory) -> None:
    """Make or refresh each set; one that an editor changed or deleted is left alone."""
    present = {one.key: {"words_da": one.words_da, "words_en": one.words_en} for one in SynonymSet.objects.all()}
    for key, words in texts.items():
        try:
            values = {f"words_{language}": "\n".join(words[language]) for language in LANGUAGES}
        except (KeyError, TypeError) as error:
            raise StartingTextError(f"synonyms.yaml: {key}: {error} is missing or wrong.") from error
        if memory.should_write(f"synonyms/{key}", file=values, stored=present.get(key)):
            SynonymSet.objects.update_or_create(key=key, defaults=values)
            memory.remember(f"synonyms/{key}", file=values, stored=values)
