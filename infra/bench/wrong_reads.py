"""The drawn pages of the leak run, ours and django-tenants' beside it, on one server."""

import os

import ground
from postgres import Server


def run(_server: Server) -> None:
    from tests.isolation import peer
    from tests.isolation.drawn import WAYS
    from tests.isolation.ours import marked_children, ours

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    marked = marked_children()
    own = {way: pages(ours(marked)) for way, pages in WAYS.items()}
    theirs = {name: peer.numbers(name, marked) for name in peer.NAMES}
    ground.tell(f"Wrong reads                 pages    ours  {'  '.join(peer.NAMES)} (django-tenants)")
    for way, tally in own.items():
        told = "".join(f"{theirs[name][way][1]:>{len(name) + 2}}" for name in peer.NAMES)
        ground.tell(f"  {way:24} {tally.pages:6}  {tally.wrong:6}{told}")
