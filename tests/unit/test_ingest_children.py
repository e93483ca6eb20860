"""Of a child no more is kept than the given name and the year of birth (C2.3): refused with file, row and a mend."""

from datetime import date

import pytest

from graphcrm.ingest.check import check_rows
from graphcrm.ingest.rows import parse_table
from graphcrm.ingest.snapshot import Snapshot
from graphcrm.ingest.tables import RawRow, RawTable
from graphcrm.vocabulary import VOCABULARY

TODAY = date(2026, 11, 26)
PERSON, WORKS = VOCABULARY.nodes["Person"], VOCABULARY.ties["WORKS_AT"]


def refused(cells, *, works=False, today=TODAY):
    row = {"id": "c", "name": "Ana", **cells}
    tables = [RawTable("people", PERSON, tuple(row), tuple(row), [RawRow(2, tuple(row.values()))])]
    if works:
        firm = VOCABULARY.nodes["Organization"]
        tables += [
            RawTable("organizations", firm, ("id", "name", "kinds"), ("id", "name", "kinds"),
                     [RawRow(2, ("f", "F", "client"))]),
            RawTable("works_at", WORKS, ("person_id", "organization_id"), ("person_id", "organization_id"),
                     [RawRow(2, ("c", "f"))]),
        ]  # fmt: skip
    return [(one.code, one.column) for one in check_rows(map(parse_table, tables), Snapshot(), today=today).problems]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"birth_date": "2015-03-02"}, "birth_date"),
        ({"birth_date": "2015-03"}, "birth_date"),
        ({"birth_date": "2015", "family_name": "Berg"}, "family_name"),
        ({"birth_date": "~2015", "email": "ana@school.example"}, "email"),
        ({"birth_date": "2015", "likes": "Horses"}, "likes"),
        ({"birth_date": "2015", "name": "Ana Berg"}, "name"),
        ({"birth_date": "2008-12-01"}, "birth_date"),  # seventeen
    ],
)
def test_more_than_given_name_and_year_is_refused(cells, column):
    assert refused(cells) == [("child_excess", column)]


@pytest.mark.parametrize(
    "cells",
    [
        {"birth_date": "2015"},
        {"birth_date": "2015", "given_name": "Ana", "gender": "female"},
        {"birth_date": "2015", "name": "Ana Maria", "given_name": "Ana Maria"},
        {"birth_date": "2008-11-26", "email": "ana@firm.example"},  # eighteen today
        {"birth_date": "--03-02", "family_name": "Berg"},  # without a year nobody is taken for a child
        {"family_name": "Berg"},
    ],
)
def test_what_may_be_kept(cells):
    assert refused(cells) == []


def test_who_has_a_job_is_a_colleague():
    assert refused({"birth_date": "2009-05-01", "email": "a@firm.example"}, works=True) == []


def test_the_sentence_names_row_and_mend():
    row = {"id": "c", "name": "Ana", "birth_date": "2015-03-02"}
    table = RawTable("people", PERSON, tuple(row), tuple(row), [RawRow(7, tuple(row.values()))])
    (problem,) = check_rows([parse_table(table)], Snapshot(), today=TODAY).problems
    assert problem.place == "people:7:birth_date"
    assert "year of birth" in problem.describe()
    assert problem.mend
