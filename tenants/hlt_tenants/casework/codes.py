"""Closed lists of a case with the words people read (domain §4.2)."""

from hlt_tenants.registry.coded import Coded


class Concern(Coded):
    """What a signal is mainly about; never a diagnosis."""

    LEARNING = "learning", "Lärande och närvaro"
    FRIENDS = "friends", "Kamrater och fritid"
    FAMILY = "family", "Svårt i familjen"
    MOOD = "mood", "Mående och oro"
    DEVELOPMENT = "development", "Utveckling och språk"
    RISK = "risk", "Riskbeteende"


class ToldWay(Coded):
    """How somebody talked with the family before the signal."""

    TALK = "talk", "Samtal på plats"
    PHONE = "phone", "Telefon"
    MEETING = "meeting", "Möte"


class SignalAnswer(Coded):
    """Why a signal became no HLT case."""

    ADVICE = "advice", "Råd räckte"
    OTHER_WAY = "other_way", "Hjälp på annat sätt"
    FAMILY_NO = "family_no", "Familjen vill inte"


class ReceiptKind(Coded):
    """What the person who raised a signal gets to know: that it happened, not what."""

    RAISED = "raised", "Signalen är lämnad"
    TAKEN_UP = "taken_up", "Teamet har tagit emot signalen"
    ANSWERED = "answered", "Teamet har svarat på signalen"
    MET = "met", "HLT-mötet är hållet"
    ENDED = "ended", "HLT-arbetet är avslutat"


class MeetingKind(Coded):
    """Kinds of meeting about one child; meetings on ways of working hold no child and live elsewhere."""

    PLANNING = "planning", "Planeringsmöte"
    TEAM = "team", "HLT-möte"
    FAMILY = "family", "Familjemöte"


class MeetingState(Coded):
    """Where a meeting about a child stands; what vanished with a consent is kept as cancelled."""

    BOOKED = "booked", "Bokat"
    HELD = "held", "Hållet"
    POSTPONED = "postponed", "Uppskjutet"
    CANCELLED = "cancelled", "Inställt"


class Decision(Coded):
    """What an HLT meeting decided; each but the first two ends in closing."""

    JOINT_SUPPORT = "JOINT_SUPPORT", "Samordnat stöd"
    MORE_MAPPING = "MORE_MAPPING", "Mer kartläggning"
    WAIT_UNTIL = "WAIT_UNTIL", "Avvakta till nästa möte"
    OWN_SERVICE = "OWN_SERVICE", "Stöd i egen verksamhet"
    ADVICE = "ADVICE", "Råd räcker"
    NO_NEED = "NO_NEED", "Inget behov"


class SectorGap(Coded):
    """Why a meeting was booked or held without all three sectors."""

    NOT_IN_CONSENT = "not_in_consent", "Familjen har inte sagt ja till alla"
    NOT_NEEDED = "not_needed", "Barnet behöver inte alla tre"
    ABSENCE = "absence", "Någon är borta"


class PostponeReason(Coded):
    """Why a booked meeting was moved."""

    FAMILY_ASKED = "family_asked", "Familjen bad om det"
    SECTOR_MISSING = "sector_missing", "En verksamhet kan inte komma"
    ABSENCE = "absence", "Någon är borta"
    OTHER = "other", "Annat"


class FeedbackWay(Coded):
    """How a guardian got the answer after a meeting."""

    LETTER = "letter", "Brev"
    PHONE = "phone", "Telefon"
    TALK = "talk", "Samtal"
    DECLINED = "declined", "Familjen ville inte ha återkoppling"


class PauseReason(Coded):
    """Why support rests for a while."""

    FAMILY_ASKED = "family_asked", "Familjen vill ha paus"
    OTHER_SUPPORT = "other_support", "Annat stöd pågår"
    ABSENCE = "absence", "Barnet är borta en tid"
