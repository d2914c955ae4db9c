"""How addresses and phone numbers are compared: as one, however somebody wrote them."""

HOME = "358"
"""The country whose numbers are written with a leading zero."""


def mailbox_key(email: str) -> str:
    return email.strip().casefold()


def dialled(phone: str) -> str:
    """Return the digits that are dialled from abroad: `040 123 45 67` and `+358 (0)40 1234567` are one."""
    digits = "".join(char for char in phone.replace("(0)", "") if char.isascii() and char.isdigit())
    if phone.strip().startswith("+") or not digits.startswith("0"):
        return digits
    return digits[2:] if digits.startswith("00") else HOME + digits[1:]
