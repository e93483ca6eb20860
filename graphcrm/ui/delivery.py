"""What the app sends a browser reaches it whole and in order, also when a click comes while a part is being drawn.

Streamlit drops what waits to be sent when a fragment runs anew, but only the fragment's own elements: those of a
fragment inside it (the way to a number within a list, a dialog that a list opened) stay, without what they stand in.
A browser that is told of the seventh element of a box and has none of the first six throws "Bad delta path index" and
shows an empty page. Streamlit has no setting for this, so its queue is replaced.
"""

from __future__ import annotations

from streamlit.runtime import app_session
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue


class WholeQueue(ForwardMsgQueue):
    """Keeps what waits to be sent when a fragment runs anew: as if it had been sent a moment before."""

    def clear(self, retain_lifecycle_msgs: bool = False, fragment_ids_this_run: list[str] | None = None) -> None:
        """Forget what waits; for a run of fragments, only that newer elements may take the place of older ones."""
        if retain_lifecycle_msgs and fragment_ids_this_run:
            # Newer elements follow the message that begins their run. Put in the place of older ones they would
            # come before it, and be cleared away with the run before.
            self._delta_index_map = {}
        else:
            super().clear(retain_lifecycle_msgs, fragment_ids_this_run)


def install() -> None:
    """From now on every session that begins in this process has such a queue. To be called before the server starts."""
    app_session.ForwardMsgQueue = WholeQueue
