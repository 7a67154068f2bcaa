"""`python -m tests.mutation.shown MUTANT …` in a mutated copy: the lines that each changes, as one JSON object."""

from __future__ import annotations

import json
import sys

from mutmut.mutation.diff_apply import get_diff_for_mutant


def changed(mutant: str) -> str:
    """The lines of the diff that differ, without its head."""
    lines = get_diff_for_mutant(mutant).splitlines()
    return "\n".join(line for line in lines if line.startswith(("-", "+")) and not line.startswith(("---", "+++")))


if __name__ == "__main__":
    sys.stdout.write(json.dumps({mutant: changed(mutant) for mutant in sys.argv[1:]}))
