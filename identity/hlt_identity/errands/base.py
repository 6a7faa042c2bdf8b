"""The one base of every task: refuses what it cannot prove, runs what was asked for, records how it ended.

It works in `__call__` and not by a signal: Celery swallows what a signal handler raises, and runs the task anyway
(operations §4).
"""

import logging
from collections.abc import Callable
from typing import Any, ClassVar

from celery import Task
from celery.exceptions import Reject
from django.db import close_old_connections

from hlt_identity.errands.homes import Declared
from hlt_identity.errands.leasing import begin, fail, finish
from hlt_identity.errands.messages import Message, Reason, Refusal, check_bare, check_signature, read
from hlt_identity.errands.once import AlreadyDone, running

log = logging.getLogger("hlt.errands")
UNRECORDED = "UNRECORDED"


class FailClosedTask(Task):  # type: ignore[type-arg]
    """`declared` says what is run and for whom; `key_of` gives a scope's message key."""

    abstract = True
    declared: ClassVar[Declared]
    key_of: ClassVar[Callable[[str], str]]

    def __call__(self, *args: object, **kwargs: object) -> None:
        try:
            message = self._checked(args, kwargs)
            self._work(message)
        except Refusal as refusal:
            log.warning("message refused: %s by %s", refusal.reason, self.name)
            raise Reject(str(refusal.reason), requeue=False) from None
        except Exception as fault:
            # Not even the failure could be written down: the row's lease ends and the relay sends it again.
            log.error("errand unrecorded: %s in %s", code_of(fault), self.name)
            raise Reject(UNRECORDED, requeue=False) from None
        finally:
            # A connection that broke must not meet the next task.
            close_old_connections()

    def _checked(self, args: tuple[object, ...], kwargs: dict[str, object]) -> Message:
        """Give the message once everything that can be known without the row is proved."""
        request = vars(self.request)
        home = self.declared.home
        message, sig = read(self.name, request)
        check_bare(args, kwargs, request, self.declared.limits)
        if message.scope.isdigit() != (home.code == "kommun") or (home.code != "kommun" and message.scope != home.code):
            raise Refusal(Reason.WRONG_HOME)
        if message.scope not in home.scopes():
            raise Refusal(Reason.NOT_OPEN)
        check_signature(message, sig, type(self).key_of(message.scope))
        if queue_of(request) != home.queue_of(message.scope, self.declared.pace):
            raise Refusal(Reason.WRONG_QUEUE)
        return message

    def _work(self, message: Message) -> None:
        errand = begin(self.declared, message, is_redelivered=is_redelivered(vars(self.request)))
        if errand is None:
            return
        login = self.declared.login or errand.branch or self.declared.home.worker_login
        try:
            with self.declared.home.enter(message.scope, login), running(errand):
                self.declared.run(errand)
        except AlreadyDone:
            finish(self.declared, message)
        except Exception as fault:
            code = code_of(fault)
            log.error("errand failed: %s in %s", code, self.name)
            fail(self.declared, message, code)
        else:
            finish(self.declared, message)


def code_of(fault: Exception) -> str:
    """Give the stable code of one of our errors, else the class's name; never the text, which may name somebody."""
    return str(getattr(fault, "code", None) or type(fault).__name__)


def queue_of(request: dict[str, Any]) -> str | None:
    """Give the queue a message was really read from: what pgmq's transport notes at reading, else AMQP's routing key.

    A virtual transport copies the rest of `delivery_info` from the message itself, so the sender could have written it.
    """
    noted = _noted(request)
    return noted["pgmq_queue"] if "pgmq_queue" in noted else (request.get("delivery_info") or {}).get("routing_key")


def is_redelivered(request: dict[str, Any]) -> bool:
    """Tell whether the broker has given this message out before."""
    noted = _noted(request)
    if "pgmq_message" in noted:
        return bool(noted["pgmq_message"]["read_ct"] > 1)
    return bool((request.get("delivery_info") or {}).get("redelivered"))


def _noted(request: dict[str, Any]) -> dict[str, Any]:
    noted: dict[str, Any] = (request.get("properties") or {}).get("delivery_info") or {}
    return noted
