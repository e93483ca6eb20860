"""Finds out how the bytes of a CSV file mean text: UTF-8 with or without a mark, UTF-16 with one, or cp1251."""

from __future__ import annotations

import codecs
from typing import BinaryIO

from charset_normalizer import from_bytes

_CHUNK = 1024 * 1024
_SAMPLE = 256 * 1024
_LEGACY = ("cp1251", "koi8_r", "cp866", "mac_cyrillic", "cp1252", "cp1250", "cp1254")


def find_encoding(stream: BinaryIO) -> str:
    """The name of the codec. The stream is read to its end in chunks, in bounded memory.

    A file that is UTF-8 but for a few lines is UTF-8 with bad lines (each is reported). One whose lines beyond ASCII
    are mostly not UTF-8 is of an older encoding: charset-normalizer tells which by its letters, cp1251 when unsure.
    """
    head = stream.read(4)
    stream.seek(0)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    good, bad, sample = 0, 0, bytearray()
    while line := stream.readline(_CHUNK):
        if line.isascii():
            continue
        if _is_utf8(line):
            good += 1
        else:
            bad += 1
            sample += line[: _SAMPLE - len(sample)]
    return "utf-8-sig" if good >= bad else _legacy_encoding(bytes(sample))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _legacy_encoding(sample: bytes) -> str:
    best = from_bytes(sample, cp_isolation=list(_LEGACY)).best()
    return best.encoding if best else "cp1251"
