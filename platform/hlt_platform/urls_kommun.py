"""Pages of a kommun's host."""

from django.urls import include, path

from hlt_platform.shell.views import front
from hlt_platform.wiring.publication import ManagersFigures
from hlt_tenants.casework.views.start import start
from hlt_tenants.reporting.urls import routes

urlpatterns = [
    path("", front(start), name="start"),
    path("", include("hlt_platform.shell.urls")),
    path("", include("hlt_identity.urls")),
    path("", include("hlt_tenants.casework.urls")),
    path("", include("hlt_tenants.plans.urls")),
    path("", include("hlt_tenants.followup.urls")),
    path("", include("hlt_tenants.drafts.urls")),
    path("", include("hlt_tenants.teams.urls")),
    *routes(ManagersFigures()),
]
handler400 = "hlt_platform.shell.errors.unreadable"
handler404 = "hlt_platform.shell.errors.not_found"
handler500 = "hlt_platform.shell.errors.broken"
