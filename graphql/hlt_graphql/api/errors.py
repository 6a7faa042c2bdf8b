"""What is wrong with a request, before anything was executed (regional §12)."""

from hlt_identity.errors import HltError, _


class BadRequest(HltError):
    """The request itself is malformed."""

    code = "BAD_REQUEST"
    status = 400
    sentence = _("Anropet går inte att läsa.")
    next_step = _("Skicka ett JSON-objekt med query, och vid behov variables och operationName.")


class WrongMethod(BadRequest):
    code = "METHOD_NOT_ALLOWED"
    status = 405
    sentence = _("Metoden tas inte emot.")
    next_step = _("Använd POST, eller GET för frågor.")


class MutationByGet(WrongMethod):
    code = "MUTATION_BY_GET"
    sentence = _("En ändring görs aldrig med GET.")
    next_step = _("Använd POST.")


class NotAcceptable(BadRequest):
    code = "NOT_ACCEPTABLE"
    status = 406
    sentence = _("Svaret kan inte ges i något av de format du godtar.")
    next_step = _("Godta application/graphql-response+json eller application/json.")


class WrongMediaType(BadRequest):
    code = "UNSUPPORTED_MEDIA_TYPE"
    status = 415
    sentence = _("Formatet tas inte emot.")
    next_step = _("Skicka application/json i UTF-8.")


class CrossSite(BadRequest):
    code = "CROSS_SITE"
    status = 403
    sentence = _("Anrop från en annan webbplats tas inte emot.")
    next_step = _("Anropa från din egen server.")


class TooLarge(BadRequest):
    code = "TOO_LARGE"
    status = 413
    sentence = _("Anropet är för stort.")
    next_step = _("Dela upp frågan.")


class NoBearer(BadRequest):
    """No bearer token, or one that is not for us; which of the two is not said."""

    code = "NEEDS_LOGIN"
    status = 401
    sentence = _("Anropet saknar en giltig åtkomstnyckel.")
    next_step = _("Hämta en ny nyckel och skicka den som Authorization: Bearer.")


class OverLimit(BadRequest):
    """The document is larger, deeper or dearer than allowed; `data["limit"]` names the limit, `most` its value."""

    code = "OVER_LIMIT"
    sentence = _("Frågan är större än vad som tillåts.")
    next_step = _("Fråga efter färre fält, eller dela upp frågan.")


class IntrospectionOff(BadRequest):
    code = "INTROSPECTION_OFF"
    status = 403
    sentence = _("Schemat visas inte för din roll.")
    next_step = _("Läs schemat som fil i dokumentationen.")


class DocumentInvalid(BadRequest):
    """Syntax or validation; the places in the document stand in `locations`."""

    code = "GRAPHQL_VALIDATION_FAILED"
    sentence = _("Frågan stämmer inte med schemat.")
    next_step = _("Rätta frågan på den plats som anges.")


class BadValue(BadRequest):
    """A value has the wrong form; it is never repeated (style §7)."""

    code = "BAD_VALUE"
    sentence = _("Ett värde i frågan har fel form.")
    next_step = _("Rätta värdet på den plats som anges.")
