"""A run of tests leaves nothing in the folder for temporary files."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NO_DATABASE = "tests/architecture/test_shadowing_guard.py"


def test_a_run_without_a_database_leaves_no_folder(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--collect-only", NO_DATABASE]
    subprocess.run(words, cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, check=True)
    assert list(tmp_path.iterdir()) == []
