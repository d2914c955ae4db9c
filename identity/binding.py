"""Who comes to the door must be the person who booked."""

from hmac import compare_digest

from identity.errors import AnotherPerson
from identity.identification import Identified
from identity.person_name import is_same_person


def check_is_booker(identified: Identified, *, booked_name: str, bound_key: bytes | None) -> None:
    """Compare with the person to whom the appointment is bound, or else with the name it was booked in.

    The key decides alone where both have one: people change names, and two may
    share one. Who was given a code or lets themselves be asked bears the booked name. Raises AnotherPerson.
    """
    if not identified.vouches_for_name:
        return
    if bound_key is not None and identified.subject_key is not None:
        is_booker = compare_digest(bound_key, identified.subject_key)
    else:
        is_booker = is_same_person(
            booked_name, given_name=identified.given_name, family_name=identified.family_name
        )
    if not is_booker:
        raise AnotherPerson
