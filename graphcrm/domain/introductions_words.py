"""The English sentences of introductions: why a tie or a person counts as they do, and what to ask."""

from __future__ import annotations

from collections.abc import Mapping


def N_(message: str) -> str:  # the customary name of a mark for extraction
    """Mark a sentence for extraction."""
    return message


INTRODUCTIONS: Mapping[str, str] = {
    "will_introduced": N_("Introduced us before: {count}."),
    "will_refused": N_("Would not introduce us before: {count}."),
    "will_stance": N_("The attitude to us: {support}."),
    "will_mood": N_("The mood of the last contact: {mood}, {date}."),
    "will_unknown": N_("Whether they would help is not known."),
    "reasoned_works_at": N_("Both worked at {place}, {first} to {last}."),
    "reasoned_works_at_since": N_("Both have worked at {place} since {first}."),
    "reasoned_works_at_now": N_("Both work at {place}."),
    "reasoned_studied_at": N_("Both studied at {place}, {first} to {last}."),
    "reasoned_sits_on": N_("Both sat on one body of {place}, {first} to {last}."),
    "reasoned_sits_on_since": N_("Both have sat on one body of {place} since {first}."),
    "reasoned_sits_on_now": N_("Both sit on one body of {place}."),
    "reasoned_member_of": N_("Both were members of {place}, {first} to {last}."),
    "reasoned_member_of_since": N_("Both have been members of {place} since {first}."),
    "reasoned_member_of_now": N_("Both are members of {place}."),
    "ask_direct": N_("{employee} and {person} know each other: no introduction is needed."),
    "ask_one": N_("{employee} asks {introducer} for an introduction to {person}."),
    "ask_two": N_(
        "{employee} asks {first} for a word with {second}, and then {second} for an introduction to {person}."
    ),
    "mend_undated": N_("First find out whether {one} and {other} are still in touch: no day is recorded."),
    "mend_stale": N_("{one} and {other} were last known to be in touch on {date}: let that contact come alive first."),
    "mend_strength_unknown": N_("How close {one} and {other} are is not known: find out before you count on it."),
    "mend_weak": N_(
        "{one} and {other} are not close ({strength} of 10): ask for something small, such as two lines passed on."
    ),
    "mend_unsure": N_("It is not certain that {one} and {other} know each other ({share}): check it first."),
    "mend_will_unknown": N_("Whether {introducer} would help is not known: ask for advice first, then for the favour."),
    "mend_will_low": N_("{introducer} has little reason to help us yet: do something for them first."),
}
"""Sentences by code."""
