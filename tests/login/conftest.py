"""The fast layer: one programmable realm per test, and 16 hosts linked to it as provisioning does."""

from collections.abc import Iterator

import pytest
from tests.login.issuer import Realm, running
from tests.login.signing import link_hosts


@pytest.fixture(scope="session")
def hosts(kommuner: None) -> None:
    link_hosts()


@pytest.fixture
def realm(hosts: None) -> Iterator[Realm]:
    with running() as found:
        yield found
