"""Import by upload: plan, problems, the good rows alone, the same again, wrong types (issue 3, section 4)."""

import io
import zipfile

import pytest

from graphcrm.ui.components import file_format
from graphcrm.vocabulary import VOCABULARY
from tests.pages.conftest import texts

ORGANISATIONS = "id,name,kinds,country\nclient-1,Orion,client,DE\nclient-2,Вега,client,RU\n"
PEOPLE = "id,name\np-1,Greta Holm\n"


def upload(at, *files):
    at.file_uploader(key=at.file_uploader[0].key).set_value(
        [(name, text.encode(), "text/csv") for name, text in files]
    ).run()
    return at


def count_of(database, label):
    return database.read(f"MATCH (n:{label}) RETURN count(n) AS n")[0]["n"]


def test_files_are_checked_planned_and_applied(page_environment, open_page):
    at = upload(open_page("import"), ("organizations.csv", ORGANISATIONS), ("people.csv", PEOPLE))
    assert not at.exception, texts(at)
    assert count_of(page_environment, "Client") == 0, "nothing is saved by looking"
    plan = at.dataframe[-1].value.set_index("file")
    assert plan.loc["organizations.csv", "create"] == 2
    at.button(key="apply").click().run()
    assert count_of(page_environment, "Client") == 2
    assert "created" in at.success[0].value


def test_the_same_files_again_change_nothing_and_say_so(page_environment, open_page):
    at = upload(open_page("import"), ("organizations.csv", ORGANISATIONS))
    at.button(key="apply").click().run()
    again = upload(open_page("import"), ("organizations.csv", ORGANISATIONS))
    assert "The graph holds all of this already" in texts(again)
    assert again.button(key="apply").disabled


def test_every_problem_is_listed_and_the_good_rows_can_go_in_alone(page_environment, open_page):
    bad = ORGANISATIONS + "client-3,Mira,klient,XX\n"
    at = upload(open_page("import"), ("organizations.csv", bad))
    problems = at.dataframe[-1].value
    assert set(problems["column"]) == {"kinds", "country"}
    assert set(problems["row"]) == {4}
    assert at.button(key="apply").label == "Import the good rows alone"
    assert count_of(page_environment, "Client") == 0
    at.button(key="apply").click().run()
    assert count_of(page_environment, "Client") == 2


def test_problems_are_told_in_russian(page_environment, open_page):
    at = upload(open_page("import", language="ru"), ("organizations.csv", ORGANISATIONS + "client-3,Mira,klient,DE\n"))
    sentence = at.dataframe[-1].value["problem"][0]
    assert "klient" in sentence
    assert any("а" <= letter <= "я" for letter in sentence)


@pytest.mark.parametrize(
    ("name", "content"), [("data.zip", "PK\x03\x04"), ("people.csv", "PK\x03\x04zip"), ("people.exe", "MZ")]
)
def test_what_is_no_csv_file_is_refused_clearly(page_environment, open_page, name, content):
    at = upload(open_page("import"), (name, content))
    assert not at.exception
    assert "This is neither a CSV file nor a workbook nor a file of address cards." in list(
        at.dataframe[-1].value["problem"]
    )
    assert at.button(key="apply").disabled


def test_hostile_cells_are_shown_as_they_are(page_environment, open_page):
    name = "<img src=x onerror=alert(1)>"
    at = upload(open_page("import"), ("organizations.csv", f"id,name,kinds\nclient-1,{name},{name}\n"))
    assert not at.exception
    assert name in list(at.dataframe[-1].value["value"])
    assert not [one for one in at.markdown if name in one.value]


def test_the_documented_columns_are_those_the_importer_reads():
    for kind in file_format.importable():
        listed = [row["column"] for row in file_format.column_rows(kind)]
        assert listed == list(kind.columns)


def test_the_empty_files_hold_the_first_line_and_nothing_else():
    with zipfile.ZipFile(io.BytesIO(file_format.all_templates())) as archive:
        names = set(archive.namelist())
        people = archive.read("people.csv").decode("utf-8-sig")
    files = {f"{kind.file}.csv" for kind in (*VOCABULARY.nodes.values(), *VOCABULARY.ties.values()) if kind.file}
    assert names == files
    assert people == ",".join(VOCABULARY.nodes["Person"].columns) + "\r\n"


STRANGE = "Кто;Фирма;Секрет\nАнна Белова;Orion;x\n"


def test_columns_under_other_names_are_mapped_once_and_found_again(page_environment, open_page):
    organisations = ("organizations.csv", ORGANISATIONS)
    at = upload(open_page("import"), organisations, ("Наши люди.csv", STRANGE))
    (kind,) = [box for box in at.selectbox if box.label == "What do the rows hold?"]
    kind.set_value("people").run()
    (who,) = [box for box in at.selectbox if box.label == "Кто"]
    (firm,) = [box for box in at.selectbox if box.label == "Фирма"]
    assert firm.value == "organization", "the nearest is chosen already"
    who.set_value("organization").run()
    assert "Given to two columns" in texts(at)
    (who,) = [box for box in at.selectbox if box.label == "Кто"]
    who.set_value("name").run()
    (keep,) = [button for button in at.button if button.label == "Keep and read again"]
    keep.click().run()
    assert not at.exception
    assert not [box for box in at.selectbox if box.label == "Кто"]
    at.button(key="apply").click().run()
    assert page_environment.read("MATCH (p:Person)-[:WORKS_AT]->(o) RETURN p.name AS who, o.name AS firm") == [
        {"who": "Анна Белова", "firm": "Orion"}
    ]
    again = upload(open_page("import"), organisations, ("Another.csv", STRANGE))
    assert "nothing would change" in texts(again)
    assert "1 kept mapping of columns" in [expander.label for expander in again.expander]


def test_organisations_that_nobody_knows_are_added_when_asked(page_environment, open_page):
    """A list of contacts needs no list of firms before it; nothing is added unasked."""
    people = ("people.csv", "ФИО,Компания\nАнна,ООО «Ромашка»\nБорис,Ромашка\nВера,Вега\n")
    at = upload(open_page("import"), ("organizations.csv", ORGANISATIONS), people)
    (new,) = [box for box in at.selectbox if box.label == "Organisations that nobody knows"]
    assert new.value is None
    assert "2 organisations: ООО «Ромашка», Ромашка" in texts(at)
    new.set_value("partner").run()
    assert at.button(key="apply").label == "Import", "nothing is wrong any more"
    at.button(key="apply").click().run()
    assert not at.exception, texts(at)
    assert page_environment.read(
        "MATCH (p:Person)-[:WORKS_AT]->(o) RETURN p.name AS who, o.name AS firm, o.kinds AS kinds ORDER BY who"
    ) == [
        {"who": "Анна", "firm": "ООО «Ромашка»", "kinds": ["partner"]},
        {"who": "Борис", "firm": "ООО «Ромашка»", "kinds": ["partner"]},
        {"who": "Вера", "firm": "Вега", "kinds": ["client"]},
    ]
    again = upload(open_page("import"), people)
    assert "nothing would change" in texts(again)


def test_a_hostile_header_is_shown_as_it_is(page_environment, open_page):
    name = "<img src=x onerror=alert(1)> [a](javascript:alert(1))"
    at = upload(open_page("import"), ("people.csv", f'id,name,"{name}"\np,Anna,x\n'))
    assert not at.exception
    (box,) = [box for box in at.selectbox if "img" in box.label]
    assert "<img" not in box.label.replace("\\<", "")
    assert "](" not in box.label.replace("\\](", "").replace("\\]\\(", "")
