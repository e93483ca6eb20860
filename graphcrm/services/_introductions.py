"""The ways to a person as a result, and in words for the command line. Shared; not a service itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graphcrm.domain.introductions import COLD_CALL, Chain, Link, Ways
from graphcrm.domain.introductions_warmth import MET
from graphcrm.domain.reasoned_ties import ReasonedTie
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.queries.binder import Asked
from graphcrm.queries.introductions import LedgerEntry, NearestChain
from graphcrm.services._wording import day, number, percent, sentence, value_name
from graphcrm.vocabulary import VOCABULARY


@dataclass(frozen=True, slots=True)
class Reach:
    """The ways to a person as of a day.

    Attributes:
        ours: the person is one of our own. absent: the seat is vacant, or the person is dead.
        ways: the warmest chains, those colder than a cold call, and whether the first is the best of all.
        names, jobs: by id, of all people in the chains.
        nearest: the shortest chain there is when ``ways`` holds none: how many ties too long it is.
        ledger: introductions to the person or asked of them, and those asked of the go-betweens.
        asked: the queries, for "How was this computed?".
    """

    person_id: str
    name: str
    as_of: date
    ours: bool
    absent: bool
    ways: Ways
    names: Mapping[str, str]
    jobs: Mapping[str, str]
    nearest: NearestChain | None
    ledger: tuple[LedgerEntry, ...]
    asked: tuple[Asked, ...]


def link_name(link: Link) -> str:
    """What ties the two, read from the one who comes first in the chain."""
    if link.tie.kind == MET:
        return _("has met")
    kind = VOCABULARY.ties[link.tie.kind]
    if link.tie.one_id == link.from_id:
        return kind.name_in(language())
    return kind.reverse_ru if language() == "ru" else kind.reverse_en


def how_far(found: Reach) -> str:
    """What is to be said where no chain is worth walking; "" where there is one."""
    if found.absent:
        return _("There is nobody to be introduced to.")
    if found.ways.warm:
        return ""
    if found.ways.cold:
        return _(
            "The chains that there are, are colder than a cold call ({share}): call or write yourself.",
            share=percent(COLD_CALL),
        )
    if found.nearest is not None:
        return _(
            "The nearest chain needs {count} go-betweens, one hop too many or more: each of them asks somebody whom"
            " they know less. A cold call is better. The chain: {people}.",
            count=found.nearest.ties - 1,
            people=" → ".join(found.nearest.names),
        )
    return _("No chain of acquaintance from us is known.")


def how_exact(found: Reach) -> str:
    """Whether the first chain is the best of all."""
    if found.ways.exact:
        return _("All chains over at most two go-betweens were compared: the first is the warmest.")
    return _("The circle is too large to read whole: these are the warmest of the chains that were read.")


def reach_lines(found: Reach, reasoned: Sequence[ReasonedTie] = ()) -> Iterator[str]:
    """The answer, line by line."""
    yield _("How to reach {name} ({day})", name=found.name, day=day(found.as_of))
    if found.ours:
        yield _("This is one of us.")
        return
    for place, chain in enumerate(found.ways.warm, 1):
        yield f"{place}. " + _("{points} of 100", points=number(100 * chain.warmth))
        yield from (f"   {line}" for line in chain_lines(found, chain))
    far = how_far(found)
    yield from (line for line in (far,) if far)
    for chain in found.ways.cold[:1] if not found.ways.warm else ():
        yield from (f"   {line}" for line in chain_lines(found, chain))
    if found.ways.warm or found.ways.cold or not found.ways.exact:
        yield how_exact(found)
    if found.ledger:
        yield _("Introductions so far")
        for entry in found.ledger:
            status = value_name("introduction_status", entry.status)
            who = " → ".join(one for one in (entry.employee_name, entry.introducer_name, entry.introduced_name) if one)
            yield "   " + "; ".join(part for part in (day(entry.asked_on), who, status, entry.outcome) if part)
    if reasoned:
        yield _("May know, not counted until somebody has said so")
        yield from (f"   {tie.other_name}: {sentence(tie.code, tie.params)}" for tie in reasoned)


def chain_lines(found: Reach, chain: Chain) -> Iterator[str]:
    """One chain: its people and ties, what the ties rest on, and what to ask."""
    steps = [found.names.get(chain.people[0], chain.people[0])]
    for link in chain.links:
        steps.append(f"—{link_name(link)}→ {found.names.get(link.to_id, link.to_id)}")
    yield " ".join(steps)
    for at, link in enumerate(chain.links):
        weak = chain.weakest.kind == "tie" and chain.weakest.at == at
        yield "- " + "; ".join([link_line(link), *([_("the weakest link")] if weak else [])])
    for at, (person, ready) in enumerate(zip(chain.go_betweens, chain.willing, strict=True)):
        weak = chain.weakest.kind == "person" and chain.weakest.at == at
        told = f"{found.names.get(person, person)}: {percent(ready.value)}. {sentence(ready.code, ready.params)}"
        yield "- " + "; ".join([told, *([_("the weakest link")] if weak else [])])
    for advice in chain.ask:
        yield "> " + sentence(advice.code, advice.params)


def link_line(link: Link) -> str:
    """What the warmth of a tie is made of, with its proof."""
    tie, warmth = link.tie, link.warmth
    strength = _strength(link)
    sure = _("confidence {share}", share=percent(warmth.confidence))
    if "confidence" in warmth.assumed:
        sure = _("confidence not known, taken as {share}", share=percent(warmth.confidence))
    fresh = "" if warmth.decayed else _("freshness {share}", share=percent(warmth.freshness)) + " "
    when = _("last known {date}", date=day(tie.last)) if tie.last else _("no day known")
    parts = [link_name(link), tie.about, strength, sure, f"{fresh}({when})" if fresh else when]
    if tie.source:
        parts.append(_("source: {source}", source=tie.source))
    return f"{percent(warmth.value)}: " + ", ".join(part for part in parts if part)


def _strength(link: Link) -> str:
    warmth, strength = link.warmth, number(10 * link.warmth.strength, 1)
    if warmth.decayed:
        return _("strength today {strength} of 10, contacts: {count}", strength=strength, count=len(link.tie.contacts))
    if "strength" in warmth.assumed:
        return _("strength not known, taken as {strength} of 10", strength=strength)
    return _("strength {strength} of 10", strength=strength)
