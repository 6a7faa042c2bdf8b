"""Celery's consumer without what it makes for itself on RabbitMQ."""

from celery.worker import consumer

DELAYED = "celery.worker.consumer.delayed_delivery:DelayedDelivery"


class Consumer(consumer.Consumer):
    """Makes no `celery_delayed_…` queues: due times lie in the outbox, and a worker may make nothing on the broker."""

    class Blueprint(consumer.Consumer.Blueprint):  # type: ignore[misc, valid-type]
        """All of Celery's own steps but one."""

        default_steps = tuple(step for step in consumer.Consumer.Blueprint.default_steps if step != DELAYED)
