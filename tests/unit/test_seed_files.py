"""The seed data hold together: counts, references, enumerations, numbers of record, and the generator's bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from stdnum import bic, iban
from stdnum.eu import vat
from stdnum.ru import inn

from graphcrm.vocabulary import VOCABULARY, NodeKind, TieKind
from tests.seed_rows import SEED, rows

FILES = sorted(path.stem for path in SEED.glob("*.csv"))
CYRILLIC = re.compile("[А-Яа-яЁё]")


@cache
def labels() -> dict[str, frozenset[str]]:
    """Id -> the labels that the node has, as far as the seed files tell."""
    found: dict[str, set[str]] = {}
    for stem in FILES:
        kind = VOCABULARY.node_of_file(stem)
        for row in rows(stem) if kind else ():
            found.setdefault(row["id"], set()).add(kind.label)
    secondary = VOCABULARY.enumerations["organization_kind"].values
    for row in rows("organizations"):
        found[row["id"]] |= {secondary[code].label for code in row["kinds"].split("|")}
    for row in rows("works_at"):
        if row["organization_id"] == "firm-kolovar":
            found[row["person_id"]].add("Employee")
    return {identity: frozenset(names) for identity, names in found.items()}


def kind_of(stem: str) -> NodeKind | TieKind:
    kind = VOCABULARY.node_of_file(stem) or VOCABULARY.tie_of_file(stem)
    assert kind is not None, f"{stem}.csv is no file of the vocabulary"
    return kind


def clients() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in rows("organizations") if "client" in row["kinds"].split("|")}


def people_of(client_id: str) -> set[str]:
    return {
        row["person_id"] for row in rows("works_at") if row["organization_id"] == client_id and not row["valid_to"]
    } | {
        row["person_id"]
        for row in rows("works_at")
        if row["organization_id"] == client_id and row["valid_to"] > "2026-11-23"
    }


def referring_cells() -> Iterator[tuple[str, str, str, frozenset[str]]]:
    """(file, column, id, labels allowed) of every cell that names another node."""
    for stem in FILES:
        kind = kind_of(stem)
        ends = (
            {end.column: frozenset(end.labels) for end in (kind.start, kind.end)} if isinstance(kind, TieKind) else {}
        )
        named = {name: frozenset(one.to) for name, one in getattr(kind, "references", {}).items()}
        named |= {name: frozenset({one.ref or ""}) for name, one in kind.properties.items() if one.type == "ref"}
        for row in rows(stem):
            for column, allowed in (ends | named).items():
                for identity in filter(None, row[column].split("|")):
                    yield stem, column, identity, allowed


def test_counts_of_the_issue() -> None:
    """At least 14 clients in 5 countries, 220 client people, 14 of ours, 40 partners, two years of purchases (A, C)."""
    partners = [row for row in rows("organizations") if "partner" in row["kinds"].split("|")]
    at_clients = set().union(*(people_of(client) for client in clients()))
    ours = {row["person_id"] for row in rows("works_at") if row["organization_id"] == "firm-kolovar"}
    days = sorted(row["date"] for row in rows("purchases"))
    assert len(clients()) >= 14
    assert len({row["country"] for row in clients().values()}) >= 5
    assert len(at_clients) >= 220
    assert len(ours) == 14
    assert len(partners) >= 40
    assert len(days) >= 1400
    assert days[0] < "2024-12-31"
    assert "2026-10-01" < days[-1] <= "2026-11-23"
    assert max(row["date"] for row in rows("interactions")) >= "2026-11-17"
    assert len(rows("products")) >= 30


def test_three_russian_clients_with_cyrillic_people() -> None:
    """Three Russian clients have Cyrillic names, and so have their people."""
    russian = [row for row in clients().values() if row["country"] == "RU"]
    names = {row["id"]: row["name"] for row in rows("people")}
    assert len(russian) >= 3
    for client in russian:
        assert CYRILLIC.search(client["name"])
        assert all(CYRILLIC.search(names[person]) for person in people_of(client["id"]))


def test_ids_are_unique_over_all_files() -> None:
    """An id belongs to one row of one file."""
    seen: dict[str, str] = {}
    for stem in FILES:
        for row in rows(stem):
            if row["id"]:
                assert row["id"] not in seen, f"{row['id']} in {stem} and {seen[row['id']]}"
                seen[row["id"]] = stem


def test_every_reference_leads_to_a_node_of_the_right_kind() -> None:
    """No cell names what is not there, or what may not stand there."""
    wrong = [
        (stem, column, identity)
        for stem, column, identity, allowed in referring_cells()
        if not labels().get(identity, frozenset()) & allowed
    ]
    assert wrong == []


def test_enumerations_and_required_cells() -> None:
    """Every code is of its list, every required cell is filled."""
    wrong = []
    for stem in FILES:
        for name, prop in kind_of(stem).properties.items():
            codes = VOCABULARY.enumerations[prop.enum].values if prop.enum else None
            for line, row in enumerate(rows(stem), 2):
                if prop.required and not row[name]:
                    wrong.append((stem, line, name, "empty"))
                values = row[name].split("|") if prop.many else [row[name]]
                wrong += [(stem, line, name, one) for one in values if one and codes is not None and one not in codes]
    assert wrong == []


@pytest.mark.parametrize(("column", "check"), [("inn", inn), ("iban", iban), ("vat", vat), ("bic", bic)])
def test_numbers_of_record_are_right_in_form(column: str, check: object) -> None:
    """A1.1: INN, IBAN, VAT and BIC pass the check digits of python-stdnum, and some firm has one."""
    numbers = [row[column] for row in rows("organizations") if row[column]]
    assert numbers
    assert [number for number in numbers if not check.is_valid(number)] == []


def test_numbers_of_record_are_plainly_invented() -> None:
    """No real firm's number: the INNs are of tax office 0000, which does not exist."""
    assert all(row["inn"].startswith("0000") for row in rows("organizations") if row["inn"])
    addresses = [row["email"] for row in rows("people")] + [row["website"] for row in rows("organizations")]
    assert all(address.endswith(".example") for address in addresses if address)


def test_the_generator_writes_the_committed_bytes(tmp_path: Path) -> None:
    """Same code and sources, same files; nothing in the folder that the generator does not write."""
    root = SEED.parent
    command = [sys.executable, str(SEED / "generate.py"), "--into", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
    assert sorted(path.stem for path in tmp_path.glob("*.csv")) == FILES
    changed = [stem for stem in FILES if (tmp_path / f"{stem}.csv").read_bytes() != (SEED / f"{stem}.csv").read_bytes()]
    assert changed == []
