"""Columns under other names: suggested, told once, found again; what a header says stays data (issue 4, section 2)."""

import json
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.errors import InvalidInput
from graphcrm.ingest.contacts import columns_taken
from graphcrm.ingest.headers import KINDS, found_header
from graphcrm.ingest.mapping import (
    ColumnMapping,
    Naming,
    allowed_columns,
    header_shape,
    suggest_columns,
    suggest_kind,
)
from graphcrm.ingest.mapping_file import mapping_text, read_mapping_file
from graphcrm.ingest.names import columns_by_name, kind_named, kind_of, plain_name
from graphcrm.ingest.read import read_source
from graphcrm.ingest.sources import stream_sources, usable_sources
from graphcrm.vocabulary import VOCABULARY

LIST = "ФИО;Должность ;Тел.;День рождения;Наша заметка\nАнна Белова;Директор;+7 495 1234567;1968;умна\n"


def read(content, name="Контакты.csv", naming=None):
    sources, problems = usable_sources(stream_sources([(name, BytesIO(content.encode()))]))
    assert problems == []
    (table,) = read_source(sources[0], naming=naming or Naming())
    return table


def test_every_name_of_the_vocabulary_leads_to_its_own_column_or_to_none():
    for kind in KINDS:
        known = columns_by_name(kind.file)
        assert set(known.values()) <= set(columns_taken(kind))
        assert {plain_name(column): column for column in kind.columns}.items() <= known.items()
        for prop in kind.properties.values():
            assert known.get(plain_name(prop.en), prop.name) == prop.name or plain_name(prop.en) in kind.columns
    assert kind_named("Люди").file == "people"
    assert kind_named("works at").file == "works_at"
    assert kind_named("nothing") is None


def test_the_columns_of_a_list_of_contacts_are_no_columns_of_people():
    assert not {"organization", "title", "note"} & set(VOCABULARY.nodes["Person"].columns)


def test_the_nearest_column_is_offered_in_both_languages_and_none_twice():
    people = kind_of("people")
    assert suggest_columns(people, ["Full name", "e-mail address", "Birthday", "Mobile phone", "Company", "Zzz"]) == {
        "Full name": "name",
        "e-mail address": "email",
        "Birthday": "birth_date",
        "Mobile phone": "phone",
        "Company": "organization",
        "Zzz": "",
    }
    russian = suggest_columns(people, ["Имя и фамилия", "Телефон раб.", "Эл. почта", "Рожд. дата", "Должность"])
    assert russian["Телефон раб."] == "phone"
    assert russian["Должность"] == "title"
    filled = [column for column in russian.values() if column]
    assert len(filled) == len(set(filled))


def test_the_likeliest_kind_is_offered():
    assert suggest_kind("Контакты", ["ФИО", "Должность", "Телефон", "Электронная почта"], KINDS) == "people"
    assert suggest_kind("Sheet1", ["Owner", "Percent", "Organisation"], KINDS) == "owns"


def test_a_mapping_is_found_again_by_the_header_whatever_its_order_case_and_signs():
    one = header_shape("", ["ФИО", "Тел.", "problem"])
    assert one == header_shape("", ["тел", " фио:", ""])
    assert one != header_shape("people", ["ФИО", "Тел."])
    assert one != header_shape("", ["ФИО", "Тел.", "Пол"])


def test_a_file_of_another_name_and_with_other_columns_is_read_by_its_mapping():
    strange = read(LIST)
    found = found_header(strange)
    assert (found.known, found.stem, found.samples[0][0]) == (False, "people", "Анна Белова")
    columns = {"ФИО": "name", "Должность": "title", "Тел.": "phone", "День рождения": "birth_date", "Наша заметка": ""}
    mapping = ColumnMapping("people", {plain_name(name): column for name, column in columns.items()})
    table = read(LIST, "other name.csv", Naming({found.shape: mapping}))
    assert table.columns == ("name", "title", "phone", "birth_date", "")
    assert table.problems == []
    assert [note.describe() for note in table.notes][:2] == [
        "Columns were read as the mapping kept for such a header says: ФИО → name, Должность → title, Тел. → phone, "
        "День рождения → birth_date.",
        "Left out: Наша заметка.",
    ]
    assert found_header(table) is None
    left_out = read(LIST, naming=Naming({found.shape: ColumnMapping("", {})}))
    assert (left_out.kind, left_out.problems, left_out.notes[0].code) == (None, [], "kept_left_out")


