"""Address cards of all three versions, as telephones and mail programs write them (issue 4, section 2)."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.ingest.contacts import Organizations, resolve_contacts
from graphcrm.ingest.limits import LIMITS, Limits
from graphcrm.ingest.read import read_source
from graphcrm.ingest.sources import stream_sources, usable_sources
from graphcrm.ingest.vcard_fields import birthday


def read(content, name="contacts.vcf", limits=LIMITS):
    data = content if isinstance(content, bytes) else content.replace("\n", "\r\n").encode()
    sources, problems = usable_sources(stream_sources([(name, BytesIO(data))], limits), limits)
    assert problems == []
    return [table for source in sources for table in read_source(source, limits)]


def people(content):
    """Line -> what the card at that line says, without the id."""
    found = {}
    for table in read(content):
        for row in table.rows:
            found[row.line] = {c: v for c, v in zip(table.columns, row.cells, strict=True) if c != "id"}
    return found


def ids(content):
    known = Organizations(key=str.casefold, nearest=lambda _text, _names: None)
    known.add("verf", ["Верфь", "Verf, GmbH"])
    tables = [table for table in resolve_contacts(read(content), known) if table.stem == "people"]
    return [row.cells[table.columns.index("id")] for table in tables for row in table.rows]


def faults(content, **more):
    return [(problem.row, problem.code) for table in read(content, **more) for problem in table.problems]


def notes(content):
    return [note.describe() for table in read(content) for note in table.notes]


OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=91=D0=B5=D0=BB=D0=BE=D0=B2=D0=B0;=D0=90=D0=BD=D0=BD=D0=B0;=
=D0=98=D0=B3=D0=BE=D1=80=D0=B5=D0=B2=D0=BD=D0=B0;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=90=D0=BD=D0=BD=D0=B0 =D0=91=D0=B5=D0=BB=D0=BE=D0=B2=D0=B0
TEL;HOME;FAX:+7 495 000 00 00
TEL;WORK:+7 495 111 11 11
TEL;CELL;PREF:+7 916 222 22 22
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=92=D0=B5=D1=80=D1=84=D1=8C
NOTE;ENCODING=QUOTED-PRINTABLE:first=0D=0Asecond
BDAY:19680509
PHOTO;ENCODING=BASE64;JPEG:
 /9j/4AAQSkZJRgABAQAAAQ
 ABAAD/2wBDAAg

END:VCARD
"""
MIDDLE = """BEGIN:VCARD
VERSION:3.0
PRODID:-//A phone//EN
N:Lukin;Boris;;Dr.;
FN:Boris Lukin
NICKNAME:Borya,Bob
item1.EMAIL;TYPE=INTERNET,HOME:boris@home.example
EMAIL;TYPE=WORK,PREF:b.lukin@verf.example
ORG:Verf\\, GmbH;Purchasing
TITLE:Head of
  purchasing
ADR;TYPE=HOME:;;Street 1;Bonn;;53111;Germany
BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29
URL:https://example.com
X-ABLabel:_$!<HomePage>!$_
END:VCARD
"""
NEW = """BEGIN:VCARD
VERSION:4.0
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
FN:Clara Weiß
N:Weiß;Clara;;;
GENDER:F;woman
BDAY:--0401
LANG;PREF=1:de-AT
EMAIL;PREF=2:other@example.com
EMAIL;PREF=1:clara@example.com
TEL;VALUE=uri:tel:+49-30-1234567
ROLE:Engineer
NOTE:one\\, two\\nthree
END:VCARD
"""


def test_a_card_of_version_2_1_with_quoted_printable_cyrillic():
    assert people(OLD)[1] == {
        "name": "Анна Белова",
        "given_name": "Анна",
        "family_name": "Белова",
        "patronymic": "Игоревна",
        "phone": "+7 916 222 22 22",
        "birth_date": "1968-05-09",
        "organization": "Верфь",
        "note": "first\nsecond",
    }
    assert notes(OLD) == ["Not taken over from the cards: TEL (2), PHOTO (1)."]


def test_a_card_of_version_3_with_groups_folded_lines_and_a_birthday_without_year():
    assert people(MIDDLE)[1] == {
        "name": "Boris Lukin",
        "given_name": "Boris",
        "family_name": "Lukin",
        "other_names": "Borya|Bob",
        "email": "b.lukin@verf.example",
        "birth_date": "--02-29",
        "home_city": "Bonn",
        "organization": "Verf, GmbH",
        "title": "Head of purchasing",
    }
    assert set(notes(MIDDLE)[0].removeprefix("Not taken over from the cards: ").rstrip(".").split(", ")) == {
        "EMAIL (1)",
        "URL (1)",
        "ADR (1)",
        "N (1)",
        "ORG (1)",
    }


def test_a_card_of_version_4():
    assert people(NEW)[1] == {
        "name": "Clara Weiß",
        "given_name": "Clara",
        "family_name": "Weiß",
        "gender": "female",
        "language": "de",
        "email": "clara@example.com",
        "phone": "+49-30-1234567",
        "birth_date": "--04-01",
        "title": "Engineer",
        "note": "one, two\nthree",
    }


