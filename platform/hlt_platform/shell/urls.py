"""Addresses that every host has."""

from django.urls import path

from hlt_platform.shell.views import accessibility, csp_report, fault_report, help_page, session_keep

urlpatterns = [
    path("hjalp", help_page, name="help"),
    path("tillganglighet", accessibility, name="accessibility"),
    path("tillganglighet/anmal", fault_report, name="fault-report"),
    path("csp-report", csp_report, name="csp-report"),
    path("session", session_keep, name="session-keep"),
]
