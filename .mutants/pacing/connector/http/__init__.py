"""The one home of HTTP: limits, deadlines, pacing, retries and what is logged of it."""

import connector.http.lean  # noqa: F401 -- before httpx
from connector.http.client import Http, StreamedAnswer
from connector.http.pacing import DaySpentError, LongWaitError, Pacing
from connector.http.retry_after import retry_after
from connector.http.terms import Answer, Codes, Deliver, Doubt, Judgement, Limits, Stop, Wait

__all__ = [
    "Answer",
    "Codes",
    "DaySpentError",
    "Deliver",
    "Doubt",
    "Http",
    "Judgement",
    "Limits",
    "LongWaitError",
    "Pacing",
    "Stop",
    "StreamedAnswer",
    "Wait",
    "retry_after",
]
