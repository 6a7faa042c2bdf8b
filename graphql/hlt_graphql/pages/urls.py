"""Addresses of the region's pages; what they ask is given by wiring."""

from django.urls import URLPattern, path

from hlt_graphql.pages.asking import Ask
from hlt_graphql.pages.views.figures import figures_file, figures_page, why_hidden_page
from hlt_graphql.pages.views.library import library_item_page, library_page
from hlt_graphql.pages.views.releases import (
    release_approve,
    release_build,
    release_candidate,
    release_publish,
    release_withdraw,
    releases_page,
)
from hlt_graphql.pages.views.sharing import (
    library_draft,
    library_draft_change,
    library_draft_file,
    library_draft_retire,
    library_item_retire,
    library_share,
)
from hlt_graphql.pages.views.teams import teams_page


def routes(ask: Ask) -> list[URLPattern]:
    """Give every address; `ask` answers figures in-process."""
    return [
        path("siffror", figures_page, {"ask": ask}, name="figures"),
        path("siffror/fil", figures_file, {"ask": ask}, name="figures-file"),
        path("siffror/varfor-dolt", why_hidden_page, {"ask": ask}, name="why-hidden"),
        path("slapp", releases_page, {"ask": ask}, name="releases"),
        path("slapp/bygg", release_build, {"ask": ask}, name="release-build"),
        path("slapp/<uuid:candidate>", release_candidate, name="release-candidate"),
        path("slapp/<uuid:candidate>/godkann", release_approve, name="release-approve"),
        path("slapp/<uuid:candidate>/ge-ut", release_publish, name="release-publish"),
        path("slapp/<uuid:release>/aterkalla", release_withdraw, {"ask": ask}, name="release-withdraw"),
        path("bibliotek", library_page, name="library"),
        path("bibliotek/dela", library_share, name="library-share"),
        path("bibliotek/utkast/<uuid:item>", library_draft, name="library-draft"),
        path("bibliotek/utkast/filer/<uuid:file>", library_draft_file, name="library-draft-file"),
        path("bibliotek/utkast/<uuid:item>/andra", library_draft_change, name="library-draft-change"),
        path("bibliotek/utkast/<uuid:item>/slang", library_draft_retire, name="library-draft-retire"),
        path("bibliotek/<slug:slug>", library_item_page, name="library-item"),
        path("bibliotek/<slug:slug>/ta-bort", library_item_retire, name="library-item-retire"),
        path("team", teams_page, name="teams"),
    ]
