"""Twenty users at one time, for a while: memory stays flat, nothing piles up (faults.md, "24 h soak scaled down").

The users speak Streamlit's own protocol over web sockets, each a session of its own. Memory is watched for
``GRAPHCRM_SOAK_SECONDS`` once they have warmed the app, in pages drawn: how fast a machine is does not matter.
"""

from __future__ import annotations

import os
import random
import threading
import time
import urllib.request
from collections.abc import Callable
from statistics import linear_regression, median

import psutil
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from graphcrm.database.connection import POOL_SIZE, Database
from tests.browser.conftest import StartApp

USERS = 20
SECONDS = float(os.environ.get("GRAPHCRM_SOAK_SECONDS", "30"))
WARM_PAGES = 7 * USERS
"""Until every page has been drawn for every user some times, memory does grow."""
MOST_GROWTH = 0.25
"""MB for each page drawn: what stays of a page that is kept is more."""
PAGES = [
    ("clients", ""),
    ("client", "client=client-hallbach"),
    ("client", "client=client-zaonezhsky"),
    ("person", "person=person-zaonezhsky-veligzhanin"),
]


class User(threading.Thread):
    """Opens one page after the other until told to stop."""

    def __init__(self, address: str, number: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.drawn, self.failures = 0, []
        self._address, self._stop_now, self._chance = address, stop, random.Random(number)

    def run(self) -> None:
        place = self._address.replace("http://", "ws://") + "/_stcore/stream"
        with connect(place, origin=self._address, subprotocols=["streamlit"], max_size=None) as link:
            try:
                while not self._stop_now.is_set():
                    self._open(link, *self._chance.choice(PAGES))
                    self._stop_now.wait(self._chance.uniform(0.1, 1.0))
            except Exception as error:
                self.failures.append(repr(error))

    def _open(self, link: ClientConnection, page: str, query: str) -> None:
        asked = BackMsg()
        asked.rerun_script.page_name, asked.rerun_script.query_string = page, query
        link.send(asked.SerializeToString())
        while True:
            told = ForwardMsg()
            told.ParseFromString(link.recv(timeout=90))
            element = told.delta.new_element if told.HasField("delta") else None
            if element is not None and element.WhichOneof("type") == "exception":
                self.failures.append(element.exception.message)
            if told.WhichOneof("type") == "script_finished":
                self.drawn += 1
                return


def process_at(address: str) -> psutil.Process:
    port = f"--server.port={address.rpartition(':')[2]}"
    return next(child for child in psutil.Process().children() if port in child.cmdline())


def number_told(address: str, name: str) -> float:
    """One of Streamlit's own numbers."""
    with urllib.request.urlopen(f"{address}/_stcore/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))


def bolt_connections(app: psutil.Process, database: Database) -> int:
    port = int(database.address.rpartition(":")[2])
    return sum(c.raddr.port == port for c in app.net_connections("tcp") if c.raddr and c.status == "ESTABLISHED")


def drawn_by(users: list[User]) -> int:
    return sum(user.drawn for user in users)


def wait_until(condition: Callable[[], bool], *, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not so after {seconds} s"
        time.sleep(0.2)


@pytest.mark.slow
def test_twenty_users_and_nothing_piles_up(demo: Database, demo_environment: dict[str, str], start_app: StartApp):
    address = start_app(**demo_environment)
    app, stop = process_at(address), threading.Event()
    users = [User(address, number, stop) for number in range(USERS)]
    for user in users:
        user.start()
    wait_until(lambda: drawn_by(users) >= WARM_PAGES, seconds=180)
    samples, sessions, links = [], [], []
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        samples.append((drawn_by(users), app.memory_info().rss / 2**20, app.num_threads()))
        sessions.append(number_told(address, "active_sessions"))
        links.append(bolt_connections(app, demo))
        time.sleep(1)  # the time that passes is what is tried
    stop.set()
    for user in users:
        user.join(100)
    assert [failure for user in users for failure in user.failures] == []
    assert min(user.drawn for user in users) >= 2, "too few pages to prove anything"

    slope = linear_regression([drawn for drawn, _, _ in samples], [size for _, size, _ in samples]).slope
    size = median(size for _, size, _ in samples)
    print(f"{drawn_by(users)} pages, {size:.0f} MB, {slope:+.3f} MB a page, {max(links)} connections")
    assert slope < MOST_GROWTH, "memory grows"
    assert max(sessions) <= USERS
    assert max(links) <= POOL_SIZE
    assert max(threads for _, _, threads in samples) < 4 * USERS + POOL_SIZE

    # The server notices the closed sockets by itself.
    wait_until(lambda: number_told(address, "active_sessions") == 0, seconds=20)
    assert demo.read("SHOW TRANSACTIONS YIELD currentQuery AS q WHERE NOT q STARTS WITH 'SHOW' RETURN q") == []
