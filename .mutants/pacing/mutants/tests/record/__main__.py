"""`make record` and `make record-sandbox`: play every scene and keep what the vendors answered, scrubbed.

Against the live API this writes to a portal, so it wants to be told which: the id in RECORD_PORTAL must be the one
that the token belongs to. Each scene is replayed right after it was recorded.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from vcr.errors import CannotOverwriteExistingCassetteException

from connector.errors import ConnectorError
from connector.sandbox.site import HUBSPOT_TOKEN, SOURCE_API_KEY
from tests.record.scenes import OURS, SCENES, Scene
from tests.record.stage import Keys, Stage, live_stage, replay_stage, sandbox_stage
from tests.record.tape import FOLDER, Recorded, recording, replaying

VARIABLES = {
    "CONNECTOR_SOURCE_API_KEY": "the key of a Reception AI organization, best one with few calls",
    "CONNECTOR_HUBSPOT_TOKEN": "the service key of a HubSpot *test* portal: contacts and calls are created in it",
    "RECORD_PORTAL": "the id of that portal, so that no other one is written to",
}
ADDRESSES = ("CONNECTOR_SOURCE_BASE_URL", "CONNECTOR_HUBSPOT_BASE_URL")


class NotToBeRecordedError(Exception):
    """Why nothing was recorded."""


def keys_of(environment: Mapping[str, str]) -> Keys:
    """The keys of the live accounts. Raises NotToBeRecordedError when one is missing, or leads to the sandbox."""
    missing = [name for name in VARIABLES if not environment.get(name, "").strip()]
    if missing:
        said = "\n".join(f"  {name}: {VARIABLES[name]}" for name in missing)
        raise NotToBeRecordedError(f"these variables are needed and not set:\n{said}")
    elsewhere = [name for name in ADDRESSES if environment.get(name)]
    keys = Keys(environment["CONNECTOR_HUBSPOT_TOKEN"].strip(), environment["CONNECTOR_SOURCE_API_KEY"].strip())
    if elsewhere or keys.hubspot_token == HUBSPOT_TOKEN or keys.source_api_key == SOURCE_API_KEY:
        why = f"{' and '.join(elsewhere)} must not be set" if elsewhere else "these are the sandbox's keys"
        raise NotToBeRecordedError(f"{why}: `make record-sandbox` records against the sandbox")
    return keys


def require_portal(stage: Stage, wanted: str) -> None:
    """Raise NotToBeRecordedError unless the token belongs to this portal. Nothing is written to find out."""
    with stage.crm() as crm:
        portal_id = crm.portal_id()
    if portal_id != wanted.strip():
        raise NotToBeRecordedError("RECORD_PORTAL is not the id of the portal that the token belongs to")


def record_all(stage: Stage, folder: Path, recorded: Recorded, scenes: Sequence[Scene] = SCENES) -> None:
    """Record every scene into this folder."""
    for scene in scenes:
        path = folder / scene.path
        with recording(path, recorded=recorded, places=stage.places, ours=OURS, tag=stage.tag):
            scene.play(stage)
        try:
            with replaying(path):
                scene.play(replay_stage())
        except CannotOverwriteExistingCassetteException as error:
            raise NotToBeRecordedError(f"{path} was recorded and cannot be replayed: {error}") from error
        sys.stdout.write(f"{path}: {path.stat().st_size} bytes\n")


def date_readme(path: Path, recorded: Recorded) -> None:
    """Have the page beside the cassettes say what their first lines say."""
    text = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(r"recorded against the sandbox on [\d-]+, not the live API", recorded.note, text), encoding="utf-8"
    )


def main(argv: Sequence[str], environment: Mapping[str, str]) -> int:
    today = datetime.now(UTC).date().isoformat()
    try:
        if list(argv) == ["--sandbox"]:
            with sandbox_stage() as stage:
                recorded = Recorded("the sandbox", today)
                record_all(stage, FOLDER / "sandbox", recorded)
                date_readme(FOLDER / "README.md", recorded)
        elif not argv:
            stage = live_stage(keys_of(environment), tag=f"r{secrets.token_hex(4)[:7]}")
            require_portal(stage, environment["RECORD_PORTAL"])
            record_all(stage, FOLDER / "live", Recorded("the live API", today))
        else:
            raise NotToBeRecordedError("usage: python -m tests.record [--sandbox]")
    except (NotToBeRecordedError, ConnectorError) as error:
        sys.stderr.write(f"recording ends here: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
