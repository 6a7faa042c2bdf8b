"""Which queues there are, as Celery and the broker's installer both know them."""

from collections.abc import Iterable

from kombu import Exchange, Queue

from hlt_identity.errands.homes import Home
from hlt_tenants.registry.models import Kommun
from hlt_tenants.registry.outbox.home import KOMMUN


def every_scope(home: Home) -> tuple[str, ...]:
    """Give all scopes of a home, also kommuner that are not open yet: their queue must be there when they are."""
    if home is not KOMMUN:
        return home.scopes()
    return tuple(Kommun.objects.order_by("kommunkod").values_list("kommunkod", flat=True))


def names(home: Home, scopes: Iterable[str]) -> tuple[str, ...]:
    """Give the queues of some scopes of a home, each once."""
    return tuple(dict.fromkeys(queue for scope in scopes for queue in home.queues(scope)))


def as_queues(queues: Iterable[str]) -> list[Queue]:
    """Give queues that nobody may declare by using them: a typo must not make one, and only `hlt broker` may."""
    return [Queue(name, Exchange(""), routing_key=name, no_declare=True) for name in queues]
