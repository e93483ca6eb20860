"""Refused rows as files: rows that are being mended from an earlier import are never overwritten."""

from pathlib import Path

import pytest

from graphcrm.cli.data import _write_rejected
from graphcrm.errors import FolderNotWritable


def test_a_second_import_leaves_the_rows_of_the_first_alone(tmp_path: Path):
    wanted = tmp_path / "rejected"
    (first,) = _write_rejected({"people.csv": b"id,name,problem\np,,required\n"}, wanted)
    first.write_text("id,name,problem\np,half mended,required\n", "utf-8")
    (second,) = _write_rejected({"people.csv": b"id,name,problem\nq,,required\n"}, wanted)
    (third,) = _write_rejected({"deals.csv": b"id,name,problem\nd,,required\n"}, wanted)
    assert [path.parent.name for path in (first, second, third)] == ["rejected", "rejected-2", "rejected-3"]
    assert "half mended" in first.read_text("utf-8")
    assert second.read_text("utf-8-sig").splitlines()[1] == "q,,required"


def test_an_empty_folder_is_used_and_nothing_makes_no_folder(tmp_path: Path):
    (tmp_path / "rejected").mkdir()
    assert _write_rejected({}, tmp_path / "other") == []
    assert not (tmp_path / "other").exists()
    assert _write_rejected({"a.csv": b"id\n"}, tmp_path / "rejected") == [tmp_path / "rejected" / "a.csv"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(FolderNotWritable, match="could not be written to"):
        _write_rejected({"a.csv": b"id\n"}, tmp_path / "file" / "rejected")
