"""Closed lists of the end of a case with the words people read (domain §4.2)."""

from hlt_tenants.registry.coded import Coded


class CloseReason(Coded):
    """Why a case ended; an inquiry hides among others in HANDED_OVER, and stands in the lead's branch only."""

    GOALS_REACHED = "goals_reached", "Målen är nådda"
    PARTLY_REACHED = "partly_reached", "Målen är delvis nådda"
    OWN_SERVICE = "own_service", "Stödet fortsätter i egen verksamhet"
    SIP = "sip", "En SIP tar över"
    SPECIALIST_CARE = "specialist_care", "Specialistvård tar över"
    HANDED_OVER = "handed_over", "Överlämnat"
    ADVICE = "advice", "Råd räckte"
    FAMILY_ENDED = "family_ended", "Familjen avslutade"
    MOVED = "moved", "Familjen har flyttat"
    AGE = "age", "Barnet är för gammalt för HLT"
    OTHER = "other", "Annat"


class SurveyState(Coded):
    """Whether the family was asked how it was (upplevelseenkät)."""

    INVITED = "invited", "Familjen har fått enkäten"
    NOT_INVITED = "not_invited", "Familjen har inte fått enkäten"
