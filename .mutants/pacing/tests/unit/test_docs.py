"""What the documents point at is there: files, headings, codes, commands and their options."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from connector.cli.main import cli
from connector.codes import CODES

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "deploy").rglob("*.md"),
        *(ROOT / "tests").rglob("*.md"),
    ]
)

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"(?<!\w)[EW][1-5]\d\d(?!\w)")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:^|`|; |&& )(?:\.venv/bin/)?connector ([a-z-][^`|;&#\n]*)", re.MULTILINE)


def prose_of(page: Path) -> str:
    """The page without its blocks of code, in which brackets are no links."""
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """The addresses of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands_in(text: str) -> Iterator[list[str]]:
    """Every `connector …` that stands in code: between backticks, or in a block."""
    blocks = [*FENCED.findall(text), *re.findall(r"`[^`\n]+`", FENCED.sub("", text))]
    for block in blocks:
        for said in COMMAND.findall(block):
            yield said.split()


def fault_of(words: list[str]) -> str:
    """What such a command line names that is not there; empty when all of it is."""
    command: click.Command = cli
    for word in words:
        if isinstance(command, click.Group) and not word.startswith("-"):
            if word not in command.commands:
                return f"connector {' '.join(words)}: there is no {word}"
            command = command.commands[word]
        elif word.startswith("--") and word != "--help":
            name = word.split("=")[0].rstrip(".,:")
            if not any(name in [*each.opts, *each.secondary_opts] for each in command.params):
                return f"connector {' '.join(words)}: {command.name} has no {name}"
    return ""


@each_page
def test_links_lead_somewhere(page: Path):
    for target in LINK.findall(prose_of(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{target}: there is no such file"
        assert not anchor or anchor in anchors(there), f"{target}: there is no such heading"


@each_page
def test_codes_that_are_named_exist(page: Path):
    assert set(CODE.findall(page.read_text(encoding="utf-8"))) - set(CODES) == set()


@each_page
def test_commands_that_are_named_exist(page: Path):
    faults = [fault for words in commands_in(page.read_text(encoding="utf-8")) if (fault := fault_of(words))]
    assert not faults


def test_what_is_not_there_is_noticed():
    assert fault_of(["calls", "show", "ID", "--json"]) == ""
    assert "there is no callz" in fault_of(["callz", "list"])
    assert "there is no sohw" in fault_of(["calls", "sohw", "ID"])
    assert "has no --hold" in fault_of(["calls", "list", "--hold"])
    assert list(commands_in("Say `connector sync --every 5m`.\n```sh\nconnector plan   # all\n```\n")) == [
        ["plan"],
        ["sync", "--every", "5m"],
    ]


def test_the_readme_lists_every_command_and_no_other():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| (`[a-z].*?) \|", readme, re.MULTILINE)
    listed = [said.split() for cell in cells for said in re.findall(r"`([a-z][^`]*)`", cell)]
    assert [fault for words in listed if (fault := fault_of(words))] == []
    assert {words[0] for words in listed} == set(cli.commands)
