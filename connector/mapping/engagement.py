"""The engagement of a call: what is set without being asked, the mapping's own properties over it, and its body."""

from __future__ import annotations

from collections.abc import Callable

from connector.mapping import phone
from connector.mapping.build import MakeWish
from connector.mapping.fields import PlatformFields
from connector.mapping.paths import parse_path, read_payload
from connector.mapping.policy import Wish
from connector.mapping.recording import is_playable, recording_line
from connector.mapping.schema import CallSection
from connector.mapping.text import as_hubspot, fit_body
from connector.mapping.view import View
from connector.mapping.wishes import RecordWishes, Wishes
from connector.model import CALL_TYPE, OUTCOME

BODY = "hs_call_body"
RECORDING_URL = "hs_call_recording_url"
TRANSCRIPT = "transcript"
"""The name of the note that holds a transcript, and so a part of its key."""

BY_THE_CONNECTOR = "set by the connector"
GUESSED_LINE = "<p><strong>Who called is a guess</strong>, by time: the platform did not say.</p>"

ReadText = Callable[[View], str | None]


class EngagementWishes:
    """Makes the wishes for one call's engagement."""

    def __init__(
        self,
        section: CallSection,
        makes: dict[str, MakeWish],
        *,
        region: str,
        timezone: str,
        platform: PlatformFields | None,
    ) -> None:
        self._section = section
        self._makes = makes
        self._timezone = timezone
        self._unasked = _unasked(region, platform)
        self.properties = frozenset({*self._unasked, *makes, BODY, RECORDING_URL})
        """Every property that may be among the wishes."""

    def __call__(self, view: View) -> Wishes:
        notes: list[str] = []
        wishes: dict[str, Wish] = {}
        for name, read in self._unasked.items():
            value = read(view)
            if value:
                wishes[name] = Wish(property=name, value=value, write="always", origin=BY_THE_CONNECTOR)
        for name, make in self._makes.items():
            wish = make(view, notes)
            if wish is not None:
                wishes[name] = wish
        self._finish_body(view, wishes, notes)
        return Wishes(wishes=tuple(wishes.values()), notes=tuple(notes))

    def _finish_body(self, view: View, wishes: dict[str, Wish], notes: list[str]) -> None:
        """Say over what the mapping wrote that the caller is a guess, and put recording and transcript under it."""
        guessed = GUESSED_LINE if view.call.is_caller_guessed else ""
        line = self._recording_line(view, wishes, notes)
        transcript = (view.call.transcript or "") if self._section.transcript == "inline" else ""
        if not guessed and not line and not transcript.strip():
            return
        body = wishes.get(BODY) or Wish(property=BODY, value="", write="always", origin=BY_THE_CONNECTOR)
        text = fit_body(guessed + body.value + line, transcript)
        if text:
            wishes[BODY] = Wish(property=BODY, value=text, write=body.write, origin=body.origin)

    def _recording_line(self, view: View, wishes: dict[str, Wish], notes: list[str]) -> str:
        url = view.call.recording_url if self._section.recording == "link" else None
        asked = wishes.get(RECORDING_URL)
        if asked is not None and not is_playable(asked.value):
            del wishes[RECORDING_URL]
            notes.append(f"{RECORDING_URL}: only https addresses of .mp3 and .wav files; linked in the body instead")
            url = url or asked.value
        if not url or not url.strip():
            return ""
        line = recording_line(url, self._timezone)
        if line is None:
            notes.append("recording: its address is not safe to link to")
        return line or ""


def transcript_note(view: View) -> RecordWishes | None:
    """The note that holds the transcript, None without one."""
    transcript = view.call.transcript or ""
    if not transcript.strip():
        return None
    values = {
        "hs_timestamp": as_hubspot(view.call.ended_at),
        "hs_note_body": fit_body("<p>Transcript</p>", transcript),
    }
    wishes = tuple(
        Wish(property=name, value=value, write="always", origin=BY_THE_CONNECTOR) for name, value in values.items()
    )
    return RecordWishes(name=TRANSCRIPT, object_type="notes", wishes=wishes, associate=("contact",))


def _unasked(region: str, platform: PlatformFields | None) -> dict[str, ReadText]:
    def caller(view: View) -> str | None:
        return view.caller.number

    def line(view: View) -> str | None:
        number = phone.read_number(view.call.agent_number or "", region)
        return number.e164 if number is not None and number.usable else None

    def is_outbound(view: View) -> bool:
        return view.call.direction == "OUTBOUND"

    readers: dict[str, ReadText] = {
        "hs_timestamp": lambda view: as_hubspot(view.call.started_at),
        "hs_call_duration": lambda view: str(view.call.duration_seconds * 1000),
        "hs_call_direction": lambda view: view.call.direction,
        "hs_call_status": lambda view: view.call.status,
        "hs_call_from_number": lambda view: line(view) if is_outbound(view) else caller(view),
        "hs_call_to_number": lambda view: caller(view) if is_outbound(view) else line(view),
    }
    for name, field in ((CALL_TYPE, platform and platform.call_type), (OUTCOME, platform and platform.outcome)):
        if field:
            readers[name] = _payload_text(field)
    return readers


def _payload_text(field: str) -> ReadText:
    path = parse_path(field)

    def read(view: View) -> str | None:
        value = read_payload(view.call.payload, (path.root, *path.keys))
        return value.strip() if isinstance(value, str) else None

    return read
