"""How the demo bank says no."""


class BankRefused(Exception):
    """The bank does not take a request.

    `error` is the word of OAuth 2.0 (RFC 6749, 5.2; RFC 9101, 7), which is
    all that the service hears; `why` names the rule, for whoever looks.
    """

    def __init__(self, error: str, why: str) -> None:
        super().__init__(error, why)
        self.error = error
        self.why = why
