"""Which app's tables lie in which schema. "kommun" stands for every kommun's schema and the template."""

KOMMUN = "kommun"
REGION_SCHEMAS = ("intake", "region", "published")

APP_SCHEMAS: dict[str, frozenset[str]] = {
    "identity": frozenset({"shared"}),
    "registry": frozenset({"shared"}),
    "outbox": frozenset({KOMMUN}),
    "audit": frozenset({KOMMUN}),
    "drafts": frozenset({KOMMUN}),
    "teams": frozenset({KOMMUN}),
    "families": frozenset({KOMMUN}),
    "consent": frozenset({KOMMUN}),
    "casework": frozenset({KOMMUN}),
    "plans": frozenset({KOMMUN}),
    "followup": frozenset({KOMMUN}),
    "reporting": frozenset({KOMMUN}),
    "intake": frozenset({"intake"}),
    "trace": frozenset({"region"}),
    "releases": frozenset({"region", "published"}),
    "resources": frozenset({"region"}),
}

# Apps whose tables lie in more than one schema say it per model: "<app>.<model in lower case>".
MODEL_SCHEMAS: dict[str, str] = {
    "releases.buildrequest": "region",
    "releases.candidate": "region",
    "releases.manifest": "region",
    "releases.release": "published",
    "releases.cell": "published",
    "releases.cellnow": "published",
    "releases.withdrawal": "published",
}
