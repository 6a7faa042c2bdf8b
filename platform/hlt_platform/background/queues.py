"""Which queues there are, as Celery and the broker's installer both know them."""

from collections.abc import Iterable

from kombu import Exchange, Queue

from hlt_identity.errands.homes import Home
from hlt_platform.background import rabbit


def names(home: Home, scopes: Iterable[str]) -> tuple[str, ...]:
    """Give the queues of some scopes of a home, each once."""
    return tuple(dict.fromkeys(queue for scope in scopes for queue in home.queues(scope)))


def as_queues(queues: Iterable[str]) -> list[Queue]:
    """Give queues that nobody may declare by using them: a typo must not make one, and only `hlt broker` may.

    Their kind is told because Celery asks: a quorum queue knows no limit over several consumers. pgmq does not look.
    """
    return [
        Queue(name, Exchange(""), routing_key=name, no_declare=True, queue_arguments=rabbit.QUORUM) for name in queues
    ]
