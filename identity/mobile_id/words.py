"""What the mobile certificate says to people, in three languages."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from identity.prompt import Kind, Question

Texts = Mapping[str, str]

TITLE: Texts = MappingProxyType(
    {"fi": "Mobiilivarmenne", "sv": "Mobilcertifikat", "en": "Mobile certificate"}
)
NUMBER: Texts = MappingProxyType({"fi": "Puhelinnumero", "sv": "Telefonnummer", "en": "Phone number"})
NUMBER_HELP: Texts = MappingProxyType(
    {
        "fi": "Numero, jonka liittymässä mobiilivarmenne on. Esimerkiksi 040 123 4567.",
        "sv": "Numret till det abonnemang som har mobilcertifikatet. Till exempel 040 123 4567.",
        "en": "The number whose subscription has the mobile certificate. For example 040 123 4567.",
    }
)
NUMBER_REFUSAL: Texts = MappingProxyType(
    {
        "fi": "Kirjoittakaa suomalainen matkapuhelinnumero, esimerkiksi 040 123 4567 tai +358 40 123 4567.",
        "sv": "Skriv ett finländskt mobilnummer, till exempel 040 123 4567 eller +358 40 123 4567.",
        "en": "Write a Finnish mobile number, for example 040 123 4567 or +358 40 123 4567.",
    }
)
CODE: Texts = MappingProxyType({"fi": "Häirinnänestokoodi", "sv": "Spärrkod", "en": "Prevention code"})
CODE_HELP: Texts = MappingProxyType(
    {
        "fi": "Vain, jos operaattorin kanssa on sovittu häirinnänestokoodista. Se ei ole tunnusluku.",
        "sv": "Bara om en spärrkod har avtalats med operatören. Den är inte PIN-koden.",
        "en": "Only if one was agreed on with the operator. It is not the PIN.",
    }
)
CODE_REFUSAL: Texts = MappingProxyType(
    {
        "fi": "Koodissa on 3–16 kirjainta tai numeroa, ensin kirjain. Tunnuslukua ei kirjoiteta tähän.",
        "sv": "Koden har 3–16 bokstäver eller siffror och börjar med en bokstav. PIN-koden skrivs inte här.",
        "en": "The code has 3 to 16 letters or figures, first a letter. The PIN is not written here.",
    }
)


def questions(language: str) -> Sequence[Question]:
    return (
        Question(
            name="number",
            label=NUMBER[language],
            help=NUMBER_HELP[language],
            refusal=NUMBER_REFUSAL[language],
            kind=Kind.PHONE,
            is_required=True,
            longest=25,
        ),
        Question(
            name="code",
            label=CODE[language],
            help=CODE_HELP[language],
            refusal=CODE_REFUSAL[language],
            kind=Kind.WORD,
            is_required=False,
            longest=16,
        ),
    )
