"""What waits to be sent to a browser when a click makes a fragment run anew (graphcrm/ui/delivery.py)."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import MagicMock

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from graphcrm.ui import delivery
from graphcrm.ui.delivery import WholeQueue

Node = dict[int, "Node"]


def begins() -> ForwardMsg:
    message = ForwardMsg()
    message.new_session.name = "app"
    return message


def box(fragment: str, *path: int) -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path[:] = path
    message.delta.fragment_id = fragment
    message.delta.add_block.allow_empty = True
    return message


def text(fragment: str, words: str, *path: int) -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path[:] = path
    message.delta.fragment_id = fragment
    message.delta.new_element.text.body = words
    return message


OPENED = [begins(), box("list", 0), *(text("list", f"line {n}", 0, n) for n in range(3)), box("way", 0, 3),
          text("way", "how computed", 0, 3, 0)]  # fmt: skip
"""A run of the fragment "list", with the fragment "way" in it."""
CLOSED = [begins(), box("list", 0), text("list", "nothing", 0, 0)]


def receive(tree: Node, messages: list[ForwardMsg]) -> None:
    """As a browser does it: an element may take a place that is there, or the first behind the last."""
    for message in messages:
        if not message.HasField("delta"):
            continue
        *way, last = message.metadata.delta_path
        place = tree
        for step in way:
            place = place[step]
        if last > len(place):
            raise IndexError(f"Bad delta path index {last} (should be between [0, {len(place)}])")
        place[last] = place.get(last, {}) if message.delta.HasField("add_block") else {}


def sent(queue: ForwardMsgQueue, before_the_click: int) -> list[list[ForwardMsg]]:
    """What reaches the browser when so many messages of the first run were sent before the second run begins."""
    for message in OPENED[:before_the_click]:
        queue.enqueue(message)
    first = queue.flush()
    for message in OPENED[before_the_click:]:
        queue.enqueue(message)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=["list"])
    for message in CLOSED:
        queue.enqueue(message)
    return [first, queue.flush()]


@pytest.mark.parametrize("before_the_click", range(len(OPENED) + 1))
def test_whenever_the_click_comes_the_browser_gets_both_runs_whole_and_in_order(before_the_click: int):
    first, second = sent(WholeQueue(), before_the_click)
    assert first + second == OPENED + CLOSED
    receive({}, first + second)


def test_streamlit_s_own_queue_sends_what_a_browser_cannot_place():
    """Else there would be nothing to mend, and this module could go."""
    first, second = sent(ForwardMsgQueue(), 3)
    with pytest.raises(IndexError, match="Bad delta path index 3"):
        receive({}, first + second)


def test_a_run_of_the_whole_page_takes_the_place_of_what_waits():
    queue = WholeQueue()
    for message in OPENED:
        queue.enqueue(message)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=None)
    assert queue.flush() == OPENED[:1]


def test_a_session_has_this_queue(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(app_session, "ForwardMsgQueue", ForwardMsgQueue)
    delivery.install()

    async def begin() -> ForwardMsgQueue:
        page = MagicMock(main_script_path="app.py")
        return app_session.AppSession(page, MagicMock(), MagicMock(), MagicMock(), {})._browser_queue

    with ThreadPoolExecutor(1) as thread:  # the browser of other tests may have a loop running in this one
        assert isinstance(thread.submit(asyncio.run, begin()).result(), WholeQueue)
