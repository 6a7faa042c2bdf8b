"""Addresses of the drafts on a kommun's host."""

from django.urls import path

from hlt_tenants.drafts import views

urlpatterns = [
    path("utkast", views.drafts, name="drafts"),
    path("utkast/<str:form>", views.save, name="draft-save"),
    path("utkast/<str:form>/slang", views.discard, name="draft-discard"),
    path("utkast/<str:form>/<uuid:about>", views.save, name="draft-save-about"),
    path("utkast/<str:form>/<uuid:about>/slang", views.discard, name="draft-discard-about"),
]
