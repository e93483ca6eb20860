"""Calendar and mail files (C1.2): against vobject, dateutil and mailbox; hostile files stay bounded."""

from __future__ import annotations

import io
import mailbox
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import pytest
import vobject
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.ingest.calendar import day_of, read_calendar
from graphcrm.ingest.calendar_series import occurrences
from graphcrm.ingest.contact_entries import LIMITS, ContactLimits, address_of
from graphcrm.ingest.mail_headers import read_mail_headers

TODAY = date(2026, 11, 25)

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:one@firm.example
DTSTART;TZID=Europe/Berlin:20261110T093000
SUMMARY:Prices\\, terms \\; and a long title that goes on
  in the next line
DESCRIPTION:Never to be kept
ORGANIZER;CN="Dahl: Bo; sales":MAILTO:Bo@We.example
ATTENDEE;CN=Anna;PARTSTAT=ACCEPTED:mailto:anna@nord.example
ATTENDEE;CN=Per;PARTSTAT=DECLINED:mailto:per@nord.example
ATTENDEE;CUTYPE=ROOM:mailto:room@nord.example
BEGIN:VALARM
SUMMARY:Alarm
UID:alarm
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:off@firm.example
DTSTART;VALUE=DATE:20261111
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:doctor@firm.example
DTSTART:20261112T080000Z
CLASS:PRIVATE
SUMMARY:Doctor
END:VEVENT
BEGIN:VEVENT
UID:later@firm.example
DTSTART:20261212T080000Z
END:VEVENT
BEGIN:VEVENT
DTSTART:20261112T080000Z
SUMMARY:No identifier
END:VEVENT
BEGIN:VEVENT
UID:bad@firm.example
DTSTART:soon
END:VEVENT
BEGIN:VEVENT
UID:series@firm.example
DTSTART:20261102T090000Z
RRULE:FREQ=WEEKLY;BYDAY=MO
EXDATE:20261109T090000Z
SUMMARY:Jour fixe
END:VEVENT
BEGIN:VEVENT
UID:series@firm.example
RECURRENCE-ID:20261116T090000Z
DTSTART:20261117T090000Z
SUMMARY:Moved
END:VEVENT
END:VCALENDAR
"""


def calendar(text: str | bytes, limits: ContactLimits = LIMITS):
    raw = text if isinstance(text, bytes) else text.replace("\n", "\r\n").encode()
    return list(read_calendar(io.BytesIO(raw), TODAY, limits))


def mails(raw: bytes, limits: ContactLimits = LIMITS):
    return list(read_mail_headers(io.BytesIO(raw), TODAY, limits))


def test_what_an_event_says():
    first = calendar(CALENDAR)[0]
    assert (first.key, first.on, first.kind, first.left_out) == ("one@firm.example", date(2026, 11, 10), "meeting", "")
    assert first.subject == "Prices, terms ; and a long title that goes on in the next line"
    assert first.addresses == ("bo@we.example", "anna@nord.example"), "not who declined, no room"
    assert "Never" not in str(calendar(CALENDAR))


def test_another_reader_finds_the_same_events():
    ours = calendar(CALENDAR)[0]
    whole = CALENDAR.replace("DTSTART:soon", "DTSTART:20261101T090000Z").replace("\n", "\r\n")
    theirs = vobject.readOne(whole).vevent_list[0]
    assert ours.subject == theirs.summary.value
    assert ours.on == theirs.dtstart.value.date()
    assert set(ours.addresses) <= {one.value[7:].lower() for one in [*theirs.attendee_list, theirs.organizer]}


def test_what_is_left_out_and_why():
    told = {entry.key or "-": entry.left_out for entry in calendar(CALENDAR)}
    assert told == {
        "one@firm.example": "",
        "off@firm.example": "cancelled",
        "doctor@firm.example": "private",
        "later@firm.example": "future",
        "-": "no_key",
        "bad@firm.example": "no_date",
        "series@firm.example/2026-11-02": "",
        "series@firm.example/2026-11-16": "",  # moved to the 17th
        "series@firm.example/2026-11-23": "",
    }
    assert not [entry for entry in calendar(CALENDAR) if entry.subject == "Doctor"]
    assert [entry.on for entry in calendar(CALENDAR) if entry.subject == "Moved"] == [date(2026, 11, 17)]


RULES = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 9)),
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY={}".format,
        st.integers(1, 4),
        st.sets(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1).map(",".join),
    ),
    st.builds("FREQ=WEEKLY;COUNT={}".format, st.integers(1, 30)),
    st.builds("FREQ=MONTHLY;INTERVAL={}".format, st.integers(1, 5)),
    st.builds("FREQ=MONTHLY;BYDAY={}{}".format, st.sampled_from([1, 2, 3, 4, 5, -1]), st.sampled_from(["MO", "SU"])),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, st.integers(1, 31)),
    st.builds("FREQ=YEARLY;INTERVAL={};UNTIL=20300101T000000".format, st.integers(1, 3)),
)


@settings(deadline=None)
@given(st.dates(date(2018, 1, 1), date(2026, 11, 25)), RULES)
def test_the_days_of_a_series_are_those_of_dateutil(start, rule):
    from datetime import datetime

    found = rrulestr(rule, dtstart=datetime(start.year, start.month, start.day))
    last = date(2027, 1, 1)
    theirs = [one.date() for one in islice(found, 5000) if one.date() <= last]
    assert occurrences(start, rule, last, 100_000) == [day for day in theirs if day <= last]


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYSETPOS=1", "FREQ=WEEKLY;BYDAY=XX",
     "FREQ=MONTHLY;BYDAY=99MO", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1", "nonsense", "FREQ="],
)  # fmt: skip
def test_a_rule_that_is_not_understood_gives_the_first_day_alone(rule):
    start = date(2026, 1, 5)
    assert occurrences(start, rule, TODAY, 100) == [start]
    assert occurrences(start, rule, date(2026, 1, 1), 100) == []


def test_a_series_since_the_year_one_is_bounded():
    assert len(occurrences(date(1, 1, 1), "FREQ=DAILY;INTERVAL=999999", date(9999, 12, 31), 100)) <= 100
    found = occurrences(date(1990, 1, 1), "FREQ=DAILY", TODAY, 500)
    assert (len(found), found[-1]) == (500, TODAY)


MBOX = b"""\
From bo@we.example Mon Nov 23 10:00:00 2026
From: =?utf-8?q?Bo_D=C3=A4hl?= <bo@we.example>
To: "Berg, Anna" <ANNA@nord.example>, per@nord.example
Cc: undisclosed-recipients:;
Subject: =?koi8-r?B?0NLJ18XU?=
Message-ID: <m1@we.example>
Date: Mon, 23 Nov 2026 23:30:00 +0300

