"""What is asked about somebody of the staff."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID, uuid4

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from booking.texts import Texts
from identity.permission import Role
from identity.staff import StaffMember, normal_login
from web.fields import Language, Name
from web.i18n import N_
from web.languages import Prose, texts_in, texts_out

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
ROLES: Mapping[str, str] = MappingProxyType({"adviser": N_("Adviser"), "admin": N_("Admin")})


def known_login(text: str) -> str:
    login = normal_login(text)
    if not LOGIN.fullmatch(login):
        raise PydanticCustomError("login", "not a login")
    return login


class PersonForm(BaseModel):
    LABELS: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "login": N_("Name for signing in"),
            "name": N_("Name"),
            "role": N_("Role"),
            "team_id": N_("Team"),
            "languages": N_("Languages"),
        }
    )

    name: Name
    role: Literal["adviser", "admin"]
    team_id: UUID
    languages: list[Language] = Field(default_factory=list, min_length=1, validate_default=True)
    seen: str = Field(default="", max_length=40)

    @staticmethod
    def of(member: StaffMember) -> dict[str, Any]:
        return {
            "name": member.name,
            "role": member.role.value,
            "team_id": str(member.team_id),
            "languages": list(member.languages),
        }

    def changed(self, member: StaffMember) -> dict[str, Any]:
        """Return what changes; of the languages, those that stay stand first, in their order."""
        told = list(dict.fromkeys(self.languages))
        kept = [language for language in member.languages if language in told]
        return {
            "name": self.name,
            "role": Role(self.role),
            "team_id": self.team_id,
            "languages": (*kept, *(language for language in told if language not in kept)),
        }


class NewPersonForm(PersonForm):
    login: Annotated[str, Field(max_length=100), AfterValidator(known_login)]

    def member(self) -> StaffMember:
        return StaffMember(
            id=uuid4(),
            login=self.login,
            name=self.name,
            role=Role(self.role),
            team_id=self.team_id,
            languages=tuple(dict.fromkeys(self.languages)),
        )


class IntroductionForm(BaseModel):
    """What an adviser says of themselves."""

    LABELS: ClassVar[Mapping[str, str]] = MappingProxyType({"about": N_("About themselves")})

    about_fi: Prose = ""
    about_sv: Prose = ""
    about_en: Prose = ""
    seen: str = Field(default="", max_length=40)

    @staticmethod
    def of(texts: Texts) -> dict[str, str]:
        return texts_out("about", texts)

    def texts(self) -> Texts:
        return texts_in(self, "about")


class SkillsForm(BaseModel):
    """The offerings whose customers an adviser meets."""

    offerings: list[UUID] = Field(default_factory=list, max_length=500)
    seen: str = Field(default="", max_length=40)


class DeactivationForm(BaseModel):
    """How many appointments ahead whoever presses the button was told of."""

    ahead: int = Field(ge=0, le=1_000_000)
