"""Links to recordings: safe to click, and honest about their end. Platforms sign such links, and they die."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from connector.mapping.text import safe_link

_PLAYABLE = (".mp3", ".wav")
_YEARS_PLAUSIBLE = range(2015, 2100)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SIGNED_FOR_DAYS_MAX = 3650


def recording_line(url: str, timezone: str) -> str | None:
    """One paragraph of HTML with the link and when it ends; None when the address is not safe to show."""
    link = safe_link(url)
    if link is None:
        return None
    ends_at = link_ends_at(url)
    if ends_at is None:
        return f"<p>Recording: {link} (the link may end)</p>"
    local = ends_at.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M")
    return f"<p>Recording: {link} (the link ends {local}, {timezone})</p>"


def is_playable(url: str) -> bool:
    """Whether HubSpot's player takes this address in `hs_call_recording_url`: https, .mp3 or .wav."""
    parts = urlsplit(url)
    return parts.scheme == "https" and parts.path.lower().endswith(_PLAYABLE) and safe_link(url) is not None


def link_ends_at(url: str) -> datetime | None:
    """When a signed link ends (UTC), by the parameters of S3, Google, Azure and CloudFront; None when it says nothing.

    https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html (X-Amz-Date, X-Amz-Expires),
    https://cloud.google.com/storage/docs/authentication/signatures (X-Goog-…), Azure's `se`, CloudFront's `Expires`.
    """
    try:
        query = {key.lower(): values[0] for key, values in parse_qs(urlsplit(url).query, max_num_fields=50).items()}
        for vendor in ("x-amz", "x-goog"):
            if f"{vendor}-date" in query and f"{vendor}-expires" in query:
                signed_at = datetime.strptime(query[f"{vendor}-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
                seconds = min(int(query[f"{vendor}-expires"]), _SIGNED_FOR_DAYS_MAX * 86_400)
                return signed_at + timedelta(seconds=seconds)
        if "se" in query and "sig" in query:
            ends_at = datetime.fromisoformat(query["se"])
            return ends_at.astimezone(UTC) if ends_at.tzinfo else ends_at.replace(tzinfo=UTC)
        if "expires" in query:
            ends_at = _EPOCH + timedelta(seconds=int(query["expires"]))
            return ends_at if ends_at.year in _YEARS_PLAUSIBLE else None
    except (ValueError, OverflowError):
        return None
    return None
