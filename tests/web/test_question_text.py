"""The question that a text message asks is written by admins too; one that nobody could answer is refused."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.face_house import FaceHouse, face_house
from tests.web.sign_in_house import Browser

HOME = "/admin/letters/texts"
CANCEL_ASKED = f"{HOME}/cancel_asked?channel=sms&language=en"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


@pytest.fixture
async def admin(house: FaceHouse) -> Browser:
    return await house.staff("admin")


async def test_the_question_by_text_message_is_written_and_looked_at_like_every_letter(
    admin: Browser,
) -> None:
    assert f"{HOME}/cancel_asked?channel=sms" in (await admin.opens(HOME)).text
    form = (await admin.opens(CANCEL_ASKED)).forms()[-1]

    saved = await admin.posts(
        f"{HOME}/cancel_asked", {**form, "go": "save", "text": "Cancel {{ day }} {{ time }}? Yes or no."}
    )

    assert "Saved." in saved.text
    assert re.search(r'class="letter-bubble"[^>]*>Cancel [^<{]+\? Yes or no\.<', saved.text)
    assert (await admin.opens(f"{HOME}/cancel_asked?channel=mail")).status == 404


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Cancel {{ day }} {{ time }}? Say yes.", "Say which words to answer with"),
        ("Cancel {{ day }} {{ time }}? Otherwise no.", "Say which words to answer with"),
        ("Cancel {{ day }} {{ time }}? Yes or no: {{ link }}", "is not in the list"),
        ("Cancel {{ day }}? Yes or no.", "The time is missing"),
    ],
)
async def test_a_question_that_cannot_be_answered_is_refused(admin: Browser, text: str, told: str) -> None:
    form = (await admin.opens(CANCEL_ASKED)).forms()[-1]

    refused = await admin.posts(f"{HOME}/cancel_asked", {**form, "go": "save", "text": text})

    assert refused.status == 422
    assert told in refused.text
