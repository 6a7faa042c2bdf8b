"""Addresses of signals and cases on a kommun's host; ids only, never a name."""

from django.urls import path

from hlt_tenants.casework.views import cases, consents, disclosures, meetings, signals, start

urlpatterns = [
    path("orosanmalan", start.welfare_report, name="welfare-report"),
    path("signal/ny", signals.new, name="signal-new"),
    path("signal/<uuid:signal>", signals.signal, name="signal"),
    path("signal/<uuid:signal>/ta-emot", signals.receive, name="signal-receive"),
    path("signal/<uuid:signal>/svara", signals.answer, name="signal-answer"),
    path("signal/<uuid:signal>/samtycke", consents.ask, name="consent-ask"),
    path("signal/<uuid:signal>/samtycke/vem-ser-vad", consents.preview, name="consent-preview"),
    path("signal/<uuid:signal>/samtycke/<uuid:guardian>", consents.answer, name="consent-answer"),
    path("signal/<uuid:signal>/oppna", consents.open_case, name="case-open"),
    path("arende/<uuid:case>", cases.case, name="case"),
    path("arende/<uuid:case>/stafettpinne", cases.accept, name="baton-accept"),
    path("arende/<uuid:case>/fortsatt", cases.go_on, name="case-resume"),
    path("arende/<uuid:case>/samtycke-slut", cases.rest, name="consent-expired"),
    path("arende/<uuid:case>/samtycke/<uuid:consent>/aterkalla", consents.take_back, name="consent-withdraw"),
    path("arende/<uuid:case>/nytt-samtycke", consents.renew, name="consent-renew"),
    path("arende/<uuid:case>/lamna-ut", disclosures.disclose, name="disclose"),
    path("arende/<uuid:case>/lamna-ut/skicka", disclosures.send_copies, name="disclose-send"),
    path("arende/<uuid:case>/boka", meetings.book, name="meeting-book"),
    path("arende/<uuid:case>/flytta-mote", meetings.move, name="meeting-move"),
    path("arende/<uuid:case>/mote", meetings.hold, name="meeting-hold"),
    path("arende/<uuid:case>/aterkoppling", meetings.feedback, name="feedback"),
]