def test_several_cards_in_a_file_and_a_broken_one_costs_no_other():
    broken = "BEGIN:VCARD\nVERSION:3.0\nORG:Nobody\nEND:VCARD\n"
    unclosed = "BEGIN:VCARD\nVERSION:3.0\nFN:Dora Kern\n"
    found = people(MIDDLE + broken + unclosed + NEW)
    assert [one["name"] for one in found.values()] == ["Boris Lukin", "Dora Kern", "Clara Weiß"]
    assert faults(MIDDLE + broken + unclosed + NEW) == [(17, "card_without_name")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_the_encoding_of_the_file_is_found_out(encoding):
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Анна Белова\r\nNOTE:Встретились на выставке\r\nEND:VCARD\r\n"
    assert people(card.encode(encoding))[1]["name"] == "Анна Белова"


def test_a_line_may_name_a_character_set_of_its_own():
    lines = [
        b"BEGIN:VCARD",
        b"VERSION:2.1",
        b"FN;CHARSET=windows-1251:" + "Анна Белова".encode("cp1251"),
        b"TITLE;CHARSET=koi8-r:" + "Директор".encode("koi8-r"),
        b"NICKNAME;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=C0=ED=FF",
        b"END:VCARD",
    ]
    assert people(b"\r\n".join(lines) + b"\r\n")[1] == {
        "name": "Анна Белова",
        "title": "Директор",
        "other_names": "Аня",
    }


def test_ids_are_stable_and_follow_the_cards_own_id():
    assert ids(MIDDLE) == ids(MIDDLE.replace("+7", "+8").replace("Head of", "Chief of"))
    assert ids(NEW) == ids(NEW.replace("Clara Weiß", "Clara Schwarz"))
    assert len({*ids(OLD), *ids(MIDDLE), *ids(NEW)}) == 3
    plain = MIDDLE.replace("FN:Boris Lukin", "FN:boris  LUKIN")
    assert ids(plain) == ids(MIDDLE)


def test_what_a_card_does_not_say_is_not_among_its_columns():
    (table,) = read("BEGIN:VCARD\nVERSION:3.0\nFN:Dora Kern\nEMAIL:\nEND:VCARD\n")
    assert table.columns == ("name",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1968", "1968"),
        ("1968-05", "1968-05"),
        ("1968-05-09", "1968-05-09"),
        ("19680509T000000Z", "1968-05-09"),
        ("--05", "--05"),
        ("---09", "---09"),
        ("circa 1800", "circa 1800"),
    ],
)
def test_birthdays(text, expected):
    assert birthday(text) == expected


def test_files_without_cards_and_with_too_many_are_told():
    assert faults("name,phone\nAnna,1\n") == [(0, "no_cards")]
    assert faults("") == [(0, "no_cards")]
    assert faults(MIDDLE * 3, limits=Limits(cards=2)) == [(0, "too_many_cards")]
    sources = stream_sources([("a.vcf", BytesIO(b"x" * 200))], Limits(card_bytes=100))
    assert [problem.code for problem in usable_sources(sources, Limits(card_bytes=100))[1]] == ["too_large"]


def test_a_card_with_control_characters_is_refused_by_its_line():
    assert faults(MIDDLE + "BEGIN:VCARD\nVERSION:3.0\nFN:Do\x00ra\nEND:VCARD\n") == [(17, "control_character")]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_it_crash(noise):
    read(b"\r\n" + noise)
    good = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Good\r\nEND:VCARD\r\n"
    tables = read(good + b"BEGIN:VCARD\r\nVERSION:2.1\r\n" + noise + b"\r\nEND:VCARD\r\n" + good)
    assert sum(len(table.rows) + len(table.broken) for table in tables) >= 2


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40))
def test_any_name_comes_through(name):
    escaped = name.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    found = people(f"BEGIN:VCARD\nVERSION:4.0\nFN:{escaped}\nEND:VCARD\n")
    assert [one["name"] for one in found.values()] == ([name.strip()] if name.strip() else [])


def test_commas_belong_to_the_text_escaped_or_not():
    card = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Smith, John\nN:Smith, Jr;John;;;\nORG:Foo, Inc;Sales, B\nNOTE:Hello, world\\, a\n"
        "  and, more\nEND:VCARD\nBEGIN:VCARD\nVERSION:2.1\nFN:Bob\n"
        "NOTE;ENCODING=QUOTED-PRINTABLE:a, b=2C c=\nNOTE: d, e\nEND:VCARD\n"
    )
    first, second = people(card).values()
    assert (first["name"], first["family_name"], first["organization"]) == ("Smith, John", "Smith, Jr", "Foo, Inc")
    assert (first["note"], second["note"]) == ("Hello, world, a and, more", "a, b, cNOTE: d, e")
