"""Pages of the region's host."""

from django.urls import include, path

from hlt_platform.pages import welcome

urlpatterns = [
    path("", welcome, name="welcome"),
    path("", include("hlt_graphql.api.urls")),
    path("", include("hlt_graphql.resources.urls")),
]
handler404 = "hlt_platform.refusals.not_found"
