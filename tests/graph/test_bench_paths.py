"""The bench of warm paths runs, its peers find the same chains, and a wrong answer of theirs ends it."""

import pytest

from bench import paths
from bench.clientele import write_folder
from graphcrm.domain.viewer import OWNER
from graphcrm.services.importing import import_folder


def test_all_ways_to_ask_find_the_same_chains(database, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "PEOPLE", 4)
    monkeypatch.setattr(paths, "WARM_UP", 1)
    monkeypatch.setattr(paths, "ROUNDS", 1)
    import_folder(database, OWNER, write_folder(tmp_path / "csv", 300))
    assert len(paths.lines(database, 300, "300 people")) == 5
    monkeypatch.setattr(paths, "ALLOWED", "false")
    with pytest.raises(AssertionError):
        paths.lines(database, 300, "300 people")
