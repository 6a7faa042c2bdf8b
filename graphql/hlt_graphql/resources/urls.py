"""Addresses of the library's files, on the region's host."""

from django.urls import path

from hlt_graphql.resources.views import file

urlpatterns = [path("bibliotek/filer/<str:token>", file, name="library-file")]
