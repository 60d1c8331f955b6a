"""A form sent twice makes one thing: it carries the primary key of what it makes, and the database refuses a second.

For a double tap on a slow phone, or "send again" after going back.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

KEY = "form_key"
REFUSED = 422

View = Callable[..., HttpResponse]
Finder = Callable[[HttpRequest, UUID], Any]


class KeyInput(forms.HiddenInput):
    """Never shown, and never filled in: a browser that remembers the key would have the next thing taken for this one.

    A text field out of sight, for HTML knows no autofill of an input of the type hidden that one could refuse.
    """

    input_type = "text"
    is_hidden = True

    def __init__(self) -> None:
        super().__init__({"hidden": True, "autocomplete": "off"})


class OnceMixin(forms.BaseForm):
    """A form of the workspace that makes something: ``key`` is to be its primary key, or fills its ``key_field``.

    Stands before the form. The instance of a ModelForm has the key already; one that changes what is there carries
    none. With crispy, the helper needs ``render_hidden_fields``.
    """

    key_field = "pk"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = sent_key(self.data) or uuid4()
        instance = getattr(self, "instance", None)
        if instance is None or instance._state.adding:
            self.fields[KEY] = forms.Field(required=False, initial=self.key, widget=KeyInput())
            if instance is not None:
                setattr(instance, self.key_field, self.key)


def sent_key(data: Any) -> UUID | None:
    """The key a form was sent with; None when there is none, or it is mangled."""
    try:
        return UUID(data.get(KEY) or "")
    except ValueError:
        return None


def once(find: Finder) -> Callable[[View], View]:
    """Lead a form that was sent before to where it led then, and say so.

    ``find(request, key)`` answers with what ``redirect`` takes when this user has made something with the key. It is
    asked before the view, and after it if the form was refused or the key taken: the other one came first by a moment.
    A key that is taken by what this user may not know of is none, and the form makes something with a key of its own.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            key = sent_key(request.POST)
            if key is None:
                return view(request, *args, **kwargs)
            if made := find(request, key):
                return _made_already(request, made)
            try:
                with transaction.atomic():  # the second question is asked in the same transaction, where there is one
                    response = view(request, *args, **kwargs)
            except IntegrityError:
                if made := find(request, key):
                    return _made_already(request, made)
                request.POST = _without_key(request.POST)  # type: ignore[assignment]
                return view(request, *args, **kwargs)
            made = find(request, key) if response.status_code == REFUSED else None
            return _made_already(request, made) if made else response

        return guarded

    return decorate


def _without_key(sent: QueryDict) -> QueryDict:
    rest = sent.copy()
    del rest[KEY]
    return rest


def _made_already(request: HttpRequest, made: Any) -> HttpResponse:
    messages.info(request, _("You sent this twice. It is saved once, as you sent it first."))
    return redirect(made)
