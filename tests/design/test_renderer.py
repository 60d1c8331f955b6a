"""A list of choices looks as Django draws it."""

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.forms.renderers import DjangoTemplates

from outreach.design.renderer import QuickRenderer

CHOICES = [
    ("", "All"),
    (1, "Plain & <b>bold</b>"),
    ('Group "quoted"', [(2, "Two"), (None, "Nothing"), (True, "Yes")]),
    (1_000, "Thousand"),
]


@pytest.mark.parametrize("value", [None, "", 1, "2", "1000", True])
@pytest.mark.parametrize("kind", [forms.Select, forms.NullBooleanSelect])
def test_a_list_of_choices_is_what_django_would_draw(kind, value):
    widget = kind() if kind is forms.NullBooleanSelect else kind(choices=CHOICES)
    asked = {"name": 'na"me', "value": value, "attrs": {"id": "id_x", "required": True, "disabled": False}}

    ours, theirs = (
        BeautifulSoup(widget.render(**asked, renderer=renderer), "html.parser")
        for renderer in (QuickRenderer(), DjangoTemplates())
    )

    assert _told(ours) == _told(theirs)


@pytest.mark.parametrize("value", [None, "", "Plain & <b>bold</b>", 1, 0, True])
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput(),
        forms.Textarea({"rows": 3}),
        forms.CheckboxInput(),
        forms.HiddenInput(),
        forms.NumberInput({"step": 0.5}),
        forms.DateInput(),
        forms.EmailInput({"placeholder": 'na"me'}),
        forms.RadioSelect(choices=CHOICES),
        forms.CheckboxSelectMultiple(choices=CHOICES),
    ],
    ids=lambda widget: type(widget).__name__,
)
def test_a_field_and_its_boxes_are_what_django_would_draw(widget, value):
    asked = {"name": 'na"me', "value": value, "attrs": {"id": "id_x", "required": True, "disabled": False}}

    ours, theirs = (
        BeautifulSoup(widget.render(**asked, renderer=renderer), "html.parser")
        for renderer in (QuickRenderer(), DjangoTemplates())
    )

    assert _told(ours) == _told(theirs)


def _told(soup):
    """Every element with its attributes and words, whatever the white space."""
    return [(tag.name, tag.attrs, "".join(tag.get_text().split())) for tag in soup.find_all(True)]
