"""Bytes of the pages that everybody may open, as they are sent and as a browser that takes brotli gets them."""

import brotli

import ground
from postgres import Server

OPEN = ("/", "/hjalp", "/tillganglighet", "/tillganglighet/anmal")


def run(_server: Server) -> None:
    from django.test import Client

    client = Client(headers={"Host": "lycksele.hlt.localhost"})
    ground.tell("Open pages                       bytes    brotli")
    for path in OPEN:
        content = client.get(path).content
        ground.tell(f"  {path:28} {len(content):8}  {len(brotli.compress(content)):8}")
