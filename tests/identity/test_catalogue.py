"""Which providers are loaded, and where they are not."""

from dataclasses import replace

import pytest

from identity.catalogue import load
from identity.errors import DemoInProduction, ProviderMissing
from identity.personal_code import SubjectKeys
from identity.provider import ProviderContext
from tests.identity.demo_bank.wire import BACK, PUBLIC, Wire

CONTEXT = ProviderContext(
    public_url=PUBLIC,
    back_channel_url=BACK,
    is_production=False,
    subject_keys=SubjectKeys(b"k" * 32),
    fetch=Wire().fetch,
)


def test_the_providers_of_the_settings_are_loaded_and_no_other() -> None:
    assert list(load(["demo-bank"], CONTEXT)) == ["demo-bank"]
    assert list(load([], CONTEXT)) == []


def test_a_demo_provider_does_not_load_in_production() -> None:
    with pytest.raises(DemoInProduction) as refused:
        load(["demo-bank"], replace(CONTEXT, is_production=True))

    assert refused.value.provider == "demo-bank"


def test_a_provider_that_is_not_installed_stops_the_start() -> None:
    with pytest.raises(ProviderMissing) as refused:
        load(["demo-bank", "no-such-bank"], CONTEXT)

    assert refused.value.provider == "no-such-bank"
