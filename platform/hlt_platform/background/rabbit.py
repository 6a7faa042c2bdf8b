"""Queues on a RabbitMQ that HLT_BROKER_URL names: the same as the chart declares (operations §4).

Arguments of a queue that is there cannot change: RabbitMQ refuses, and its sentence says which queue.
"""

from collections.abc import Iterable
from typing import Any

from kombu import Connection, Queue

QUORUM = {"x-queue-type": "quorum"}
DELIVERIES = 3


def declare_queues(url: str, queues: Iterable[str]) -> int:
    """Make each queue and the one for what was rejected from it; give how many. A second run changes nothing."""
    made = 0
    with Connection(url) as connection, connection.channel() as channel:
        for queue in queues:
            for name, arguments in ((dead(queue), QUORUM), (queue, arguments_of(queue))):
                Queue(name, durable=True, queue_arguments=arguments).bind(channel).queue_declare()
                made += 1
    return made


def dead(queue: str) -> str:
    return f"{queue}_dead"


def arguments_of(queue: str) -> dict[str, Any]:
    """Give what RabbitMQ is told of a queue from which errands are taken."""
    return {
        **QUORUM,
        "x-delivery-limit": DELIVERIES,
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": dead(queue),
    }
