"""The platforms that the suite of every source is played on: one module per source, named like it, with its MAKERS."""

from __future__ import annotations

from importlib import import_module
from typing import get_args

from connector.model import SourceName
from tests.contract.platforms.stage import Maker

MAKERS: tuple[Maker, ...] = tuple(
    maker for name in get_args(SourceName) for maker in import_module(f"tests.contract.platforms.{name}").MAKERS
)
"""Of every source that there is: one without a module here fails all of them."""
