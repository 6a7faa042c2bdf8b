"""The one address of the API, on the region's host."""

from django.urls import path

from hlt_graphql.api.http import graphql

urlpatterns = [path("graphql", graphql, name="graphql")]
