"""Tags and filters that every template knows without loading them."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import uuid4

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hlt_platform.shell.svg.figure import Cell
from hlt_platform.shell.svg.line import time_line as draw_line
from hlt_platform.shell.svg.map import kommun_map as draw_map

register = template.Library()


class NoNonce(Exception):
    """A template with htmx was rendered without a request: its elements would be inert, so we fail here."""


@register.simple_tag(takes_context=True)
def hx(context: template.Context) -> SafeString:
    """Write the nonce that lets htmx touch this element; raise NoNonce where there is none."""
    # Asked of the context itself: a part that is included with `only` has no variable `request`.
    nonce = getattr(getattr(context, "request", None), "csp_nonce", None)
    if nonce is None:
        raise NoNonce
    return format_html('hx-nonce="{}"', str(nonce))


@register.simple_tag
def once() -> SafeString:
    """Write the key that makes two presses of one form one effect."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid4().hex)


@register.simple_tag
def kommun_map(cells: Sequence[Cell], title: str, sentence: str, name: str = "karta") -> SafeString:
    """Draw one cell per kommun with its legend."""
    return draw_map(cells, title, sentence, name)


@register.simple_tag
def time_line(cells: Sequence[Cell], title: str, sentence: str, name: str = "kurva") -> SafeString:
    """Draw one place's cells in the order of their periods."""
    return draw_line(cells, title, sentence, name)


@register.filter
def sv_time(moment: datetime | time | None) -> str:
    """Give the time of day in Sweden as 13.00; empty for None."""
    if moment is None:
        return ""
    local = timezone.localtime(moment) if isinstance(moment, datetime) and timezone.is_aware(moment) else moment
    return f"{local.hour:02}.{local.minute:02}"


@register.filter
def age(born_on: date | None) -> str:
    """Give whole years today, as in lists; empty for None."""
    if born_on is None:
        return ""
    today = timezone.localdate()
    years = today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
    return f"{years} år"


@register.filter
def masked(number: str | None) -> str:
    """Give a personnummer with its last four digits hidden; empty for None."""
    return f"{number[:-4].rstrip('-+')}-••••" if number else ""
