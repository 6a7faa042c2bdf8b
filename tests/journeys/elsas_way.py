"""What each hand presses on Elsa's way from the first signal to the end, whatever they press it with."""

from tests.journeys.hands import Hands
from tests.pages_walked import day

SEEN = "Elsa sover dåligt och är ofta ledsen."


def raise_a_signal(britta: Hands, other_guardian: str = "") -> None:
    """Tell what was seen; Eva has the care of Elsa, and who else is named."""
    britta.open("/")
    britta.press("Ny tidig signal", "link")
    britta.fill({"Barnets namn": "Elsa Provsson", "Född": "4 maj 2017"})
    britta.choose("Kön i folkbokföringen", "Flicka")
    britta.fill({"Vårdnadshavare": "Eva Provsson", "Vårdnadshavare 2": other_guardian})
    britta.choose("Vad gäller din oro mest?", "Mående och oro")
    britta.write("Vad har du sett eller hört?", SEEN)
    britta.write("När pratade du med familjen?", "igår")
    britta.press("Skicka")
    assert "Signalen är lämnad." in britta.words()


def ask_the_family(britta: Hands, *more: str) -> None:
    britta.press("Ta emot signalen: Elsa Provsson", "link")
    britta.press("Ta emot signalen")
    britta.press("Be om samtycke", "link")
    britta.choose("Vilka behöver vara med?", "Socialtjänst", "Skolhälsovård", *more)
    britta.choose("Vad får de ta del av?", "Den tidiga signalen", "Kartläggning: hälsa", "Plan och uppföljning")
    britta.press("Fråga familjen")


def say_yes(britta: Hands, guardian: str) -> None:
    britta.press(f"Skriv in svar: {guardian}", "link")
    britta.choose("Vad svarade vårdnadshavaren?", "Ja")
    britta.choose("Hur lämnades svaret?", "På papper")
    britta.press("Spara svaret")


def book_a_meeting(who: Hands) -> None:
    who.press("Boka HLT-möte", "link")
    who.fill({"Dag": day(7), "Klockslag": "13.00"})
    who.press("Boka mötet")


def hold_the_meeting(britta: Hands) -> None:
    britta.press("Håll mötet", "link")
    britta.choose("Vad blev beslutet?", "Samordnat stöd")
    britta.write("Beslutet i en mening", "Elsa får stöd hemma och i skolan.")
    britta.press("Spara mötet")


def look_at_a_copy(who: Hands, item: str = "Tidig signal", to: str = "Socialtjänst (stark sekretess)") -> None:
    """See what a branch would get as it would get it, before anything goes."""
    who.press("Lämna ut uppgifter", "link")
    who.choose("Vad ska lämnas ut?", item)
    who.choose("Till vem?", to)
    who.press("Visa kopian")


def write_down(who: Hands, question: str, words: str) -> None:
    """Answer one question of the own branch's mapping."""
    who.press("Kartläggning", "link")
    who.press(f"Skriv {question}", "link")
    who.write("Skriv kort, så att familjen känner igen sig", words)
    who.press("Spara")
    who.press("Till ärendet", "link")


def take_back(who: Hands, guardian: str) -> None:
    """Write down that a guardian does not want this any longer."""
    who.press(f"Återkalla samtycket från {guardian}", "link")
    who.press("Återkalla")
    assert "Inget mer lämnas ut." in who.words()


def say_yes_again(britta: Hands, *guardians: str) -> None:
    britta.press("Be om nytt samtycke", "link")
    for guardian in guardians:
        britta.choose(guardian, "Ja", "På papper")
    britta.press("Spara svaren")


def plan_with_the_family(britta: Hands) -> None:
    britta.press("Kom överens om en plan", "link")
    britta.choose("Barnets röst", "Barnet har sagt sin mening")
    britta.write("Barnets ord, eller varför ingen har frågat", "Jag vill sova hos mamma.")
    britta.write("Mål, med familjens ord", "Elsa sover gott")
    britta.write("Så är det nu", "Vaknar varje natt.")
    britta.write("Så hoppas vi att det blir", "Sover fem nätter av sju.")
    britta.write("Vad ska göras?", "Samtal varje vecka")
    britta.write("Klart senast", day(30))
    britta.write("Vem gör det?", "Karin Lind")
    _rate(britta, "3", "5", "6")
    britta.write("Vem i familjen har sagt ja till planen?", "Eva Provsson")
    britta.write("När följer vi upp?", day(42))
    britta.press("Vi är överens om planen")


def _rate(britta: Hands, health: str, learning: str, safety: str) -> None:
    britta.pick("Hälsa nu, 0–10", health)
    britta.pick("Lärande nu, 0–10", learning)
    britta.pick("Trygghet nu, 0–10", safety)


def follow_up(britta: Hands) -> None:
    britta.press("Följ upp planen", "link")
    britta.choose("Mål: Elsa sover gott", "Som vi hoppades")
    britta.pick("Insats: Samtal varje vecka", "Klart")
    britta.write("Vad har hänt sedan sist?", "Elsa sover bättre.")
    britta.write("När följer vi upp nästa gång?", day(60))
    britta.press("Spara uppföljningen")


def close_the_case(britta: Hands) -> None:
    britta.press("Avsluta ärendet", "link")
    britta.choose("Varför avslutas ärendet?", "Målen är nådda")
    britta.press("Börja avsluta")
    britta.choose("Mål: Elsa sover gott", "Som vi hoppades")
    britta.choose("Barnets röst", "Barnet har sagt sin mening")
    britta.write("Barnets ord, eller varför ingen har frågat", "Nu sover jag.")
    _rate(britta, "8", "7", "8")
    britta.press("Fortsätt")
    britta.press("Avsluta ärendet")
