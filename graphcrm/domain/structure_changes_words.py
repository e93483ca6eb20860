"""The English sentences of what changed in a power structure."""

from __future__ import annotations

from collections.abc import Mapping


def N_(message: str) -> str:  # the customary name of a mark for extraction
    """Mark a sentence for extraction."""
    return message


STRUCTURE_CHANGES: Mapping[str, str] = {
    "change_came": N_("{person} came: {title}."),
    "change_came_untitled": N_("{person} came."),
    "change_left": N_("{person} left: {title}."),
    "change_left_untitled": N_("{person} left."),
    "change_title": N_("{person} is now {title}; before: {title_before}."),
    "change_turned_to_us": N_("{person} turned towards us: from {support_before} to {support}."),
    "change_turned_from_us": N_("{person} turned away from us: from {support_before} to {support}."),
    "change_stance_known": N_("{person}: the attitude to us became known: {support}."),
    "change_stance_unknown": N_("{person}: the attitude to us is no longer known; before: {support_before}."),
    "change_turned_back": N_("{person} turned and turned back: in between {support_before}, now {support} again."),
    "change_roles_gained": N_("{person} has a new say as: {roles}."),
    "change_roles_lost": N_("{person} no longer has a say as: {roles}."),
    "change_political": N_("{person}: political status from {political_before} to {political_status}."),
    "change_boss": N_("{person} now reports to {boss}; before: {boss_before}."),
    "change_boss_new": N_("{person} now reports to {boss}."),
    "change_boss_gone": N_("{person} no longer reports to {boss_before}."),
    "change_influence_began": N_("{source} has begun to influence {target}."),
    "change_influence_ended": N_("{source} no longer influences {target}."),
    "change_influence_stronger": N_("{source} influences {target} more: from {strength_before} to {strength} of 10."),
    "change_influence_weaker": N_("{source} influences {target} less: from {strength_before} to {strength} of 10."),
    "change_conflict_began": N_("{source} and {target} are at odds."),
    "change_conflict_ended": N_("{source} and {target} are no longer at odds."),
    "change_contact_began": N_("{employee} is now in touch with {person}."),
    "change_contact_ended": N_("{employee} is no longer in touch with {person}."),
    "change_contact_level": N_("{employee} and {person}: from {level_before} to {level_now}."),
}
"""Sentences by code."""
CHANGE_KINDS: Mapping[str, str] = {
    "people": N_("Who came and who left"),
    "stance": N_("Who turned"),
    "lines": N_("Lines of power"),
    "contact": N_("Our contacts"),
}
"""Titles by kind."""
