"""A HubSpot portal in memory: give it a request, get the response that HubSpot would give.

It copies what is documented or was recorded; where HubSpot is silent, `Choices` names the guess, so that a test can
take the other one. Pure over `handle(Request) -> Response`: time is an argument and nothing listens on a socket.
"""

from connector.sandbox.hubspot.choices import Choices
from connector.sandbox.hubspot.kinds import KINDS
from connector.sandbox.hubspot.portal import EditError
from connector.sandbox.hubspot.shell import HubSpot
from connector.sandbox.hubspot.store import Record

__all__ = ["KINDS", "Choices", "EditError", "HubSpot", "Record"]
