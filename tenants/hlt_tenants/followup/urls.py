"""Addresses of follow-up and end on a kommun's host."""

from django.urls import path

from hlt_tenants.followup import views

urlpatterns = [
    path("arende/<uuid:case>/uppfoljning", views.review, name="review"),
    path("arende/<uuid:case>/borja-avsluta", views.begin, name="close-begin"),
    path("arende/<uuid:case>/avsluta", views.end, name="case-close"),
    path("arende/<uuid:case>/avsluta/nu", views.end_now, name="case-close-now"),
]
