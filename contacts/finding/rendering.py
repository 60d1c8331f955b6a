"""Questions (``asked``) in the language of each database. Words are letters and digits only: none is an operator."""

from collections.abc import Callable, Iterable

from .asked import Question, Term


def as_tsquery(question: Question) -> str:
    """For PostgreSQL; "" for no question."""
    return _written(question, _lexeme, " & ", " | ")


def as_fts5(question: Question) -> str:
    """For the full-text tables of SQLite; "" for no question."""
    return _written(question, _token, " AND ", " OR ")


def _written(question: Question, word: Callable[[Term], str], both: str, either: str) -> str:
    return either.join(_bracketed(both, (_bracketed(either, map(word, group)) for group in all_)) for all_ in question)


def _bracketed(operator: str, parts: Iterable[str]) -> str:
    return f"({operator.join(parts)})"


def _lexeme(term: Term) -> str:
    return f"'{term.key}'" + (":*" if term.begins else "")


def _token(term: Term) -> str:
    return f'"{term.key}"' + ("*" if term.begins else "")
