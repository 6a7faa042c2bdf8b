"""Pages of a kommun's host."""

from django.urls import path

from hlt_platform.pages import welcome

urlpatterns = [path("", welcome, name="welcome")]
handler404 = "hlt_platform.refusals.not_found"
