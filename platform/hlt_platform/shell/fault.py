"""A report that a page cannot be used: a mail to those who mend it, kept nowhere here."""

from smtplib import SMTPException

from django import forms
from django.conf import settings
from django.core.mail import EmailMessage

from hlt_identity.errors import HltError, _


class FaultNotSent(HltError):
    """The mail server did not take the report."""

    code = "FAULT_NOT_SENT"
    status = 503
    sentence = _("Det gick inte att skicka just nu.")
    next_step = _("Gå tillbaka och försök igen om en stund, eller ring kommunens eller regionens växel.")


class FaultForm(forms.Form):
    text = forms.CharField(
        label="Vad gick inte att använda?",
        help_text="Skriv vilken sida det gäller och vad som hände. Skriv inga namn eller personnummer.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Skriv vad som inte gick att använda."},
    )
    answer_to = forms.EmailField(
        label="E-postadress för svar",
        help_text="Behövs bara om du vill ha svar.",
        required=False,
        error_messages={"invalid": "Skriv adressen så här: namn@exempel.se"},
    )


def send(text: str, answer_to: str) -> None:
    """Mail the report; raise FaultNotSent when the mail server does not take it."""
    mail = EmailMessage(
        subject="HLT: brist i tillgänglighet",
        body=text,
        to=[settings.HLT_ACCESSIBILITY_MAILBOX],
        reply_to=[answer_to] if answer_to else [],
    )
    try:
        mail.send()
    except (SMTPException, OSError) as fault:
        raise FaultNotSent from fault
