"""``{% kept %}``: a part of a page that is the same for everybody, made once in a process of the public face."""

from datetime import datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from content.caching import holds_until
from content.keeping import PerVersion, keeps

register = template.Library()

Key = tuple[Any, ...]
PARTS: PerVersion[dict[Key, tuple[SafeString, datetime]]] = PerVersion(dict)


@register.tag
def kept(parser: Parser, token: Token) -> "KeptPart":
    """``{% kept "name" … %} … {% endkept %}``: what stands inside hangs on the language, on what is public, on the
    clock as a public page does (content/caching.py), and on the values named after the name; on nothing else.

    Made anew where this process keeps no page, or there is no request.
    """
    names = token.split_contents()[1:]
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptPart([parser.compile_filter(name) for name in names], nodes)


class KeptPart(template.Node):
    def __init__(self, key: list[FilterExpression], nodelist: NodeList) -> None:
        self.key = key
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        request: HttpRequest | None = context.get("request")
        if request is None or not keeps():
            return self.nodelist.render(context)
        parts, now = PARTS.of(request), timezone.now()
        key = (get_language(), *(value.resolve(context, ignore_failures=True) for value in self.key))
        if (found := parts.get(key)) and now < found[1]:
            return found[0]
        text, until = self.nodelist.render(context), holds_until(request, now)
        parts[key] = text, until
        return text
