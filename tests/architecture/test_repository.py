"""What must never be in the repository, and what must be: pins, licences, floors under known vulnerabilities."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
BINARY = {".png", ".jar", ".woff2", ".ttf", ".xlsx", ".ico"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.suffix not in BINARY and path.is_file()]


def test_no_file_names_a_machine_or_a_registry():
    """Addresses of package registries and paths of one machine do not belong in the files of the project."""
    hosts = ["repo.maven." + "apache.org", "repo1." + "maven.org", "files." + "pythonhosted.org", "pypi." + "org",
             "registry." + "npmjs", "deb." + "debian.org", "static." + "crates.io", "proxy." + "golang"]  # fmt: skip
    paths = ["/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "/wo" + "rk/"]
    found = [
        (str(path.relative_to(ROOT)), word)
        for path in tracked()
        for word in hosts + paths
        if word in path.read_text("utf-8", errors="replace")
    ]
    assert found == []


def test_no_file_holds_a_secret():
    shapes = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}")
    assert [str(path) for path in tracked() if shapes.search(path.read_text("utf-8", errors="replace"))] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock"])
def test_every_dependency_is_pinned_with_hashes(lock):
    text = (ROOT / lock).read_text("utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert [entry.splitlines()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def pins(lock: str) -> dict[str, Version]:
    return {m[1]: Version(m[2]) for m in re.finditer(r"^([A-Za-z0-9_.-]+)==([^\s;]+)", (ROOT / lock).read_text(), re.M)}


def test_the_locks_agree_and_hold_every_dependency():
    runtime, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: (version, dev.get(name)) for name, version in runtime.items() if dev.get(name) != version} == {}
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[><=~ \[]", line)[0].lower() for line in wanted}
    assert names - runtime.keys() == set()


@pytest.mark.parametrize(
    ("package", "floor"),
    [("streamlit", "1.54"), ("starlette", "1.1.0"), ("jinja2", "3.1.6"), ("requests", "2.32.4"), ("urllib3", "2.6.3"),
     ("pillow", "12.1.1"), ("protobuf", "6.33.5"), ("h11", "0.16.0"), ("python-multipart", "0.0.22"),
     ("pyarrow", "14.0.1"), ("idna", "3.7"), ("certifi", "2024.7.4")],
)  # fmt: skip
def test_no_dependency_with_a_known_vulnerability(package, floor):
    """Floors from the packages' own security advisories (faults.md, backup, upgrade, supply)."""
    found = pins("requirements.lock").get(package)
    assert found is not None, "no dependency any more: take it off the list"
    assert found >= Version(floor)


def test_licences_are_named():
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
    third = (ROOT / "THIRD_PARTY_LICENSES.md").read_text("utf-8")
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = [re.split(r"[><=~ \[]", line)[0] for line in wanted]
    assert [name for name in [*names, "Neo4j Community", "vis-network"] if name.lower() not in third.lower()] == []
