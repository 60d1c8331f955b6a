"""The colours keep the contrasts the look promises (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "outreach" / "design" / "scss" / "_tokens.scss"
COLOURS = dict(re.findall(r"^\$([\w-]+): (#[0-9a-f]{3,6});", TOKENS.read_text(), re.MULTILINE))

GROUNDS = ("white", "sand-100", "fjord-50", "fjord-100", "ground")
TEXT = 4.5
SHAPE = 3.0


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    digits = COLOURS[colour].removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


# What look.md writes beside each colour
@pytest.mark.parametrize(
    ("text", "ground", "promised"),
    [
        ("ink", "white", 15.7),
        ("ink", "sand-100", 14.2),
        ("ink-soft", "white", 7.4),
        ("ink-soft", "fjord-50", 6.8),
        ("ink-soft", "sand-100", 6.7),
        ("fjord-700", "white", 8.6),
        ("fjord-700", "fjord-50", 7.9),
        ("fjord-700", "sand-100", 7.8),
        ("fjord-700", "fjord-100", 7.0),
        ("white", "fjord-800", 11.2),
        ("fjord-100", "fjord-800", 9.1),
        ("white", "fjord-900", 14.2),
        ("amber-ink", "amber-400", 9.5),
        ("red-700", "white", 7.6),
        ("red-700", "red-50", 6.7),
        ("red-700", "fjord-50", 7.0),
        ("green-700", "white", 7.0),
        ("green-700", "green-50", 6.2),
        ("ochre-800", "ochre-50", 7.2),
        ("plum-700", "plum-50", 9.2),
        ("line-strong", "white", 4.7),
        ("line-strong", "ground", 4.3),
    ],
)
def test_a_promised_contrast_is_kept(text, ground, promised):
    assert contrast(text, ground) >= promised - 0.1


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", ["ink", "ink-soft", "fjord-700", "fjord-900", "red-700", "green-700", "ochre-800"])
def test_text_is_readable_on_every_light_ground(text, ground):
    assert contrast(text, ground) >= TEXT


@pytest.mark.parametrize("text", ["white", "pale", "pale-soft"])
@pytest.mark.parametrize("ground", ["fjord-700", "fjord-800", "fjord-900"])
def test_text_is_readable_on_the_dark_grounds(text, ground):
    assert contrast(text, ground) >= TEXT


@pytest.mark.parametrize("ground", ["fjord-700", "fjord-800", "fjord-900"])
def test_the_focus_shows_on_the_dark_grounds(ground):
    assert contrast("amber-400", ground) >= SHAPE


@pytest.mark.parametrize("ground", [*GROUNDS, "red-50", "green-50", "ochre-50", "plum-50", "amber-400"])
def test_the_focus_shows_on_the_light_grounds(ground):
    assert contrast("ink", ground) >= SHAPE


@pytest.mark.parametrize("shape", ["ochre-600", "red-700", "ink"])
def test_the_gauge_is_seen_on_its_panel(shape):
    assert contrast(shape, "white") >= SHAPE
