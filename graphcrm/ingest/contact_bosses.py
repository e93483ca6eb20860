"""Who reports to whom by a list of contacts: a column that names each one's boss as the list names people, or by id.

A list says who the boss is today: where it names another one than the graph has, the former line ends
(``former_lines``).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from graphcrm.ingest.codes import folded
from graphcrm.ingest.problems import Problem, listed, shown
from graphcrm.ingest.tables import RawRow, RawTable


@dataclass(slots=True)
class Bosses:
    """The people of a list, and what it calls the boss of each."""

    named: list[tuple[RawRow, str, str, str]] = field(default_factory=list)
    by_name: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    ids: set[str] = field(default_factory=set)

    def add(self, row: RawRow, person_id: str, name: str, firm: str, boss: str) -> None:
        """A row of the list. ``firm`` tells one organisation from another."""
        if not person_id:
            return
        self.ids.add(person_id)
        self.by_name[folded(name), firm].add(person_id)
        self.by_name[folded(name), ""].add(person_id)
        if boss.strip():
            self.named.append((row, person_id, firm, boss.strip()))

    def find(self, boss: str, firm: str) -> set[str]:
        """The ids of those who are called so: at the same firm, else in the whole list."""
        if boss in self.ids:
            return {boss}
        return self.by_name.get((folded(boss), firm)) or self.by_name.get((folded(boss), ""), set())


def lines_to_bosses(lines: RawTable, bosses: Bosses) -> RawTable:
    """``lines`` filled with a REPORTS_TO for each row whose boss is one of the list; who is not found is told.

    Whom a list calls their own boss has none: so some lists mark the head.
    """
    lines.header = lines.columns = ("person_id", "boss_id")
    lines.replaces = True
    missing = []
    for row, person, firm, boss in bosses.named:
        found = bosses.find(boss, firm)
        if len(found) == 1 and found != {person}:
            lines.rows.append(RawRow(row.line, (person, next(iter(found)))))
        elif len(found) != 1:
            missing.append(shown(boss))
    if missing:
        fields = {"count": len(missing), "names": listed(list(dict.fromkeys(missing)))}
        lines.notes.append(Problem("no_boss", lines.file, fields=fields))
    return lines
