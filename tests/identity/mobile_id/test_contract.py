"""The mobile certificate keeps the contract of prompting providers, over real TLS."""

from collections.abc import Mapping
from typing import ClassVar

import pytest

from identity.mobile_id.provider import MobileIdProvider
from tests.identity.mobile_id.hostile import Wire
from tests.identity.prompting_contract import PromptingContract


class TestMobileIdKeepsTheContract(PromptingContract):
    wrong: ClassVar[tuple[str, str]] = ("number", "")
    nobodys: ClassVar[Mapping[str, str]] = {"number": "050 999 9999"}

    @pytest.fixture(autouse=True)
    def _stands(self, wire: Wire) -> None:
        self.wire = wire

    def provider(self) -> MobileIdProvider:
        return self.wire.provider()

    def answers(self) -> Mapping[str, str]:
        return {"number": "040 000 0001", "code": ""}

    async def confirms(self) -> None:
        self.wire.operator.is_answered()

    async def turns_down(self) -> None:
        self.wire.operator.is_answered(401)

    def falls_silent(self) -> None:
        self.wire.operator.status = 503
