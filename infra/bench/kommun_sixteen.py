"""A sixteenth kommun: how long its logins, schema, rights and rows take (tenancy §6)."""

import time

import ground
from postgres import Server


def run(_server: Server) -> None:
    from hlt_tenants.registry.provision import KommunFacts, create

    facts = KommunFacts("2499", "Provkommun", "prov", "I", 3000, 500)
    began = time.monotonic()
    made = create(facts, "hlt.localhost")
    waited = time.monotonic() - began
    ground.tell(f"Kommun no. 16                 {waited:8.2f} s from the first statement to the row that routes")
    if not made:
        raise SystemExit("kommun no. 16 was there already, so nothing was measured")
