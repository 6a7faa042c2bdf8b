"""The web process knows no way in as an owner or a superuser (tenancy §2)."""

import subprocess
import sys

import pytest

ASK = (
    "from django.conf import settings as s; "
    "print(sorted({'owner', 'provisioner'} & set(s.DATABASES)), hasattr(s, 'HLT_SUPERUSER_URL'))"
)


@pytest.mark.parametrize(("name", "answer"), [("local", "[] False"), ("command", "['owner', 'provisioner'] True")])
def test_only_the_command_may_log_in_as_an_owner(name: str, answer: str) -> None:
    env = {"DJANGO_SETTINGS_MODULE": f"hlt_platform.settings.{name}", "HLT_MASTER_KEY": "00" * 32}
    run = subprocess.run([sys.executable, "-c", ASK], env=env, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == answer
