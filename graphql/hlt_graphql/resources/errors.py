"""Refusals of the shared resources."""

from hlt_identity.errors import HltError, _


class IdentifyingContent(HltError):
    """The text holds what may point at a child; `data["field"]` names where, the text itself is never repeated."""

    code = "IDENTIFYING_CONTENT"
    status = 422
    sentence = _("Texten verkar innehålla en uppgift som pekar ut en person.")
    next_step = _("Ta bort personnummer och ärendenummer och spara igen.")


class NotAFunction(HltError):
    """A contact in the directory is a function, never a person (regional §15)."""

    code = "NOT_A_FUNCTION"
    status = 422
    sentence = _("Kontakten ska vara en funktion, inte en person.")
    next_step = _("Ange en funktionsbrevlåda, till exempel hlt@kommunen.se.")


class FileNameTaken(HltError):
    """A file of an item never changes, so a second one needs a name of its own."""

    code = "FILE_NAME_TAKEN"
    status = 422
    sentence = _("Utkastet har redan en fil med det namnet.")
    next_step = _("Ge den nya filen ett annat namn, eller släng utkastet och dela på nytt.")


class FileNameTooLong(HltError):
    """Longer than the library keeps."""

    code = "FILE_NAME_TOO_LONG"
    status = 422
    sentence = _("Filens namn är för långt.")
    next_step = _("Ge filen ett namn med högst 120 tecken.")


class FileNotTaken(HltError):
    """Too large, of a kind that is not taken, or not what its name says."""

    code = "FILE_NOT_TAKEN"
    status = 422
    sentence = _("Filen kan inte tas emot.")
    next_step = _("Använd PDF, PNG eller ren text, högst 2 MB.")
