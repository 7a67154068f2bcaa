"""Every code with its explanation as Markdown, made from the registry: the page cannot fall behind it.

`python -m connector.codes.reference` prints it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from connector.codes import CODES

_FAMILIES = {
    "1": ("Command line and settings", "What was typed, what stands in `.env`, and defects."),
    "2": ("HubSpot", "The CRM's side: token, scopes, limits, properties, refusals."),
    "3": ("The voice platform", "The side that the calls come from."),
    "4": ("The mapping", "The file that says what becomes of a call, and the tests beside it."),
    "5": ("The ledger", "The file that remembers what was written, and the runs that share it."),
}
"""By the first digit: a title, and one sentence."""

_INTRODUCTION = """\
# Codes

Made from the registry by `python -m connector.codes.reference`; do not edit. `connector explain E201` prints one.

`E` is wrong and must be mended; `W` was carried on with less. The first digit says where. All that is known is a
symptom: [troubleshooting](troubleshooting.md).
"""


def reference_markdown() -> str:
    """The whole page: families by their digit, in each the errors before the warnings."""
    lines = [_INTRODUCTION, "| codes | about |", "|---|---|"]
    for digit, (title, sentence) in _FAMILIES.items():
        lines.append(f"| [E{digit}xx, W{digit}xx](#{_anchor(title)}) | {title}. {sentence} |")
    for digit, (title, _) in _FAMILIES.items():
        lines += ["", f"## {title}"]
        for code in sorted(code for code in CODES if code[1] == digit):
            lines += ["", *_entry(code)]
    return "\n".join(lines) + "\n"


def _entry(code: str) -> Iterator[str]:
    known = CODES[code]
    yield f"### {code}"
    yield ""
    yield f"**{known.meaning}**"
    yield ""
    yield f"- Cause: {known.cause}"
    yield f"- Fix: {known.fix}"


def _anchor(title: str) -> str:
    """The address of a heading on its page, as GitHub makes it."""
    return title.lower().replace(" ", "-")


if __name__ == "__main__":
    sys.stdout.write(reference_markdown())
