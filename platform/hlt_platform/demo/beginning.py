"""How a process of the demo begins; imports no model, since it is read before Django is ready."""

import os

import django


def begin() -> None:
    """Set Django up in a new process. What a crash would lose is lived again, so nothing waits for the disk."""
    os.environ["PGOPTIONS"] = "-c synchronous_commit=off"
    django.setup()
