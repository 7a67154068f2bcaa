"""What one invocation of the command line has at hand: settings, clock and the app, each made when first needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

import click

from connector.cli import output

if TYPE_CHECKING:
    from connector.app import App
    from connector.ports import Clock
    from connector.settings import Loaded, Settings

OpenApp = Callable[["Settings", "Clock"], "App"]


def open_real_app(settings: Settings, clock: Clock) -> App:
    from connector.app import App  # brings HTTP, SQL and the mapping; not needed for --help

    return App.from_settings(settings, clock=clock)


class Session:
    def __init__(self, *, clock: Clock, open_app: OpenApp = open_real_app) -> None:
        self.clock = clock
        self._open_app = open_app

    @cached_property
    def settings(self) -> Settings:
        """The settings; reading them also starts the log and tells what looks like a slip."""
        for warning in self.loaded.warnings:
            output.warn(warning)
        return self.loaded.settings

    @cached_property
    def loaded(self) -> Loaded:
        """The settings and what looks like a slip, without a word of it; reading them starts the log."""
        from connector import log
        from connector.settings import load_settings  # brings pydantic

        loaded = load_settings()
        log.configure(loaded.settings.log_format)
        return loaded

    def app(self, settings: Settings | None = None) -> App:
        """The app, to be used as a context manager; of the environment's settings unless others are given."""
        return self._open_app(settings or self.settings, self.clock)


pass_session = click.make_pass_decorator(Session)
