"""Address cards into real Neo4j: whom they name, where these work, what is told (issue 4, section 2)."""

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from tests.import_folder import graph_hash, put

FIRMS = "id,name,legal_name,kinds\nverf,Верфь,ООО «Верфь»,client\nbank,Bank,,partner\n"
CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Анна Белова
ORG:ООО "Верфь";Снабжение
TITLE:Директор
BDAY:--0509
NOTE:Любит, чтобы звонили утром
END:VCARD
BEGIN:VCARD
VERSION:4.0
UID:1
FN:Boris Lukin
ORG:Unknown Works
EMAIL:boris@works.example
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Clara Weiß
BDAY:soon
END:VCARD
"""


def test_cards_become_people_at_their_organisation_and_the_rest_is_told(database):
    put(database, {"organizations.csv": FIRMS})
    report = put(database, {"contacts.vcf": CARDS}, skip_bad_rows=True)
    assert [(problem.place, problem.code, problem.value) for problem in report.problems] == [
        ("contacts.vcf:9:organization", "unknown_organization_far", "Unknown Works"),
        ("contacts.vcf:16:birth_date", "bad_partial_date", "soon"),
    ]
    assert [note.code for note in report.notes] == ["cards_left_out"]
    jobs = database.read(
        "MATCH (p:Person)-[w:WORKS_AT]->(o) RETURN p.name AS who, p.birth_date AS born, o.id AS firm, "
        "w.title AS title, w.note AS note"
    )
    assert jobs == [
        {
            "who": "Анна Белова",
            "born": "--05-09",
            "firm": "verf",
            "title": "Директор",
            "note": "Любит, чтобы звонили утром",
        }
    ]
    ((name, content),) = report.refused_files.items()
    assert name == "contacts.vcf.xlsx"
    book = load_workbook(BytesIO(content))
    header = [cell.value for cell in book["people"][1]]
    book["people"].cell(2, header.index("organization") + 1).value = "bank"
    book["people"].cell(3, header.index("birth_date") + 1).value = "1970"
    mended = BytesIO()
    book.save(mended)
    assert put(database, {name: mended.getvalue()}).problems == ()
    assert database.read("MATCH (p:Person) RETURN count(p) AS n") == [{"n": 3}]
    assert database.read("MATCH (p:Person)-[:WORKS_AT]->(o {id: 'bank'}) RETURN p.name AS who") == [
        {"who": "Boris Lukin"}
    ]


def test_the_same_cards_twice_change_nothing_and_take_nothing_away(database):
    good = CARDS.replace("Unknown Works", "BANK").replace("BDAY:soon\n", "")
    put(database, {"organizations.csv": FIRMS})
    report = put(database, {"contacts.vcf": good})
    assert (report.nodes_created, report.ties_created) == (3, 2)
    database.write("MATCH (p:Person {name: 'Clara Weiß'}) SET p.email = 'clara@example.com'")
    before = graph_hash(database)
    assert put(database, {"contacts.vcf": good}).changed_nothing
    assert graph_hash(database) == before


def test_cards_and_their_organisations_may_come_together(database):
    report = put(
        database, {"organizations.csv": FIRMS, "contacts.vcf": CARDS.replace("BDAY:soon\n", "")}, skip_bad_rows=True
    )
    assert [problem.code for problem in report.problems] == ["unknown_organization_far"]
    assert database.read("MATCH (:Person)-[:WORKS_AT]->(o:Client) RETURN o.id AS id") == [{"id": "verf"}]


def test_the_firms_of_a_telephones_contacts_are_made_when_asked(command, database, tmp_path: Path):
    """Into an empty graph, through the real command: a second import of the same cards finds all of it."""
    book = tmp_path / "phone.vcf"
    book.write_text(CARDS.replace("BDAY:soon\n", ""), "utf-8")
    code, said = command("import", book, "--new-organizations", "partner")
    assert code == 0, said
    jobs = database.read("MATCH (p:Person)-[:WORKS_AT]->(o:Partner) RETURN p.name AS who, o.name AS firm ORDER BY who")
    assert jobs == [
        {"who": "Boris Lukin", "firm": "Unknown Works"},
        {"who": "Анна Белова", "firm": 'ООО "Верфь"'},
    ]
    code, said = command("import", book)
    assert (code, "Nothing was changed" in said) == (0, True), said
