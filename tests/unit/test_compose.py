"""docker-compose.yml and Dockerfile: valid by the Compose Specification, no default password, nobody is root."""

import json
import re
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml

from graphcrm.config import Settings
from graphcrm.database.local.jars import neo4j_version

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
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


def test_the_app_waits_until_neo4j_is_healthy():
    assert COMPOSE["services"]["app"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert COMPOSE["services"]["neo4j"]["healthcheck"]["test"][0] == "CMD"
    assert "data:/data" in COMPOSE["services"]["neo4j"]["volumes"]


def test_nothing_is_open_to_the_network():
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_app_is_not_root_and_installs_what_is_pinned():
    stages = DOCKERFILE.split("\nFROM ")
    assert re.search(r"^USER (?!root)\w+$", stages[-1], re.M)
    assert "--require-hashes -r requirements.lock" in DOCKERFILE
    assert COMPOSE["services"]["app"]["cap_drop"] == ["ALL"]


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
    assert given <= own | {"NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"}
