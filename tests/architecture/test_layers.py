"""The layers of the design hold: who may import whom, who may read the environment, where Cypher may stand, budgets."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "graphcrm"
MODULES = sorted(PACKAGE.rglob("*.py"))
DOMAIN_LIBRARIES = {"networkx", "numpy", "scipy", "rustworkx", "rapidfuzz", "dateutil", "highspy"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Every module that ``path`` imports, as a dotted name, wherever in the file the import stands."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def inside(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


FORBIDDEN = {
    "graphcrm.domain": ("graphcrm.database", "graphcrm.queries", "graphcrm.services", "graphcrm.ui", "graphcrm.cli",
                        "graphcrm.ingest", "graphcrm.config", "graphcrm.bootstrap", "graphcrm.i18n"),
    "graphcrm.database": ("graphcrm.domain", "graphcrm.queries", "graphcrm.services", "graphcrm.ui", "graphcrm.cli",
                          "graphcrm.ingest"),
    "graphcrm.queries": ("graphcrm.services", "graphcrm.ui", "graphcrm.cli", "graphcrm.ingest", "graphcrm.domain"),
    "graphcrm.services": ("graphcrm.ui", "graphcrm.cli", "graphcrm.bootstrap"),
    "graphcrm.ingest": ("graphcrm.ui", "graphcrm.cli", "graphcrm.services"),
    "graphcrm.drawing": ("graphcrm.database", "graphcrm.queries", "graphcrm.services", "graphcrm.ui", "graphcrm.cli",
                         "graphcrm.ingest", "graphcrm.config", "graphcrm.bootstrap", "graphcrm.documents"),
    "graphcrm.documents": ("graphcrm.database", "graphcrm.queries", "graphcrm.services", "graphcrm.ui", "graphcrm.cli",
                           "graphcrm.ingest", "graphcrm.config", "graphcrm.bootstrap", "graphcrm.drawing"),
    "graphcrm.ui": ("graphcrm.cli", "graphcrm.queries.structure"),
    "graphcrm.cli": ("graphcrm.ui",),
    "graphcrm.vocabulary": ("graphcrm.database", "graphcrm.queries", "graphcrm.services", "graphcrm.ui",
                            "graphcrm.domain"),
}  # fmt: skip


@pytest.mark.parametrize("layer", FORBIDDEN)
def test_a_layer_does_not_know_those_above_it(layer):
    found = [
        (name_of(path), module)
        for path in MODULES
        if inside(name_of(path), layer)
        for module in imports(path)
        if inside(module, *FORBIDDEN[layer])
    ]
    assert found == []


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("neo4j", ("graphcrm.database",)),
        ("streamlit", ("graphcrm.ui",)),
        ("pyvis", ("graphcrm.ui",)),
        ("typer", ("graphcrm.cli",)),
    ],
)
def test_a_library_has_one_home(library, homes):
    found = [
        name_of(p)
        for p in MODULES
        for module in imports(p)
        if inside(module, library) and not inside(name_of(p), *homes)
    ]
    assert found == []


def test_the_domain_is_pure():
    """Standard library and number libraries only; no files, no clock, no environment."""
    import sys

    allowed = DOMAIN_LIBRARIES | set(sys.stdlib_module_names)
    impure = {"os", "pathlib", "io", "socket", "time", "subprocess", "random", "requests"}
    found = [
        (name_of(path), module)
        for path in MODULES
        if inside(name_of(path), "graphcrm.domain")
        for module in imports(path)
        if (top := module.split(".")[0]) != "graphcrm" and (top not in allowed or top in impure)
    ]
    clocks = [
        (name_of(path), node.lineno)
        for path in MODULES
        if inside(name_of(path), "graphcrm.domain")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}
    ]
    assert (found, clocks) == ([], [])


@pytest.mark.parametrize("package", ["graphcrm.services", "graphcrm.ui.pages", "graphcrm.queries"])
def test_siblings_do_not_import_each_other(package):
    """Services, pages and query topics stand alone; what they share has a name that begins with an underscore."""
    shared = {"graphcrm.queries.binder", "graphcrm.queries.cypher_text"}
    found = []
    for path in MODULES:
        name = name_of(path)
        if not inside(name, package) or name == package:
            continue
        own = ".".join(name.split(".")[: package.count(".") + 2])
        for module in imports(path):
            if inside(module, package) and module != package and not inside(module, own, *shared):
                sibling = module.removeprefix(package + ".").split(".")[0]
                if not sibling.startswith("_"):
                    found.append((name, module))
    assert found == []


def test_only_config_reads_the_environment():
    found = [
        (name_of(path), node.lineno)
        for path in [*MODULES, ROOT / "app.py"]
        if path.name != "config.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "environb"}
    ]
    assert found == []


CYPHER = re.compile(r"\b(MATCH|MERGE|CREATE|UNWIND)\s*[($]|\bDETACH\s+DELETE\b|\bRETURN\s+\w+\.\w+")


def test_cypher_stands_in_cypher_files_only():
    found = []
    for path in MODULES:
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree(path))
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node)
        }
        found += [
            (name_of(path), node.lineno)
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
            and CYPHER.search(node.value)
        ]
    assert found == []


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield path, node


def test_modules_keep_to_400_lines_and_pages_to_80():
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    pages = {name: n for name, n in lengths.items() if "/ui/pages/" in name}
    assert {name: n for name, n in lengths.items() if n > 400} == {}
    assert {name: n for name, n in pages.items() if n > 80} == {}
    assert len((ROOT / "app.py").read_text("utf-8").splitlines()) < 40


def test_functions_keep_to_40_lines():
    found = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": lines
        for path, node in functions()
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > 40
    }
    assert found == {}


def test_functions_take_at_most_6_parameters():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path, node in functions()
        if len(
            [
                a
                for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
                if a.arg not in {"self", "cls"}
            ]
        )
        > 6
    ]
    assert found == []
