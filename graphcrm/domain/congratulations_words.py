"""The English sentences of congratulations: why not, and why by this channel."""

from __future__ import annotations

from collections.abc import Mapping


def N_(message: str) -> str:  # the customary name of a mark for extraction
    """Mark a sentence for extraction."""
    return message


CONGRATULATIONS: Mapping[str, str] = {
    "congratulate_deceased": N_("Has died: no congratulations. Send condolences instead."),
    "congratulate_left": N_("Has left the firm: not to be congratulated there."),
    "congratulate_retired": N_("Has retired: not to be congratulated at the firm."),
    "congratulate_unwanted": N_("Asked not to be congratulated."),
    "congratulate_mourning": N_("In mourning: no congratulations for now."),
    "congratulate_not_now": N_("Not to be congratulated at present."),
    "channel_preferred": N_("The channel they prefer."),
    "channel_close": N_("The relation is close, and the phone number is known: a call is warmer than a letter."),
    "channel_address_known": N_("The e-mail address is known; a preferred channel is not."),
    "channel_only_phone": N_("Only the phone number is known."),
    "channel_nothing_known": N_("Neither e-mail nor phone is known: a card to the firm's address."),
    "week_congratulate": N_("{occasion}. By {employee}: {channel}."),
    "week_congratulate_nobody": N_("{occasion}. Nobody of ours covers them."),
    "week_congratulate_many": N_("{occasion}. Congratulated: {sent} of {count}."),
    "week_congratulated": N_("{occasion}. Congratulated on {date}."),
    "week_condolence": N_("Has died: condolences are to be sent."),
}
