"""Load the starting content in both languages: places, channels, the guide, themes, the first pages, the directory.

Pages in a further language are loaded as drafts: only an editor publishes them, when a native reader has read them.

Safe to run again at any time: what is unchanged is not written, what an editor changed or deleted is left alone.
"""

from collections import Counter
from pathlib import Path

from django.db import transaction

from outreach.languages import further
from outreach.places.loading import load_places

from .search_index import gathered
from .starting_channels import load_channels
from .starting_directory import load_directory
from .starting_files import STARTING, read_pages, read_yaml
from .starting_guide import load_guide
from .starting_memory import Memory
from .starting_pages import load_pages
from .starting_synonyms import load_synonyms
from .starting_themes import load_themes


@transaction.atomic
def load_starting_content(directory: Path = STARTING) -> Counter[str]:
    """How many texts were ``created``, ``updated``, ``unchanged``, or ``kept`` because an editor changed them."""
    memory = Memory()
    with gathered():
        load_places()
        load_channels(read_yaml(directory / "channels.yaml"), memory)
        load_guide(read_yaml(directory / "guide.yaml"), memory)
        load_themes(read_yaml(directory / "themes.yaml"), memory)
        load_synonyms(read_yaml(directory / "synonyms.yaml"), memory)
        load_pages(read_pages(directory), read_yaml(directory / "site.yaml"), memory)
        for language in sorted(further()):
            texts = directory / "further" / language
            load_pages(read_pages(texts), read_yaml(texts / "site.yaml"), memory, languages=(language,), live=False)
        load_directory(read_yaml(directory / "directory.yaml"), memory)
    return memory.outcome
