"""The process of the app: Streamlit's own command line, which also ends when the process that started it ends.

Run as ``python -m graphcrm.app_process run app.py ...`` with a pipe as standard input. The end of the pipe is the end
of the parent, also by ``kill -9``: without this an app would stay behind, hold its port, and have no database.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import warnings

from graphcrm.config import load_settings
from graphcrm.errors import GraphcrmError
from graphcrm.i18n import describe
from graphcrm.sign_in_file import write_sign_in_file
from graphcrm.ui import delivery, headers

GRACE = 5.0
"""Seconds that Streamlit has to end in order."""


def main() -> None:
    """Run Streamlit with the arguments of this process."""
    threading.Thread(target=_end_with_the_parent, name="parent-watch", daemon=True).start()
    try:
        settings = load_settings()
        if settings.signs_in:
            sys.argv.append(f"--secrets.files={write_sign_in_file(settings)}")
            # Authlib 1.9 says so at the first sign-in; Streamlit chooses what it speaks with, not the operator.
            warnings.filterwarnings("ignore", message="The httpx module is deprecated")
    except GraphcrmError as error:
        sys.exit(describe(error))
    headers.install()
    delivery.install()
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


def _end_with_the_parent() -> None:
    while os.read(0, 1024):
        pass
    late = threading.Timer(GRACE, os._exit, (1,))
    late.daemon = True
    late.start()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
