"""The targets of a bench: what was wanted, what came, and how both are told."""

import sys
from typing import NamedTuple


class Check(NamedTuple):
    """One target, and what came."""

    name: str
    wanted: str
    figure: str
    met: bool


def at_most(name: str, got: float, wanted: float, digits: int = 2) -> Check:
    return Check(name, f"≤ {wanted:g}", f"{got:.{digits}f}", got <= wanted)


def at_least(name: str, got: float, wanted: float, digits: int = 2) -> Check:
    return Check(name, f"≥ {wanted:g}", f"{got:.{digits}f}", got >= wanted)


def exactly(name: str, got: int, wanted: int) -> Check:
    return Check(name, str(wanted), str(got), got == wanted)


def tell(verdicts: list[Check]) -> None:
    """Print each target, and how many were missed."""
    print()
    for check in verdicts:
        print(f"{'met   ' if check.met else 'MISSED'} {check.name:70} {check.wanted:>7} {check.figure:>8}")
    print(f"\n{sum(not check.met for check in verdicts)} of {len(verdicts)} missed")


def summary(verdicts: list[Check]) -> str:
    """What was missed, for one cell of a table."""
    missed = [f"{check.name} {check.figure} ({check.wanted})" for check in verdicts if not check.met]
    return "; ".join(missed) or f"none of {len(verdicts)}"


def given(name: str, usual: float) -> float:
    """The number of ``--name=number`` among the words of the command."""
    return next((float(word.partition("=")[2]) for word in sys.argv if word.startswith(f"--{name}=")), usual)
