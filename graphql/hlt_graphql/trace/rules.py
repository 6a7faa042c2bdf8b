"""What may be logged as done in the region; a value is what the log shows for ever, so it is never renamed."""

from enum import StrEnum


class RegionEvent(StrEnum):
    """One member per act of a person in the region."""

    BUILD_STARTED = "build_started"
    ERRAND_RETRIED = "errand_retried"
    ERRAND_DROPPED = "errand_dropped"
    RELEASE_ASKED = "release_asked"
    RELEASE_BUILT = "release_built"
    RELEASE_APPROVED = "release_approved"
    RELEASE_PUBLISHED = "release_published"
    RELEASE_WITHDRAWN = "release_withdrawn"
    TEAM_SAVED = "team_saved"
    RESOURCE_SAVED = "resource_saved"
    RESOURCE_PUBLISHED = "resource_published"
    RESOURCE_RETIRED = "resource_retired"
