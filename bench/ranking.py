"""The ranking of key figures with its uncertainty, 200 worlds, beside the same ranking world by world on NetworkX."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from bench.harness import Contender, Line, Report, Say, faster, interleave, ratio
from graphcrm.domain.power import PowerWeights, rank_key_figures
from graphcrm.domain.resampling import UNKNOWN_ROLES, Scored, Worlds, draw_worlds, rights_of, rungs, stability
from graphcrm.domain.structure import InfluenceTie, PowerStructure, Stakeholder

SIZES = (50, 200, 1_000)
WORLDS = 200
ALONE = {50: 40, 200: 20, 1_000: 4}
"""How many of the worlds the peer ranks; its time is scaled up to all of them."""
ROLES = ("user", "influencer", "technical_evaluator", "approver", "gatekeeper")


def run(work: Path, most: int, say: Say) -> Report:
    """Clients of 50, 200 and 1,000 people with three ties of influence to a person."""
    report, apart = Report("ranking", "Ranking with its uncertainty"), 0.0
    for people in (size for size in SIZES if size <= most):
        structure, alone = client(people), ALONE[people]
        say(f"ranking: {people:,} people")
        drawn = draw_worlds(structure, np.random.default_rng(1), WORLDS)
        certain = [in_world(drawn, world) for world in range(alone)]
        found = interleave(
            [
                Contender("graphcrm", lambda _, given=structure: _ours(given)),
                Contender("networkx", lambda _, given=certain: [rank_key_figures(one) for one in given]),
            ],
            3 if people < 1_000 else 1,
        )
        apart = max(apart, _apart(found["graphcrm"].answer, found["networkx"].answer))
        ours, peer = found["graphcrm"], found["networkx"]
        report.lines.append(
            Line(f"{people:,} people, {WORLDS} worlds", f"NetworkX, world by world ({alone} of them)",
                 ours.both(), peer.both(), faster(ours, peer, WORLDS / alone), "10 x",
                 ratio(ours, peer, WORLDS / alone) >= 10)
        )  # fmt: skip
    report.remarks = [
        f"The scores of everybody in the worlds that both ranked: at most {apart:.1e} apart.",
        "The peer ranks a structure in which all that the world drew is certain; its time is scaled to 200 worlds in "
        "the ratio, not in its column.",
    ]
    assert apart < 1e-9, f"the scores differ by {apart}"
    return report


def _ours(structure: PowerStructure) -> Scored:
    scored = Scored(draw_worlds(structure, np.random.default_rng(1), WORLDS), PowerWeights())
    stability(scored)
    return scored


def _apart(scored: Scored, ranked: list) -> float:
    return max(
        abs((figure.score.value or 0.0) - scored.total[world, scored.index[figure.person_id]])
        for world, figures in enumerate(ranked)
        for figure in figures
    )


def client(people: int, seed: int = 1) -> PowerStructure:
    """An invented client: five decide, half of the others have no known role, a tenth no known level."""
    chance = random.Random(seed)
    ids = [f"p{number}" for number in range(people)]

    def person(number: int, one: str) -> Stakeholder:
        roles = {"decision_maker"} if number < 3 else {"payment_decider"} if number < 5 else {chance.choice(ROLES)}
        known = number < 5 or chance.random() < 0.5
        level = 1 + min(5, number // max(1, people // 6)) if number == 0 or chance.random() < 0.9 else None
        sure = chance.choice([0.5, 0.7, 0.9, None])
        return Stakeholder(one, one, level=level, roles=frozenset(roles if known else ()), confidence=sure)

    staff = tuple(person(number, one) for number, one in enumerate(ids))
    pairs = sorted({tuple(chance.sample(ids, 2)) for _ in range(3 * people)})
    ties = tuple(
        InfluenceTie(f"t{number}", *pair, chance.choice([None, 3, 5, 8, 9]), confidence=chance.choice([0.5, 0.7, 0.9]))
        for number, pair in enumerate(pairs)
    )
    return PowerStructure("client", date(2026, 1, 1), people=staff, influences=ties)


def in_world(worlds: Worlds, world: int) -> PowerStructure:
    """One of the worlds as a structure in which all is known and certain."""
    deepest = rungs(worlds.structure)
    people = []
    for column, person in enumerate(worlds.people):
        rights = tuple(worlds.rights[:, world, column])
        roles = person.roles or {one for one in UNKNOWN_ROLES if rights_of(person, one) == rights}
        held = frozenset(sorted(roles)[:1] if not person.roles else roles) if any(rights) else frozenset()
        level = round(deepest + 1 - worlds.formal[world, column] * deepest)
        people.append(replace(person, roles=held, confidence=1.0, level=level))
    ties = tuple(
        replace(tie, strength=10 * worlds.strength[place, world], confidence=1.0)
        for place, tie in enumerate(worlds.ties)
        if worlds.present[place, world]
    )
    return replace(worlds.structure, people=tuple(people), influences=ties)
