"""Pages of a kommun's host."""

from django.urls import include, path

from hlt_platform.shell.views import welcome

urlpatterns = [
    path("", welcome, name="start"),
    path("", include("hlt_platform.shell.urls")),
    path("", include("hlt_identity.urls")),
]
handler400 = "hlt_platform.shell.errors.unreadable"
handler404 = "hlt_platform.shell.errors.not_found"
handler500 = "hlt_platform.shell.errors.broken"
