"""Runs the Streamlit app as a child process, on loopback unless told otherwise, until it is told to stop."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from graphcrm.bootstrap import bundled
from graphcrm.config import Settings, child_environment
from graphcrm.errors import GraphcrmError, PortInUse
from graphcrm.streamlit_options import streamlit_options

HOST = "127.0.0.1"
START_SECONDS = 60.0


class AppServer:
    """The app as a context: started and answering inside the block, stopped after it.

    Raises:
        PortInUse: the port that the user asked for is taken. A taken default port is replaced by a free one.
    """

    def __init__(self, settings: Settings) -> None:
        self._port = _usable_port(settings)
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where a browser finds the app."""
        return f"http://{HOST}:{self._port}"

    def __enter__(self) -> AppServer:
        host = str(self._settings.ui_host)
        names = self._settings.further_names
        options = streamlit_options(*names, server_port=self._port, server_address=host, server_headless=True)
        command = [sys.executable, "-m", "graphcrm.app_process", "run", str(bundled("app.py")), *options]
        self._process = subprocess.Popen(
            command, env=child_environment(self._settings), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        try:
            self._await_health()
        except BaseException:
            self.__exit__()
            raise
        return self

    def wait(self) -> None:
        """Block until the app ends by itself, which is an error, or the user interrupts.

        Raises:
            GraphcrmError: the app ended by itself.
        """
        assert self._process is not None
        code = self._process.wait()
        raise GraphcrmError("The app ended by itself (exit code {code}).", mend="Start it again.", code=code)

    def __exit__(self, *_: object) -> None:
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _await_health(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=1) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise GraphcrmError(
            "The app did not start within {seconds:.0f} s.", mend="Start it again.", seconds=START_SECONDS
        )


def _usable_port(settings: Settings) -> int:
    if _is_free(settings.ui_port):
        return settings.ui_port or _free_port()
    if "ui_port" in settings.model_fields_set:
        raise PortInUse(
            "Port {port} is in use by another program.",
            mend="Choose another one with --port, or leave it out to have a free one chosen.",
            port=settings.ui_port,
        )
    return _free_port()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
