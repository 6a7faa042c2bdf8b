"""Addresses of mapping and plan on a kommun's host."""

from django.urls import path

from hlt_tenants.plans import views

urlpatterns = [
    path("arende/<uuid:case>/kartlaggning", views.mapping, name="mapping"),
    path("arende/<uuid:case>/kartlaggning/<str:domain>/<str:kind>", views.mapping_write, name="mapping-write"),
    path("arende/<uuid:case>/plan", views.plan, name="plan"),
    path("arende/<uuid:case>/plan/skriv", views.plan_write, name="plan-write"),
]
