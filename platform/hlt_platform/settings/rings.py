"""Which secrets each part is handed: its key ring, and nothing with which it could make another part's.

Plain Python: the local stack writes the rings before Django starts, and the chart mounts the same ones as secrets.
"""

from collections.abc import Iterable, Iterator

from hlt_tenants.registry.branches import BRANCHES
from hlt_tenants.registry.secrets import MasterKey, message_name

BEHIND = ("relay", "beat", "worker_kommun", "worker_region", "worker_identity")
JOBS = ("provision", "verify")
PARTS = ("web", *BEHIND, *JOBS)
# Whole classes: a kommun that is new tomorrow is served without a new ring.
SERVED = ("k*_branch", "k*_door", "k*_admin", "k*_signal", "k*_draft", "k*_fact")


def names(part: str, kommuner: Iterable[str]) -> Iterator[str]:
    """Give the logins and message keys of a part; `kommuner` narrows relay, beat and a kommun's worker to some."""
    codes = tuple(kommuner)
    if part == "web":
        yield from ("hlt_registry", "hlt_identity", "hlt_region", "hlt_publisher", *SERVED)
    if part in ("relay", "beat"):
        yield from ("hlt_registry", "hlt_relay", *(f"k{code}_relay" for code in codes))
    if part == "relay":
        yield from ("hlt_broker_send", *map(message_name, (*codes, "region", "identity")))
    if part == "worker_kommun":
        kinds = ("jobs", "admin", *BRANCHES)
        yield from ("hlt_registry", "hlt_broker_take_kommun", *map(message_name, codes))
        yield from (f"k{code}_{kind}" for code in codes for kind in kinds)
    if part == "worker_region":
        yield from ("hlt_disclosure", "hlt_broker_take_region", message_name("region"), "region_ties")
    if part == "worker_identity":
        yield from ("hlt_identity", "hlt_broker_take_identity", message_name("identity"))
    if part in JOBS:
        yield {"provision": "hlt_identity", "verify": "hlt_provisioner"}[part]


def ring(part: str, kommuner: Iterable[str], keys: MasterKey) -> str:
    """Give the text of a part's ring: one `name=secret` a line."""
    return "".join(f"{name}={keys.entry(name)}\n" for name in names(part, kommuner))
