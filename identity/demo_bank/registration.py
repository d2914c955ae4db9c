"""What the demo bank and its one service agreed on: names, addresses, and each other's public keys."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

NAME = "demo-bank"
CLIENT_ID = "kohtaamo-demo"

Jwk = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """The service as the bank knows it; `keys` are its public ones as they stand at the moment of asking."""

    id: str
    redirect_uri: str
    keys: Callable[[], Sequence[Jwk]]


def bank_at(public_url: str) -> str:
    """Return the bank's address, which is its issuer and its entity id too."""
    return public_url + "/demo/bank"


def return_to(public_url: str) -> str:
    return f"{public_url}/identify/{NAME}/callback"


def demo_client(public_url: str, keys: Callable[[], Sequence[Jwk]]) -> Client:
    """Return ourselves, as the demo bank knows us."""
    return Client(id=CLIENT_ID, redirect_uri=return_to(public_url), keys=keys)
