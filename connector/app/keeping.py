"""The verbs for the ledger's own tables."""

from __future__ import annotations

from connector.app.verbs import Verbs
from connector.ledger.open import shape_of, upgrade_ledger
from connector.ledger.shape import Shape


class Keeping(Verbs):
    """db show, db upgrade."""

    def show_ledger(self) -> Shape:
        """Where the ledger is and of which revision. Raises ConnectorError where it cannot be looked at."""
        return shape_of(self._parts.settings.ledger_url)

    def upgrade_ledger(self) -> Shape:
        """Make the ledger, or bring it to the newest revision; answers how it was before. Safe to do at any time.

        Raises InputError for a place that cannot hold a ledger, FatalError for one of a newer version.
        """
        return upgrade_ledger(self._parts.settings.ledger_url)
