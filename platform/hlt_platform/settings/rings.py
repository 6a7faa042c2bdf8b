"""Which secrets each part behind the pages is handed: its key ring, and nothing with which it could make others.

Plain Python: the local stack writes the rings before Django starts, and the chart mounts the same ones as secrets.
"""

from collections.abc import Iterable, Iterator

from hlt_tenants.registry.branches import BRANCHES
from hlt_tenants.registry.secrets import Keys, message_name

PARTS = ("relay", "beat", "worker_kommun", "worker_region", "worker_identity")


def names(part: str, kommuner: Iterable[str]) -> Iterator[str]:
    """Give the logins and message keys of a part; `kommuner` narrows relay, beat and a kommun's worker to some."""
    codes = tuple(kommuner)
    if part in ("relay", "beat"):
        yield from ("hlt_registry", "hlt_relay", *(f"k{code}_relay" for code in codes))
    if part == "relay":
        yield from ("hlt_broker_send", *map(message_name, (*codes, "region", "identity")))
    if part == "worker_kommun":
        kinds = ("jobs", "admin", *BRANCHES)
        yield from ("hlt_registry", "hlt_broker_take_kommun", *map(message_name, codes))
        yield from (f"k{code}_{kind}" for code in codes for kind in kinds)
    if part == "worker_region":
        yield from ("hlt_disclosure", "hlt_broker_take_region", message_name("region"))
    if part == "worker_identity":
        yield from ("hlt_identity", "hlt_broker_take_identity", message_name("identity"))


def ring(part: str, kommuner: Iterable[str], keys: Keys) -> str:
    """Give the text of a part's ring: one `name=secret` a line."""
    return "".join(f"{name}={keys.secret(name)}\n" for name in names(part, kommuner))
