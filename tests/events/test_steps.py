"""The three steps above a registration."""

import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize(
    ("step", "full", "last"),
    [
        (1, False, "Plads eller venteliste"),
        (2, False, "Plads eller venteliste"),
        (3, False, "Du har din plads"),
        (3, True, "Du står i køen"),
    ],
)
def test_the_last_step_promises_no_seat_before_one_is_there(step, full, last):
    steps = render_to_string("events/_stepper.html", {"step": step, "full": full})

    assert f"<b>3</b>{last}</li>" in steps
