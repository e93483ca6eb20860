"""The collector of circular garbage rests while somebody imports, and not a moment longer."""

import gc

import pytest

from graphcrm.ingest.collector import no_collector


def test_the_collector_rests_until_the_last_import_is_done():
    assert gc.isenabled()
    with no_collector:
        with no_collector:
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_import_that_fails_gives_it_back():
    @no_collector
    def fails() -> None:
        assert not gc.isenabled()
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fails()
    assert gc.isenabled()


def test_who_had_it_off_keeps_it_off():
    gc.disable()
    try:
        with no_collector:
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
