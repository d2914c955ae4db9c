"""The settings of the staff's issuer, made real."""

from identity.permission import Role
from identity.staff_issuer.issuer import Issuer
from server.settings import BadSettings, Settings


def issuer_of(settings: Settings) -> Issuer | None:
    """Return what was agreed with the issuer, None where there is none. Raises BadSettings."""
    if not settings.staff_oidc_issuer:
        return None
    return Issuer(
        issuer=settings.staff_oidc_issuer,
        client_id=settings.staff_oidc_client_id,
        client_secret=settings.staff_oidc_client_secret,
        groups=tuple(map(_role_and_group, settings.staff_oidc_groups)),
        groups_claim=settings.staff_oidc_groups_claim,
    )


def issuer_label(settings: Settings) -> str:
    return (settings.staff_oidc_label or settings.organisation) if settings.staff_oidc_issuer else ""


def _role_and_group(text: str) -> tuple[Role, str]:
    role, _, group = text.partition("=")
    if role not in set(Role) or not group:
        raise BadSettings(f"KOHTAAMO_STAFF_OIDC_GROUPS: {text} is not like admin=GROUP")
    return Role(role), group
