"""Addresses of the team and of who lets people in, on a kommun's host."""

from django.urls import path

from hlt_tenants.teams import views

urlpatterns = [
    path("team", views.team, name="team"),
    path("personal", views.staff, name="staff"),
    path("personal/<uuid:asked>/slapp-in", views.staff_let_in, name="staff-let-in"),
    path("personal/<uuid:assignment>/avsluta", views.staff_end, name="staff-end"),
    path("personal/<uuid:assignment>/nytt-uppdrag", views.staff_again, name="staff-again"),
]
