"""What a message says and why it is believed: whose work, which event, which task, and a signature over the three."""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from hlt_identity.errands.rules import Limits

SCOPE = re.compile(r"^(\d{4}|region|identity)$")
HEADERS = ("kommun", "event", "sig")
# Celery would act on these by itself: further tasks, other times, other limits.
UNWANTED = ("callbacks", "errbacks", "chain", "chord", "group", "eta", "expires")


class Reason(StrEnum):
    """Why a message was refused; all that a log and a counter may say about it."""

    NO_HEADER = "NO_HEADER"
    SMUGGLED = "SMUGGLED"
    WRONG_HOME = "WRONG_HOME"
    BAD_SIGNATURE = "BAD_SIGNATURE"
    WRONG_QUEUE = "WRONG_QUEUE"
    NOT_OPEN = "NOT_OPEN"
    NO_EVENT = "NO_EVENT"


class Refusal(Exception):
    """A message that no relay of ours has sent, or not for this worker."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Message:
    """A kommunkod, or region or identity; the id of a row in its outbox; the name of the task."""

    scope: str
    event: UUID
    task: str

    def signature(self, key: str) -> str:
        """Give 64 hex digits; only who holds the scope's message key can make them."""
        return hmac.new(key.encode(), f"{self.scope}|{self.event}|{self.task}".encode(), sha256).hexdigest()

    def headers(self, key: str, traceparent: str | None) -> dict[str, str]:
        """Give all that travels besides the task's name."""
        own = {"kommun": self.scope, "event": str(self.event), "sig": self.signature(key)}
        return own if traceparent is None else {**own, "traceparent": traceparent}


def read(task: str, headers: Mapping[str, Any]) -> tuple[Message, str]:
    """Give what a message claims, and its signature, unchecked. Raises Refusal when a part is absent or malformed."""
    scope, event, sig = (headers.get(name) for name in HEADERS)
    if not (isinstance(scope, str) and isinstance(event, str) and isinstance(sig, str) and SCOPE.match(scope)):
        raise Refusal(Reason.NO_HEADER)
    try:
        return Message(scope, UUID(event), task), sig
    except ValueError:
        raise Refusal(Reason.NO_HEADER) from None


def check_signature(message: Message, sig: str, key: str) -> None:
    if not hmac.compare_digest(message.signature(key), sig):
        raise Refusal(Reason.BAD_SIGNATURE)


def check_bare(
    args: tuple[object, ...], kwargs: Mapping[str, object], request: Mapping[str, Any], limits: Limits
) -> None:
    """Refuse arguments, other limits and follow-ups: a message asks for nothing but the work of its row."""
    told = tuple(request.get("timelimit") or (None, None))
    is_bare = not (args or kwargs or any(request.get(name) for name in UNWANTED))
    if not is_bare or told not in ((None, None), (limits.hard, limits.soft)):
        raise Refusal(Reason.SMUGGLED)
