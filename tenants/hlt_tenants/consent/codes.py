"""Closed lists of consent and disclosure with the words people read; what law says of them stands in data/."""

from hlt_tenants.consent.rules import Refusal
from hlt_tenants.registry.coded import Coded


class InfoCategory(Coded):
    """What a consent may cover, and under what a copy is filed (uppgiftsslag, domain §4.1)."""

    COORDINATION = "C0", "Samordning: namn, vårdnadshavare, huvudansvarig och datum"
    SIGNAL = "C1", "Den tidiga signalen"
    HEALTH = "C2", "Kartläggning: hälsa"
    LEARNING = "C3", "Kartläggning: lärande"
    SAFETY = "C4", "Kartläggning: trygghet"
    PLAN = "C5", "Plan och uppföljning"
    CHILD_WORDS = "C6", "Barnets egna ord"


class AnswerWay(Coded):
    """How an answer reached us; the family's own sign-in comes with the family's page."""

    PAPER = "paper", "På papper"
    ORAL = "oral", "Muntligt inför vittne"


class Language(Coded):
    """In which the question was put (interface §10); a new one is a row here and a text in the library."""

    SWEDISH = "sv", "Svenska"
    PLAIN_SWEDISH = "sv-x-latt", "Lätt svenska"
    ENGLISH = "en", "Engelska"
    FINNISH = "fi", "Finska"
    NORTHERN_SAMI = "se", "Nordsamiska"
    ARABIC = "ar", "Arabiska"
    SOMALI = "so", "Somaliska"
    TIGRINYA = "ti", "Tigrinja"
    PERSIAN = "fa", "Persiska"
    UKRAINIAN = "uk", "Ukrainska"


class Ground(Coded):
    """Why something may go; which of them is open from whom to whom is the matrix of law §3."""

    CONSENT = "consent", "Samtycke"
    HARM_TEST = "harm_test", "Menprövning: det är klart att ingen skadas"
    NEEDED_BY_CHILD_HEALTH = "osl_25_12", "Barnet behöver stöd (från hälso- och sjukvård)"
    NEEDED_BY_CHILD_SOCIAL = "osl_26_9", "Barnet behöver stöd (från socialtjänst)"
    SCHOOL_MEDICAL_TO_SUPPORT = "osl_25_13a", "Eleven behöver stöd (från skolans medicinska insats)"
    OWN_NEED = "osl_10_2", "Nödvändigt för den egna verksamheten"
    GENERAL_CLAUSE = "osl_10_27", "Uppenbart att intresset väger över"
    SAME_AUTHORITY = "same_authority_need", "Behövs i samma myndighet"
    OPEN_INQUIRY = "duty_inquiry", "Uppgiftsskyldighet i en öppen utredning"


SENTENCE: dict[Refusal, str] = {
    Refusal.NO_RULE: "Ingen regel låter uppgifter gå från din verksamhet till mottagaren på den grunden.",
    Refusal.NOT_AUTHORITY: "Mottagaren är ingen myndighet, och det kräver grunden.",
    Refusal.OVER_18: "Grunden gäller bara barn under 18 år.",
    Refusal.CONSENT_MISSING: "Det finns inget samtycke från alla som behöver säga ja.",
    Refusal.CONSENT_WAITS: "En vårdnadshavare har sagt ja, den andra har inte svarat.",
    Refusal.CONSENT_EXPIRED: "Samtycket gäller inte längre.",
    Refusal.CONSENT_WITHDRAWN: "Samtycket är återkallat.",
    Refusal.OUT_OF_SCOPE: "Samtycket omfattar inte den mottagaren eller den sortens uppgifter.",
    Refusal.MOTIVE_MISSING: "Skriv en mening om varför mottagaren behöver uppgiften.",
    Refusal.REF_MISSING: "Skriv utredningens nummer.",
    Refusal.PROTECTED: "Barnet har skyddade personuppgifter. Ingenting lämnas ut från systemet.",
    Refusal.BLOCKED: "Barnet eller vårdnadshavaren har en spärr.",
    Refusal.CARE_BLOCKED: "Uppgifterna är spärrade inom vården.",
    Refusal.NOT_OWNER: "Bara verksamheten som äger uppgiften kan lämna ut den.",
    Refusal.CONFLICT: "Du har anmält jäv i ärendet.",
}
