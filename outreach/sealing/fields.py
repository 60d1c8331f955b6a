"""A field whose text stands sealed in its column, and is opened when somebody reads the attribute: not before.

Written by ``save``, ``create`` and ``bulk_create``; an ``update`` or ``bulk_update`` takes what ``sealed_for`` makes,
or "". An empty text stays empty, so that rows with one can be asked for; nothing else of it can.
"""

import json
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models import Q
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext as _

from .seals import START, CannotOpen, seal, unseal

ASKED = frozenset({"exact", "isnull", "in", "startswith"})  # "" or not, or this very seal


class NotSealed(TypeError):
    """A text was about to be written, or asked for, in clear."""


class Sealed:
    """What stands in the column."""

    __slots__ = ("token",)

    def __init__(self, token: str) -> None:
        self.token = token

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.token == self.token

    def __hash__(self) -> int:
        return hash(self.token)

    def __repr__(self) -> str:
        return "<sealed>"


class Unreadable(str):
    """Stands for a text that does not open, and says so; saved again, it leaves what is in the column."""

    token: str
    about: str

    @classmethod
    def of(cls, sealed: Sealed, about: str) -> "Unreadable":
        text = cls(_("This text cannot be read right now, because its key is missing. It is still kept."))
        text.token, text.about = sealed.token, about
        return text


class SealedAttribute(DeferredAttribute):
    field: Any

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        return self.field.opened(instance, value) if isinstance(value, Sealed) else value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class OpenedAs:
    """An annotation that holds the sealed field ``name`` of its own row, opened when it is read."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __set_name__(self, owner: type, annotation: str) -> None:
        self.annotation = annotation

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        try:
            value = instance.__dict__[self.annotation]
        except KeyError:
            raise AttributeError(self.annotation) from None
        return instance._meta.get_field(self.name).opened(instance, value) if isinstance(value, Sealed) else value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.annotation] = value


class SealedTextField(models.TextField):
    """``register`` says which keys; ``bound_to`` which attributes say whose text it is, known before it is saved.

    ``kind`` says what kind of text it is, where copies of it stand in several models; else each column is its own.
    """

    descriptor_class = SealedAttribute

    def __init__(
        self, *args: Any, register: str = "", bound_to: tuple[str, ...] = ("pk",), kind: str = "", **kwargs: Any
    ) -> None:
        self.register, self.bound_to, self.kind = register, tuple(bound_to), kind
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["register"] = self.register
        if self.bound_to != ("pk",):
            kwargs["bound_to"] = self.bound_to
        if self.kind:
            kwargs["kind"] = self.kind
        return name, path, args, kwargs

    def about(self, instance: models.Model) -> str:
        """Whose text it is: the column, and the keys that make its row the one it is."""
        whose = ":".join(str(getattr(instance, name)) for name in self.bound_to)
        return f"{self.kind or f'{self.model._meta.label_lower}.{self.name}'}:{whose}"

    def sealed_for(self, instance: models.Model, value: Any) -> Any:
        """What goes into the column of ``instance``; what is sealed already is left as it is.

        Raises CannotOpen for the Unreadable text of another row: nobody could read it there either.
        """
        if isinstance(value, Unreadable) and value.about != self.about(instance):
            raise CannotOpen(self.register)
        if value is None or value == "" or isinstance(value, Sealed | Unreadable):
            return value
        return Sealed(seal(self.register, self.as_text(value), about=self.about(instance)))

    def opened(self, instance: models.Model, sealed: Sealed) -> Any:
        """The value, or Unreadable in its place."""
        try:
            return self.from_text(self.clear(instance, sealed))
        except CannotOpen:
            return Unreadable.of(sealed, self.about(instance))

    def as_text(self, value: Any) -> str:
        return str(value)

    def from_text(self, text: str) -> Any:
        return text

    def clear(self, instance: models.Model, sealed: Sealed) -> str:
        """The text as it would stand in the column in clear. Raises CannotOpen."""
        return unseal(self.register, sealed.token, about=self.about(instance))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return self.sealed_for(model_instance, model_instance.__dict__[self.attname])

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return Sealed(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Sealed | Unreadable):
            return value.token
        if value is None or value == "" or hasattr(value, "resolve_expression"):
            return value
        raise NotSealed(f"{self.model._meta.label}.{self.name} is sealed: save the row, or use sealed_for.")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in ASKED:
            raise FieldError(f"{self.model._meta.label}.{self.name} is sealed: nothing can be found by it.")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        """A dump of the rows is as sealed as the rows."""
        return str(self.get_prep_value(self.pre_save(obj, False)) or "")


class SealedJSONField(SealedTextField):
    """Keeps what JSON can say."""

    def as_text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def from_text(self, text: str) -> Any:
        return json.loads(text)


class OnlySealed(models.CheckConstraint):
    """The column ``field`` holds nothing in clear, whoever writes it. No form has to ask: the field seals as it is
    saved."""

    def __init__(self, *, field: str, longest: int, name: str) -> None:
        self.field, self.longest = field, longest
        sealed = Q(**{f"{field}__startswith": START})
        short = models.lookups.LessThanOrEqual(models.functions.Length(field), longest)
        super().__init__(condition=Q(**{field: ""}) | (sealed & Q(short)), name=name)

    def deconstruct(self) -> Any:
        named = {"field": self.field, "longest": self.longest, "name": self.name}
        return f"{type(self).__module__}.{type(self).__qualname__}", (), named

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """Nothing to ask of a row in memory."""
