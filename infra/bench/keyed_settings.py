"""The database's borders alone: keyed logins, kommun, branch and row security; nobody is asked who they are."""

from bench_settings import *  # noqa: F403
from plain_settings import MIDDLEWARE as PLAIN

MIDDLEWARE = PLAIN
