"""Google Cloud: `--entry-point webhook` for the one function, `--entry-point sync` for the other."""

from connector.functions.gcp import sync, webhook

__all__ = ["sync", "webhook"]
