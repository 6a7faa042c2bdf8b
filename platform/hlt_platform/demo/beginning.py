"""How a process of the demo begins; imports no model, since it is read before Django is ready."""

import os
from multiprocessing import parent_process
from threading import Thread

import django


def begin() -> None:
    """Set Django up in a new process. What a crash would lose is lived again, so nothing waits for the disk."""
    os.environ["PGOPTIONS"] = "-c synchronous_commit=off"
    Thread(target=_end_with_parent, daemon=True).start()
    django.setup()


def _end_with_parent() -> None:
    """Leave when the command is killed: siblings hold the pipe open, so nothing else would tell."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
