"""What the script of passkeys says when something fails."""

from aiohttp import web

from identity.errors import PasskeyRefused
from web.errors import ANSWERS
from web.i18n import gettext, language_of


def passkey_words(request: web.Request) -> dict[str, str]:
    refused, language = ANSWERS[PasskeyRefused], language_of(request)
    return {"refused": f"{gettext(language, refused.title)}. {gettext(language, refused.advice)}"}