@given(
    st.lists(
        st.one_of(
            st.text(max_size=20),
            st.sampled_from(["`}) DETACH DELETE n //", "\\u0060name", "_lock", "version", "name", "Имя", "id", "=1+1"]),
        ),
        max_size=8,
    ),
    st.dictionaries(st.text(max_size=10), st.text(max_size=10), max_size=4),
)
def test_whatever_a_header_or_a_mapping_says_only_columns_of_ours_are_read(header, told):
    """faults.md: "Header or label with back-tick ..." and "Header tries to set internal fields"."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([header or ["id"], ["x"] * len(header or ["id"])])
    columns = {plain_name(name): column for name, column in told.items()} | {"version": "version", "lock": "_lock"}
    content = out.getvalue().encode("utf-8", "replace").decode()
    naming = Naming(given={"people": ColumnMapping("people", columns)})
    table = read(content, "people.csv", naming)
    assert set(table.columns) <= {"", *columns_taken(VOCABULARY.nodes["Person"])}


def test_a_mapping_file_says_what_sheets_and_columns_are(tmp_path: Path):
    told = {
        "Контакты": {"kind": "Люди", "columns": {"ФИО": "Имя", "Тел.": "phone", "Наша заметка": None}},
        "Notes": None,
    }
    for name, text in (("m.yaml", yaml.safe_dump(told, allow_unicode=True)), ("m.json", json.dumps(told))):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        found = read_mapping_file(path)
        assert found["контакты"] == ColumnMapping("people", {"фио": "name", "тел": "phone", "наша заметка": ""}, name)
        assert found["notes"].stem == ""
        table = read(LIST, naming=Naming(given=found))
        assert table.columns == ("name", "title", "phone", "birth_date", "")
        assert table.problems == []
        assert table.notes[0].describe().startswith(f"Columns were read as {name} says: ФИО → name")


def test_the_mapping_that_is_offered_as_text_can_be_given_back(tmp_path: Path):
    path = tmp_path / "offered.yaml"
    path.write_text(mapping_text([found_header(read(LIST))]), "utf-8")
    table = read(LIST, naming=Naming(given=read_mapping_file(path)))
    assert table.problems == []
    assert {"phone", "title", "birth_date"} <= set(table.columns)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a", "does not have the form"),
        ("a: [1]", "does not have the form"),
        ("people: {columns: [name]}", "does not have the form"),
        ("{", "cannot be read"),
        ("x: {kind: peple}", "peple is no kind of rows"),
        ("people: {columns: {A: nme}}", "people have no column nme. Did you mean name?"),
        ("people: {columns: {A: version}}", "people have no column version"),
        ("people: {columns: {A: '`}) DETACH DELETE n'}}", "people have no column"),
        ("a: !!python/object/apply:os.system ['true']", "cannot be read"),
        ("\x00", "cannot be read"),
    ],
)
def test_a_wrong_mapping_file_is_told_in_one_sentence(tmp_path: Path, text, said):
    path = tmp_path / "wrong.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(InvalidInput, match=said):
        read_mapping_file(path)
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_mapping_file(tmp_path / "nowhere.yaml")


def test_the_names_of_all_columns_are_there_in_both_languages():
    for kind in KINDS:
        for language in ("en", "ru"):
            assert all(allowed_columns(kind.file, language).values())
    assert allowed_columns("people", "ru")["birth_date"] == "Дата рождения"
    assert allowed_columns("owns", "en")["percent"] == "Percent"
