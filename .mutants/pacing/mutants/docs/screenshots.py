"""Takes the pictures of docs/for-sales-teams.md: `make screenshots`. Needs Chromium (Debian: apt install chromium).

A sandbox CRM with four invented callers on an invented day; the product itself carries their calls over.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from connector.app import App
from connector.clock import SystemClock
from connector.sandbox import Sandbox, serve
from connector.settings import Settings

IMAGES = Path(__file__).parent / "images"
SHIPPED = Path(__file__).parents[1] / "mappings" / "reception_ai.yaml"
NOW = datetime.fromisoformat("2026-04-22T15:10:00+01:00")
DEFAULT_OWNER = "tom.okafor@example.com"
ACCOUNT = "org_finchmarlow"
WIDTH = 1060
SCALE = 1.25
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

KNOWN = (
    {
        "firstname": "Samuel",
        "lastname": "Okoro",
        "email": "samuel.okoro@example.com",
        "phone": "020 7946 0311",
        "company": "Okoro Catering",
        "lifecyclestage": "customer",
        "hubspot_owner_id": "71001",
    },
    {"firstname": "Emma", "lastname": "Harlow", "phone": "020 7946 0322", "lifecyclestage": "customer"},
    {"firstname": "Paul", "lastname": "Harlow", "phone": "020 7946 0322", "lifecyclestage": "customer"},
)

CALLS: tuple[dict[str, Any], ...] = (
    {
        "createdAt": "2026-04-22T14:14:07+01:00",
        "duration": 187,
        "callType": "new_enquiry",
        "outcome": "lead_captured",
        "callerNumber": "+447700900831",
        "leadData": {
            "name": "Jane Doe",
            "email": "jane dot doe at example dot com",
            "note": "Would like a fixed price. Best reached in the afternoon.",
        },
        "summary": "Jane Doe is opening a café and needs bookkeeping for six employees from June.",
    },
    {
        "createdAt": "2026-04-22T14:52:40+01:00",
        "duration": 64,
        "callType": "existing_client",
        "outcome": "message_taken",
        "callerNumber": "+447700900831",
        "leadData": {"note": "The lease starts on 1 June."},
        "summary": "Jane Doe rang again to add that the café will have a second till.",
    },
    {
        "createdAt": "2026-04-22T11:31:12+01:00",
        "duration": 142,
        "callType": "existing_client",
        "outcome": "callback_scheduled",
        "callerNumber": "+442079460311",
        "leadData": {"name": "Samuel Okoro", "callbackTime": "2026-04-23T10:00:00+01:00"},
        "summary": "Samuel Okoro has a question about the VAT return and asked to be called back tomorrow at ten.",
    },
    {
        "createdAt": "2026-04-22T12:05:30+01:00",
        "duration": 95,
        "callType": "existing_client",
        "outcome": "message_taken",
        "callerNumber": "+447700900844",
        "leadData": {"name": "Robin Vale"},
        "summary": "Robin Vale, a client, says that the April invoice was paid twice and asks for the money back.",
    },
    {
        "createdAt": "2026-04-22T13:20:03+01:00",
        "duration": 51,
        "callType": "existing_client",
        "outcome": "message_taken",
        "callerNumber": "+442079460322",
        "summary": "Would like to move Thursday's appointment to next week, and gave no name.",
    },
)


class InventedDay(SystemClock):
    """A clock that runs as any other, on the day of the pictures."""

    def __init__(self) -> None:
        self._ahead = NOW.astimezone(UTC) - super().now()

    def now(self) -> datetime:
        return super().now() + self._ahead


def main() -> None:
    """Fill a sandbox, carry the calls over, and photograph three of its pages."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("Chromium is needed to take screenshots, and none was found on PATH (Debian: apt install chromium).")
    clock = InventedDay()
    with tempfile.TemporaryDirectory() as folder, serve(Sandbox(now=clock.now, calls=0), port=0) as running:
        running.sandbox.hubspot.seed_contacts(KNOWN, created_at=NOW - timedelta(days=200))
        for number, call in enumerate(CALLS):
            running.sandbox.history.put({"id": f"c{number}", "organizationId": ACCOUNT, **call})
        carry_over(running.addresses, Path(folder), clock)
        jane = next(
            each.id for each in running.sandbox.hubspot.records("contacts") if each.properties.get("lastname") == "Doe"
        )
        IMAGES.mkdir(exist_ok=True)
        pages = {"contact": (f"/contacts/{jane}", 850), "tasks": ("/tasks", 610), "held": ("/held", 440)}
        for name, (path, height) in pages.items():
            photograph(browser, running.base_url + path, IMAGES / f"{name}.png", height)


def carry_over(addresses: dict[str, str], folder: Path, clock: InventedDay) -> None:
    """The connector, as a user would run it, with a default owner."""
    mapping = folder / "reception_ai.yaml"
    shipped = SHIPPED.read_text(encoding="utf-8")
    mapping.write_text(shipped.replace("default: null", f"default: {DEFAULT_OWNER}"), encoding="utf-8")
    settings = Settings(
        source_api_key=addresses["source_api_key"],
        source_base_url=addresses["source_base_url"],
        hubspot_token=addresses["hubspot_token"],
        hubspot_base_url=addresses["hubspot_base_url"],
        ledger_url=f"sqlite:///{folder / 'connector.db'}",
        mapping=mapping,
    )
    with App.from_settings(settings, clock=clock) as app:
        app.setup()
        app.sync()


def photograph(browser: str, address: str, image: Path, height: int) -> None:
    """One page as a PNG, as high as what is on it."""
    with tempfile.TemporaryDirectory() as profile:
        options = (
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            f"--user-data-dir={profile}",
            f"--window-size={WIDTH},{height}",
            f"--force-device-scale-factor={SCALE}",
            f"--screenshot={image}",
        )
        subprocess.run([browser, *options, address], check=True, stderr=subprocess.DEVNULL, timeout=60)
    sys.stdout.write(f"{image}\n")


if __name__ == "__main__":
    main()
