"""A release through the API: the builder cannot approve, another can, and everybody sees a withdrawal at once."""

from tests.asking import ask, code
from tests.figures_made import built, digest_of, released

APPROVE = "mutation ($input: ApproveReleaseInput!) { approveRelease(input: $input) { candidate } }"
PUBLISH = "mutation ($input: PublishReleaseInput!) { publishRelease(input: $input) { release { id seq isWithdrawn } } }"
WITHDRAW = "mutation ($input: WithdrawReleaseInput!) { withdrawRelease(input: $input) { release { isWithdrawn } } }"
TOLD = (
    '{ table(input: {indicator: "I03", period: QUARTER, from: "2022-Q1", to: "2022-Q1"}) { cells { status value } } }'
)


def test_a_publisher_approves_publishes_and_takes_back(kommuner: None) -> None:
    released()
    candidate = built("2022-Q1")
    wanted = {"input": {"candidate": str(candidate), "expectedDigest": digest_of(candidate)}}
    assert code(APPROVE, wanted, "rut") == "NOT_ALLOWED"
    assert code(PUBLISH, wanted, "pia") == "SECOND_PERSON_NEEDED"
    assert code(APPROVE, {"input": {**wanted["input"], "expectedDigest": "b" * 64}}, "pia") == "DIGEST_DIFFERS"
    assert ask(APPROVE, wanted, "pia")["data"]["approveRelease"]["candidate"] == str(candidate)
    made = ask(PUBLISH, wanted, "pia")["data"]["publishRelease"]["release"]
    assert made["isWithdrawn"] is False
    assert ask(TOLD)["data"]["table"]["cells"][0]["status"] in {"SHOWN", "PROTECTED"}
    taken = ask(WITHDRAW, {"input": {"release": made["id"], "reason": "Fel underlag."}}, "pia")
    assert taken["data"]["withdrawRelease"]["release"]["isWithdrawn"] is True
    assert ask(TOLD)["data"]["table"]["cells"] == [{"status": "WITHDRAWN", "value": None}]
