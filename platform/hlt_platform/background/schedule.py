"""What is due by the calendar, in code: a change of it is a reviewed diff."""

from hlt_identity.errands.planning import Planned

SCHEDULE: tuple[Planned, ...] = ()
