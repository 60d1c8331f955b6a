"""Which fields of a form are kept in a draft, and what may not be: no CPR number is stored, not even for a moment.

What only looks like one is kept once a good reason says so, and the reason with it.
"""

from django import forms
from django.http import QueryDict

from contacts.forms.corrections import CorrectForm
from contacts.forms.dialogues import LogForm
from contacts.forms.followups import FollowUpForm
from contacts.forms.promises import PROMISES
from outreach.privacy.guard import contains_cpr
from outreach.privacy.workspace import PassForm

LOG, DIALOGUE, FOLLOW_UP, FOR_PERSON, FOR_ORGANISATION = "log", "dialogue", "followup", "person", "organisation"
FORMS: dict[str, type[forms.BaseForm]] = {
    LOG: LogForm,
    DIALOGUE: CorrectForm,
    FOLLOW_UP: FollowUpForm,
    FOR_PERSON: FollowUpForm,
    FOR_ORGANISATION: FollowUpForm,
}
REASON = "not_a_number"  # of PassForm: stands in the page, and in its draft, beside the form's own fields
SEARCHES = frozenset({"find", "find_other"})  # a search in a form is no part of what is written


def typed(kind: str, sent: QueryDict) -> dict[str, list[str]]:
    """The form's own fields in what was sent, without the character no database keeps."""
    own = FORMS[kind].base_fields.keys() - SEARCHES
    return {name: [value.replace("\x00", "") for value in sent.getlist(name)] for name in sent if _first(name) in own}


def words(kind: str, fields: dict[str, list[str]]) -> list[str]:
    """What somebody wrote in words, field by field in the order of the form; nothing that was only chosen."""
    form = FORMS[kind].base_fields
    texts = [name for name, field in form.items() if isinstance(field, forms.CharField)]
    typed_in = [name for text in texts for name in fields if _first(name) == text]
    return [value.strip() for name in typed_in for value in fields[name] if value.strip()]


def _first(name: str) -> str:
    """The field of the first row, where this one is of a later row; else the same."""
    row = PROMISES.numbered(name)
    return row[0] if row else name


def why_kept(kind: str, fields: dict[str, list[str]], sent: QueryDict) -> str | None:
    """The good reason why what looks like a number in somebody's words is none; "" where nothing looks like one.

    None: what is kept may not be. No reason passes a number in a field that takes no words.
    """
    if not holds_cpr(fields):
        return ""
    form = FORMS[kind].base_fields
    wordless = {name: text for name, text in fields.items() if not isinstance(form[_first(name)], forms.CharField)}
    given = PassForm(sent)
    reason = given.cleaned_data[REASON] if given.is_valid() else ""
    return reason if reason and not holds_cpr(wordless) else None


def holds_cpr(fields: dict[str, list[str]]) -> bool:
    """Whether a number stands in anything that is kept: a field of minutes or of a date takes every text until the
    form is checked, and so does a choice."""
    return any(contains_cpr(value) for values in fields.values() for value in values)
