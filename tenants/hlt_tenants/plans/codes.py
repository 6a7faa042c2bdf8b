"""Closed lists of mapping and plan with the words people read (domain §4.2, §6.2)."""

from hlt_tenants.registry.coded import Coded


class Domain(Coded):
    """What HLT stands for; told in words, never by colour alone."""

    HEALTH = "health", "Hälsa"
    LEARNING = "learning", "Lärande"
    SAFETY = "safety", "Trygghet"


class CellKind(Coded):
    """The five questions of a mapping in each domain."""

    STRENGTHS = "strengths", "Det som fungerar"
    WORRIES = "worries", "Det som oroar"
    FAMILY_WORDS = "family_words", "Familjens egna ord"
    CHILD_WORDS = "child_words", "Barnets egna ord"
    TRIED = "tried", "Det som prövats"


class MeasureType(Coded):
    """What kind of support (insats); a combination is several measures."""

    ADAPTED_SUPPORT = "adapted_support", "Anpassat stöd"
    PARENT_SUPPORT = "parent_support", "Föräldrastöd"
    FAMILY_TALKS = "family_talks", "Familjesamtal"
    PARENT_GROUP = "parent_group", "Föräldragrupp"
    CHILD_GROUP = "child_group", "Barngrupp"
    MAPPING = "mapping", "Kartläggning"
    CHILD_TALKS = "child_talks", "Samtal med barnet"
    ADVICE = "advice", "Rådgivning"
    GUIDANCE = "guidance", "Lotsning till annan hjälp"
    LEISURE = "leisure", "Fritidsaktivitet"


class OwnerKind(Coded):
    """Who does it: one named person at work, or the family itself."""

    PERSON = "person", "En person"
    FAMILY = "family", "Familjen"


class VoiceState(Coded):
    """Whether the child has been heard; never left open (L-31)."""

    GIVEN = "given", "Barnet har sagt sin mening"
    NOT_ASKED = "not_asked", "Barnet är inte tillfrågat"


class Rater(Coded):
    """Who rated; ratings of different people are never mixed."""

    CHILD = "child", "Barnet"
    GUARDIAN = "guardian", "Vårdnadshavare"
    LEAD = "lead", "Huvudansvarig"


class Moment(Coded):
    """When somebody rated."""

    START = "start", "Vid planen"
    REVIEW = "review", "Vid uppföljning"
    END = "end", "Vid avslut"


class MeasureStatus(Coded):
    """How a measure goes."""

    ONGOING = "ongoing", "Pågår"
    DONE = "done", "Klart"
    CHANGED = "changed", "Ändras"
    STOPPED = "stopped", "Avbruten"


class GoalLevel(Coded):
    """The five steps of the goal scale; 0 is what was hoped for (domain §6.2)."""

    MUCH_LESS = "-2", "Mycket mindre än vi hoppades"
    LESS = "-1", "Lite mindre än vi hoppades"
    AS_HOPED = "0", "Som vi hoppades"
    MORE = "1", "Lite mer än vi hoppades"
    MUCH_MORE = "2", "Mycket mer än vi hoppades"
