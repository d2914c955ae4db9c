"""What the demo bank and its one service agreed on: names and addresses, and no key."""

NAME = "demo-bank"
CLIENT_ID = "kohtaamo-demo"


def bank_at(public_url: str) -> str:
    """Return the bank's address, which is its issuer too."""
    return public_url + "/demo/bank"


def return_to(public_url: str) -> str:
    return f"{public_url}/identify/{NAME}/callback"
