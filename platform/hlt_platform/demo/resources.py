"""The region's shared shelf in the demo: how each team is reached, and working material with its file."""

from datetime import timedelta

from hlt_graphql.resources.actions import NewItem, TeamWords, publish_item, save_team, share_item
from hlt_graphql.resources.reads import library, teams
from hlt_graphql.resources.rules import PROFESSIONS, ItemKind
from hlt_platform.demo.figures import of_region
from hlt_platform.demo.places import MEETS
from hlt_platform.demo.staff import team_names
from hlt_tenants.audit import instant
from hlt_tenants.registry.provision import KommunFacts, known_kommuner

CONSENT_FORM = """Samtycke till samarbete i HLT

Barnets namn:
Vi säger ja till att de här verksamheterna pratar med varandra om vårt barn:
[ ] förskola  [ ] skola  [ ] elevhälsa  [ ] socialtjänst  [ ] barnhälsovård

Vi kan ta tillbaka vårt ja när som helst. Då lämnas inget mer ut från den dagen.

Datum, vårdnadshavare 1:
Datum, vårdnadshavare 2:
"""
LETTER = """Återkoppling efter HLT-mötet

Hej!
Vi har haft HLT-möte om ert barn. Det här kom vi fram till:

Nästa steg, och vem som gör det:

Ring oss gärna om ni undrar något.
"""
ITEMS = (
    NewItem(
        "samtyckesblankett",
        ItemKind.FORM,
        "Samtyckesblankett",
        "Blankett att fylla i tillsammans med båda vårdnadshavarna.",
        "Läs igenom blanketten högt. Fråga om något är oklart. Båda vårdnadshavarna skriver under.",
        ("samtycke",),
        "2481",
        "CC BY 4.0",
        (("samtycke.txt", CONSENT_FORM.encode()),),
    ),
    NewItem(
        "aterkopplingsbrev",
        ItemKind.LETTER,
        "Återkopplingsbrev",
        "Brev på lätt svenska efter HLT-mötet, att skicka inom sju dagar.",
        "Skriv kort. Ett nytt stycke för varje beslut. Läs brevet högt för en kollega innan du skickar det.",
        ("återkoppling", "sju dagar"),
        "2480",
        "CC BY 4.0",
        (("aterkoppling.txt", LETTER.encode()),),
    ),
)


def fill_shelf() -> int:
    """Write what is missing of directory and library as Rut; give how much: 0 the next time."""
    by = of_region("rut")
    listed, shared = {team.name for team in teams()}, {item.slug for item in library(first=100).items}
    written = 0
    for facts in known_kommuner():
        for name in (name for name in team_names(facts) if name not in listed):
            save_team(kommunkod=facts.kommunkod, words=_words(facts, name), version=0, by=by)
            written += 1
    for new in (new for new in ITEMS if new.slug not in shared):
        publish_item(item=share_item(new, by=by), version=1, review_due=instant.today() + timedelta(days=365), by=by)
        written += 1
    return written


def _words(facts: KommunFacts, name: str) -> TeamWords:
    covered = frozenset(profession.code for profession in PROFESSIONS if profession.code != "DOCTOR")
    return TeamWords(name, "0–16", "", f"hlt@{facts.slug}.se", (facts.name,), MEETS, covered)
