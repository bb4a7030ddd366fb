"""Sets a child process's clock: Python imports this by itself where its folder is on PYTHONPATH."""

from __future__ import annotations

import os

if moment := os.environ.get("DAILIES_TEST_CLOCK"):
    import time_machine

    time_machine.travel(float(moment), tick=True).start()
