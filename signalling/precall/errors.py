"""What the connection test refuses, as values without prose.

signalling.errors.Refusal
└── ConnectionTestRefusal
    ├── ConnectionTestUnavailable   the media process is down, or does not answer in time
    ├── TooManyConnectionTests      as many tests run as may; one ends within seconds
    └── BadOffer                    the session description cannot be answered
"""

from signalling.errors import Refusal


class ConnectionTestRefusal(Refusal):
    """A connection test was not begun."""


class ConnectionTestUnavailable(ConnectionTestRefusal):
    """Nobody is there to send the media back."""


class TooManyConnectionTests(ConnectionTestRefusal):
    """As many tests run as may run at once."""


class BadOffer(ConnectionTestRefusal):
    """The session description cannot be read, is too long, or asks for what a test does not give."""
