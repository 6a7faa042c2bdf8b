"""`python -m hlt_platform` is the command `hlt`."""

from hlt_platform.cli import main

main()
