"""The stranger's prompting provider keeps the contract, with the village bank across the wire."""

from collections.abc import Mapping
from typing import ClassVar

import pytest

from tests.identity.examples.village import Village, context
from tests.identity.examples.village_app import VillageApp, create
from tests.identity.prompting_contract import PromptingContract


class TestVillageAppKeepsTheContract(PromptingContract):
    wrong: ClassVar[tuple[str, str]] = ("member", "")
    nobodys: ClassVar[Mapping[str, str]] = {"member": "99999"}

    @pytest.fixture(autouse=True)
    def _stands(self) -> None:
        self.village = Village()

    def provider(self) -> VillageApp:
        return create(context(self.village))

    def answers(self) -> Mapping[str, str]:
        return {"member": "123 45"}

    async def confirms(self) -> None:
        self.village.answers("yes")

    async def turns_down(self) -> None:
        self.village.answers("no")

    def falls_silent(self) -> None:
        self.village.is_down = True
