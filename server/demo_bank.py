"""The demo's bank, its keys, and ours towards it, which the first start makes in the data folder."""

from hashlib import sha256

from identity.demo_bank import bank_keys, service_keys
from identity.demo_bank.bank import DemoBank, open_bank
from identity.demo_bank.registration import demo_client
from identity.oidc.own_key import KeyUse, OwnKeys
from server.house import House
from server.key_files import kept_file

FOLDER = "demo-bank"


def service_keys_of(house: House) -> OwnKeys:
    """Return our keys towards the bank."""
    file = house.settings.data / FOLDER / "service-keys.json"
    return service_keys.read(kept_file(file, lambda: service_keys.written(service_keys.made_service_keys())))


def opened_bank(house: House, ours: OwnKeys) -> DemoBank:
    """Open the bank, which was given our public keys by hand."""
    file = house.settings.data / FOLDER / "bank-keys.json"
    keys = bank_keys.read(kept_file(file, lambda: bank_keys.written(bank_keys.made_bank_keys())))
    known = ours.published(KeyUse.SIGNING, KeyUse.ENCRYPTION, now=house.clock())
    client = demo_client(house.site.public_url, lambda: known)
    return open_bank(client, keys, house.site.public_url, now=house.clock())


def settings_for(bank: DemoBank) -> dict[str, str]:
    """Return what the bank gave us by hand: by which sum to believe its entity statement."""
    return {"PIN": sha256(bank.entity_statement.encode()).hexdigest()}
