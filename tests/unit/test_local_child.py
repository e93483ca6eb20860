"""The local server's process: asked to stop by a signal, whenever it comes."""

import os
import subprocess
import sys

import pytest

HAMMER = """
import os, signal, threading, time
from graphcrm.database.local.child import Stop

stop, begun = Stop(), threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
assert not stop.wait(0.01)

def send():
    while True:
        os.kill(os.getpid(), signal.SIGTERM)

threading.Thread(target=send, daemon=True).start()
until = time.monotonic() + 2
while time.monotonic() < until:
    stop.wait(0.0001)
assert stop.wait(5), "it stays asked for"
print("waited", flush=True)
os._exit(0)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are sent otherwise there")
def test_a_signal_in_the_midst_of_a_wait_does_not_wait_for_itself():
    ran = subprocess.run([sys.executable, "-c", HAMMER], check=False, capture_output=True, text=True, timeout=60)
    assert (ran.stdout, ran.returncode) == ("waited\n", 0), ran.stderr
