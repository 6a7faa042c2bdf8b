"""Pages of the region's host."""

from django.urls import path

from hlt_platform.pages import welcome

urlpatterns = [path("", welcome, name="welcome")]
