"""Every service that writes refuses who may not, whatever the page shows (faults.md, "People, rights, sessions").

Which services write is read out of their code, so that a new one is looked at, too.
"""

import ast
import inspect
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

import graphcrm.services
from graphcrm.database.connection import Database
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import Forbidden
from graphcrm.queries.binder import catalogue

SERVICES = Path(graphcrm.services.__file__).parent
WRITING_QUERIES = {name for name, query in catalogue().items() if query.writes}
WRITING_ELSEWHERE = {
    "apply_writes",
    "together",
    "migrate",
    "begin_restore",
    "write_nodes",
    "write_ties",
    "load_plan",
}
"""Names from below the services that write, besides the queries."""
OWN = {
    ("accounts", "sign_out"),  # one's own sign-in
    ("power_map", "save_places"),  # where one's own cards lie on one's own map
    ("power_map", "forget_places"),
}

Name = tuple[str, str]


def _code() -> tuple[dict[Name, ast.FunctionDef], dict[str, dict[str, Name]]]:
    """(every function of the services, what each module has imported: name -> (module, name there))."""
    functions, imported = {}, {}
    for path in SERVICES.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        functions |= {(path.stem, one.name): one for one in tree.body if isinstance(one, ast.FunctionDef)}
        imported[path.stem] = {
            alias.asname or alias.name: ((one.module or "").rsplit(".", 1)[-1], alias.name)
            for one in ast.walk(tree)
            if isinstance(one, ast.ImportFrom)
            for alias in one.names
        }
    return functions, imported


FUNCTIONS, IMPORTED = _code()


def _used(name: Name) -> Iterator[tuple[str, Name | None]]:
    """(word, the function of a service that it is, if it is one) of all that a function names."""
    module, own = name[0], IMPORTED[name[0]]
    for node in ast.walk(FUNCTIONS[name]):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id not in {*own, "db", "tx"}:
                continue  # a method of something else
            there = (own.get(node.value.id, ("", ""))[1], node.attr)
            yield node.attr, there if there in FUNCTIONS else None
        elif isinstance(node, ast.Name) and (node.id in own or (module, node.id) in FUNCTIONS):
            there = own.get(node.id, (module, node.id))
            yield there[1], there if there in FUNCTIONS else None


def writes(name: Name, seen: set[Name] | None = None) -> bool:
    """Whether a function writes, itself or by another one."""
    seen = set() if seen is None else seen
    if name in seen:
        return False
    seen.add(name)
    return any(
        (there is None and word in WRITING_QUERIES | WRITING_ELSEWHERE) or (there is not None and writes(there, seen))
        for word, there in _used(name)
    )


def _public() -> Iterator[Name]:
    for path in sorted(SERVICES.glob("[a-z]*.py")):
        module = import_module(f"graphcrm.services.{path.stem}")
        for word in getattr(module, "__all__", vars(module)):
            there = (
                IMPORTED[path.stem].get(word, (path.stem, word)) if hasattr(module, "__all__") else (path.stem, word)
            )
            if not word.startswith("_") and there in FUNCTIONS and writes(there):
                yield path.stem, word


WRITING = sorted(set(_public()) - OWN)


def test_the_code_tells_which_services_write():
    assert {("editing", "save_edits"), ("history", "undo"), ("duplicates", "merge"), ("gifts", "move_gift")} <= set(
        WRITING
    )
    assert ("importing", "apply_plan") in WRITING
    assert ("accounts", "add") in WRITING
    assert ("backup", "restore") in WRITING
    assert ("clients", "clientele") not in WRITING
    assert len(WRITING) > 35


def _given(parameter: inspect.Parameter, db: Database, viewer: Viewer, folder: Path) -> Any:
    known = {
        "db": db, "viewer": viewer, "key": "k", "nonce": "n", "today": date(2026, 11, 26), "path": folder / "none",
        "source": folder, "folder": folder, "employee_id": "nobody", "actor_id": "nobody",
        "role": "owner", "move": MagicMock(step="approve"),
    }  # fmt: skip
    return known.get(parameter.name, MagicMock())


@pytest.mark.parametrize("role", ["reader", "analyst"])
@pytest.mark.parametrize("name", WRITING, ids=".".join)
def test_it_refuses_who_may_not_write(name: Name, role, database: Database, monkeypatch, tmp_path):
    """Nothing is sent that writes, and the refusal is the one of rights."""
    for way in ("write", "together"):
        monkeypatch.setattr(Database, way, lambda *_, **__: pytest.fail("it was about to write"))
    call = getattr(import_module(f"graphcrm.services.{name[0]}"), name[1])
    parameters = inspect.signature(call).parameters.values()
    given = {
        one.name: _given(one, database, Viewer("v", "V", role), tmp_path)
        for one in parameters
        if one.default is one.empty
    }
    with pytest.raises(Forbidden):
        call(**given)
