"""docker-compose.yml and Dockerfile: valid by the Compose Specification, no default password, nobody is root."""

import json
import re
import tomllib
from importlib.metadata import requires
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from graphcrm.config import Settings
from graphcrm.database.local.jars import neo4j_version
from graphcrm.database.local.settings_file import Sizes, neo4j_settings

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
PAGE = (ROOT / "docs/how-to/server.md").read_text("utf-8")
SCHEMA = json.loads((files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json").read_text("utf-8"))


def test_the_file_follows_the_compose_specification():
    validator = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)
    assert [error.message for error in validator.iter_errors(COMPOSE)] == []
    broken = {**COMPOSE, "services": {"app": {"imagee": "x"}}}
    assert list(validator.iter_errors(broken)), "the schema finds a wrong word"


def test_neo4j_is_the_version_that_the_tests_run_on():
    assert COMPOSE["services"]["neo4j"]["image"] == f"neo4j:{neo4j_version()}-community"


@pytest.mark.parametrize("service", ["neo4j", "app"])
def test_there_is_no_default_password(service):
    values = [
        value for name, value in COMPOSE["services"][service]["environment"].items() if re.search("AUTH|PASS", name)
    ]
    assert len(values) == 1
    assert re.fullmatch(r"(neo4j/)?\$\{NEO4J_PASSWORD:\?[^}]+\}", values[0]), "required, and nothing in its place"


def test_the_password_of_the_how_to_is_one_that_neo4js_image_takes():
    """The image wants NEO4J_AUTH as name, slash, password without a slash; base64 has one in two passwords of five."""
    (command,) = re.findall(r"NEO4J_PASSWORD=\$\((.+?)\)", PAGE)
    kind, size = re.fullmatch(r"openssl rand -(\w+) (\d+)", command).groups()
    assert kind == "hex", "neither a slash nor a sign that Compose reads as a variable"
    least = COMPOSE["services"]["neo4j"]["environment"]["NEO4J_dbms_security_auth__minimum__password__length"]
    assert 2 * int(size) >= int(least) >= 12


def test_the_file_of_the_password_comes_into_no_commit():
    assert ".env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_what_can_be_set_is_told_with_its_default():
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    defaults = dict(re.findall(r"\$\{(\w+):-([^}]*)\}", text))
    sign_in = {"URL", "OIDC_METADATA_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "SESSION_HOURS"}
    own = {f"GRAPHCRM_{name}" for name in {"PORT", "UI_NAMES", *sign_in}}
    assert own | {"TZ", "NEO4J_HEAP", "NEO4J_PAGE_CACHE"} == set(defaults)
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    for name, default in defaults.items():
        (row,) = [row for row in rows if f"`{name}`" in row]
        assert default.removeprefix("Etc/") in row


def test_the_folder_of_the_app_is_its_own_and_outlives_the_container():
    folder = COMPOSE["services"]["app"]["environment"]["GRAPHCRM_DATA"]
    (volume,) = COMPOSE["services"]["app"]["volumes"]
    assert volume == f"app:{folder}"
    assert "app" in COMPOSE["volumes"]
    assert re.search(rf"install --directory --owner=graphcrm .*--mode=0700 {folder}$", DOCKERFILE, re.M)


def test_the_app_waits_until_neo4j_is_healthy():
    assert COMPOSE["services"]["app"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert COMPOSE["services"]["neo4j"]["healthcheck"]["test"][0] == "CMD"
    assert "data:/data" in COMPOSE["services"]["neo4j"]["volumes"]


def test_neo4j_loads_no_file_and_no_address():
    """Else the analysts' console stays shut (D3). The image makes a dot of each "_", and "_" of each "__"."""
    given = {
        name.removeprefix("NEO4J_").replace("__", "\n").replace("_", ".").replace("\n", "_"): value
        for name, value in COMPOSE["services"]["neo4j"]["environment"].items()
    }
    ours = neo4j_settings(ROOT, 7687, Sizes("1g", "1g"))
    for name in (
        "dbms.security.allow_csv_import_from_file_urls",
        "internal.dbms.cypher_ip_blocklist",
        "db.logs.query.enabled",
    ):
        assert given[name] == ours[name]


def test_nothing_is_open_to_the_network():
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_app_is_not_root_and_installs_what_is_pinned():
    stages = DOCKERFILE.split("\nFROM ")
    assert re.search(r"^USER (?!root)\w+$", stages[-1], re.M)
    assert "--require-hashes -r requirements.lock" in DOCKERFILE
    assert COMPOSE["services"]["app"]["cap_drop"] == ["ALL"]


def _needed(names: set[str]) -> set[str]:
    """These packages and all that they need, by the metadata of what is installed."""
    found: set[str] = set()
    while names:
        name = names.pop()
        if name in found:
            continue
        found.add(name)
        wanted = [Requirement(text) for text in requires(name) or []]
        names |= {canonicalize_name(one.name) for one in wanted if not one.marker or one.marker.evaluate({"extra": ""})}
    return found


def test_what_only_the_build_needs_is_not_in_the_image():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    build = {canonicalize_name(Requirement(text).name) for text in project["dependency-groups"]["build"]}
    run = {canonicalize_name(Requirement(text).name) for text in project["project"]["dependencies"]}
    removed = {
        name for line in re.findall(r"pip uninstall --yes (.+?)(?: \\)?$", DOCKERFILE, re.M) for name in line.split()
    }
    assert removed == _needed(build) - _needed(run) | {"pip"}
    assert DOCKERFILE.index("pip check") < DOCKERFILE.index("uninstall --yes pip")


def test_no_secret_can_come_into_a_layer_of_the_image():
    """Nothing is copied but what is named, and no argument or variable of the build holds a password."""
    allowed = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert allowed[0] == "*"
    named = {line[1:] for line in allowed if line.startswith("!")}
    assert named <= {"graphcrm", "seed", "app.py", "pyproject.toml", "requirements.lock", "README.md", "LICENSE",
                     "THIRD_PARTY_LICENSES.md"}  # fmt: skip
    assert not re.search(r"^ARG\b|PASSWORD|SECRET|TOKEN", DOCKERFILE, re.M)
    assert all("args" not in service.get("build", {}) for service in COMPOSE["services"].values())


def test_the_settings_that_the_app_is_given_exist():
    given = set(COMPOSE["services"]["app"]["environment"])
    own = {f"GRAPHCRM_{name.upper()}" for name in Settings.model_fields}
    assert given <= own | {"NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE", "TZ"}
