"""Every page that links lead to, read by several people at once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bs4 import BeautifulSoup

from tests.journeys.reader import Answer, path_of


def crawl(get: Callable[[str], Answer], *starts: str, readers: int = 1, of_a_folder: int = 1000) -> list[Answer]:
    """What every address on the way answers; of the pages in one folder, only the first ``of_a_folder``.

    ``get`` is called by ``readers`` threads at once.
    """
    answers, seen, folders, waiting = [], set(starts), Counter(), sorted(starts)
    with ThreadPoolExecutor(readers) as pool:
        while waiting:
            reached = list(pool.map(get, waiting))
            answers += reached
            waiting = []
            for link in sorted(set().union(*map(links, reached)) - seen):
                seen.add(link)
                folders[folder := link.rstrip("/").rpartition("/")[0]] += 1
                if folders[folder] <= of_a_folder:
                    waiting.append(link)
    return answers


def links(answer: Answer) -> set[str]:
    """The addresses of this host on a page."""
    if answer.type != "text/html":
        return set()
    anchors = BeautifulSoup(answer.body.decode(), "html.parser").find_all("a", href=True)
    found = {anchor["href"].partition("#")[0] for anchor in anchors}
    return {link for link in found if link.startswith("/") and not link.startswith("//")}


def broken(answers: list[Answer]) -> list[tuple[int, str]]:
    return [(answer.status, path_of(answer.address)) for answer in answers if answer.status != 200]
