"""A worker of one home (HLT_WORKER_HOME): only that home's logins, and on the broker only taking from its queues."""

from hlt_identity.errands.rules import LIMITS, Pace
from hlt_platform.settings.base import *  # noqa: F403
from hlt_platform.settings.broker import broker
from hlt_platform.settings.databases import aliases, by_context
from hlt_platform.settings.environment import value

HLT_WORKER_HOME = value("HLT_WORKER_HOME", "kommun")
_DATABASES = {
    "kommun": lambda: {**aliases("registry"), "intake": by_context("jobs")},
    "region": lambda: aliases("disclosure"),
    "identity": lambda: aliases("identity"),
}
_LONGEST = {"kommun": Pace.QUICK, "region": Pace.BUILD, "identity": Pace.QUICK}
DATABASES = _DATABASES[HLT_WORKER_HOME]()
HLT_BROKER = broker(
    f"hlt_broker_take_{HLT_WORKER_HOME}",
    visibility_seconds=int(LIMITS[_LONGEST[HLT_WORKER_HOME]].lease.total_seconds()),
)
