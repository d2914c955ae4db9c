"""What the script of a form whose time is kept says."""

from web.i18n import N_, gettext

WORDS = {
    "five": N_("The time is kept for you for five more minutes."),
    "one": N_("The time is kept for you for one more minute."),
    "over": N_(
        "The time is no longer kept for you. "
        "You can still book it if nobody else has taken it; what you filled in stays."
    ),
}


def words(language: str) -> dict[str, str]:
    return {name: gettext(language, text) for name, text in WORDS.items()}
