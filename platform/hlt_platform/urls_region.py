"""Pages of the region's host."""

from django.urls import include, path

from hlt_graphql.pages.urls import routes
from hlt_graphql.pages.views.start import start_page
from hlt_platform.shell.views import front
from hlt_platform.wiring.asking import ask

urlpatterns = [
    path("", front(start_page), name="start"),
    path("", include("hlt_platform.shell.urls")),
    path("", include("hlt_identity.urls")),
    path("", include("hlt_graphql.api.urls")),
    path("", include("hlt_graphql.resources.urls")),
    *routes(ask),
]
handler400 = "hlt_platform.shell.errors.unreadable"
handler404 = "hlt_platform.shell.errors.not_found"
handler500 = "hlt_platform.shell.errors.broken"
