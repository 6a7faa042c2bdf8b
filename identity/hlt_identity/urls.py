"""Signing in and out: the same addresses on every host. The realm's own call is answered before any host is known."""

from django.urls import path

from hlt_identity.login.views import assignment_choose, logged_out, login_callback, login_start, logout

urlpatterns = [
    path("logga-in", login_start, name="login-start"),
    path("logga-in/klar", login_callback, name="login-callback"),
    path("logga-ut", logout, name="logout"),
    path("logga-ut/klar", logged_out, name="logged-out"),
    path("uppdrag", assignment_choose, name="assignment-choose"),
]