Secret text
From the quarry they come, without a blank line before: no new mail
>From: quoted

From list@news.example Mon Nov 23 11:00:00 2026
From: list@news.example
To: bo@we.example
List-Id: <news>
Message-ID: <m2@news.example>
Date: Mon, 23 Nov 2026 11:00:00 +0000

From bo@we.example Mon Nov 23 12:00:00 2026
From: bo@we.example
Date: not a day
Message-ID: <m3@we.example>

"""


def test_headers_of_mails_and_never_the_text():
    first, second, third = mails(MBOX)
    assert (first.key, first.on, first.kind, first.subject) == (
        "<m1@we.example>",
        date(2026, 11, 23),
        "email",
        "привет",
    )
    assert first.addresses == ("bo@we.example", "anna@nord.example", "per@nord.example")
    assert (second.left_out, third.left_out) == ("automatic", "no_date")
    assert "Secret" not in str(mails(MBOX))


def test_the_standard_library_finds_the_same_mails(tmp_path: Path):
    path = tmp_path / "box.mbox"
    # Without an empty line before it a line of the text that begins with From is no new mail (RFC 4155); there it is.
    plain = b"".join(line for line in MBOX.splitlines(keepends=True) if b"quarry" not in line)
    path.write_bytes(plain)
    theirs = [mail["Message-ID"] for mail in mailbox.mbox(path)]
    assert [entry.key for entry in mails(plain)] == theirs
    assert [entry.key for entry in mails(MBOX)] == theirs


HOSTILE = [
    b"",
    b"\x00" * 1000,
    b"BEGIN:VEVENT\n" * 1000,
    b"END:VEVENT\n" * 1000,
    b"BEGIN:VEVENT\nUID:" + b"x" * 300_000 + b"\nDTSTART:20261110\nEND:VEVENT\n",
    b"BEGIN:VEVENT\n" + b" fold\n" * 50_000 + b"END:VEVENT\n",
    b"BEGIN:VEVENT\nUID:a\nDTSTART:20261110\n" + b"ATTENDEE:mailto:a%d@x.example\n" * 3 + b"END:VEVENT",
    b'BEGIN:VEVENT\nATTENDEE;CN="never closed:mailto:a@x.example\nEND:VEVENT\n',
    b"BEGIN:VEVENT\nSUMMARY:ends in a backslash\\\nUID:a\nDTSTART:99999999\nEND:VEVENT\n",
    b"From \nSubject: " + b"=?utf-8?b?" * 5000 + b"\n\n",
    b"From x\n" + b"To: " + b"<a@x.example>,(" * 5000 + b"\n\n",
    b"From x\n" + b"X: y\n" * 100_000,
    b"From x\nTo: " + b"a" * 60_000 + b"\n\n",
    b"From x\nTo: " + b'"\\' * 30_000 + b"\n\n",
    b"From x\nDate: Mon, 99 Foo 99999 99:99:99 +9999\nMessage-ID: <a>\nSubject: =?unknown?q?a?=\n\n",
    "From x\nMessage-ID: <é>\nFrom: ü@ü.example\nSubject: сырой текст\n\n".encode(),
]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_files_are_read_to_their_end(raw):
    for entry in [*calendar(raw), *mails(raw)]:
        assert len(entry.key) <= 1000
        assert len(entry.subject) <= 300
        assert len(entry.addresses) <= 31


def test_no_more_is_read_than_the_limits_allow():
    many = b"".join(b"BEGIN:VEVENT\nUID:%d\nDTSTART:20261110\nEND:VEVENT\n" % one for one in range(50))
    assert len(calendar(many, ContactLimits(entries=7))) == 7
    letters = b"".join(b"From x\nMessage-ID: <%d>\n\n\n" % one for one in range(50))
    assert len(mails(letters, ContactLimits(entries=7))) == 7
    crowd = b"BEGIN:VEVENT\nUID:a\nDTSTART:20261110\n"
    crowd += b"".join(b"ATTENDEE:mailto:a%d@x.example\n" % one for one in range(100)) + b"END:VEVENT\n"
    assert calendar(crowd)[0].left_out == "circular"


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read(raw):
    calendar(b"BEGIN:VEVENT\n" + raw + b"\nEND:VEVENT\n")
    mails(b"From x\n" + raw)


@pytest.mark.parametrize(
    ("text", "address"),
    [(" Anna@Nord.Example ", "anna@nord.example"), ("<a@b.example>", "a@b.example"), ("a@b", ""), ("a b@c.example", ""),
     ("@c.example", ""), ("", ""), ("anna", "")],
)  # fmt: skip
def test_what_is_an_address(text, address):
    assert address_of(text) == address


@given(st.dates(date(1000, 1, 1)))
def test_a_day_as_written(day):
    assert day_of(f"{day:%Y%m%d}T235959Z") == day == day_of(f"{day:%Y%m%d}")
    assert day_of(str(day + timedelta(0))[:7]) is None
