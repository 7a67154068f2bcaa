from __future__ import annotations

import subprocess
import sys

HEAVY = ("rich", "pygments", "click", "hubspot", "yaml", "sqlalchemy")


def test_the_transport_loads_nothing_that_it_does_not_use():
    program = f"import sys, connector.http; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
