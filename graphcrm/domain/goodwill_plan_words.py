"""The English sentences of the goodwill plan of a quarter."""

from __future__ import annotations

from collections.abc import Mapping


def N_(message: str) -> str:  # the customary name of a mark for extraction
    """Mark a sentence for extraction."""
    return message


PLAN: Mapping[str, str] = {
    "plan_no_words": N_("Nothing is adequate in this quarter: the rules bar it, or it would follow another too soon."),
    "plan_budget": N_("Words only: the cheapest gift costs {cost}, and so much is not left of the budget."),
    "plan_no_gift": N_("Words only: no gift is fitting."),
    "plan_gift_late": N_("Words only: on no day after the words is a fitting gift at hand in time."),
    "plan_asked_not": N_("Asked not to be congratulated: nothing on any occasion."),
    "plan_stands": N_("Words and more stand in this quarter already."),
    "plan_too_close": N_("Words only: a gift would follow the last gesture within three weeks."),
    "step_words": N_("Words come first, and cost nothing."),
    "step_condolence": N_("In mourning: words of condolence, as soon as may be."),
    "step_event": N_("Fits as a guest of “{name}” on {date}; the event's own budget pays."),
    "step_fits": N_("Fits: {fits}."),
    "step_cheapest": N_("The cheapest that is adequate; correct and within the budget: {count}."),
    "step_own_date": N_("On a date of theirs: {name}."),
    "step_occasion": N_("On a date of their firm, trade or country: {name}."),
    "step_before": N_("{name} on {date} is a day off: on the working day before."),
    "step_no_occasion": N_("On no date: a working day in a week that is free."),
    "step_invite_early": N_("The invitation goes out early enough for an answer."),
    "step_same_week": N_("Another step of the same colleague lies in this week."),
    "step_too_close": N_("Less than three weeks from another gesture to the same person."),
    "step_no_words": N_("No words come before it."),
    "step_day_past": N_("The day {date} is past: choose one from today on."),
    "step_day_off": N_("It falls on a day off there."),
    "step_after_event": N_("An invitation goes out before the event on {date}."),
    "step_chosen": N_("Chosen by hand."),
    "step_no_owner": N_("Nobody of ours is named who does it: choose somebody."),
    "step_not_correct": N_("By the rules it is not correct."),
    "step_gone": N_("It can no longer be chosen: look at the proposal again."),
    "step_after_last_day": N_("After their last day there, {date}."),
    "outcome_none": N_("No gesture is recorded in this time, so there is nothing to compare."),
    "outcome_too_few": N_(
        "Of {count} people with gestures whose attitude is known, {turned} turned more favourable and {back} less. "
        "Fewer than {least} with or without gestures: too few to tell anything from it."
    ),
    "outcome_same": N_(
        "As many turned more favourable with gestures ({turned} of {count}) as without ({turned_others} of {others}): "
        "no effect is seen."
    ),
    "outcome_differs": N_(
        "With gestures {turned} of {count} turned more favourable, without {turned_others} of {others}. This is no "
        "proof that the gestures did it: those who are chosen for gestures differ from the others."
    ),
}
"""About the goodwill plan of a quarter, and what came after."""
