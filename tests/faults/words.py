"""Complaint 27: letters that carry what somebody typed, or say what nobody can understand."""

from tests.faults.fault import Fault

TEXTS, UNICODE = "tests/web/test_letter_texts.py", "tests/server/notify/test_any_unicode.py"

FAULTS = (
    Fault(
        complaint=27,
        what="a variable that there is not is accepted when a letter's words are saved",
        file="web/letter_rules.py",
        old="    try:\n        template = taken_apart(text, demands.known[part])\n",
        new="    try:\n        template = taken_apart(text.partition('{{')[0], demands.known[part])\n",
        seen_by=f"{TEXTS}::test_words_that_cannot_be_sent_are_refused_beside_their_field",
    ),
    Fault(
        complaint=27,
        what="an admin's words may hold code",
        file="web/letter_template.py",
        old="    if not isinstance(node, nodes.Name):\n        raise BadTemplate(TemplateFault.CODE)\n",
        new='    if not isinstance(node, nodes.Name):\n        return ""\n',
        seen_by="tests/web/test_letter_template.py::test_code_is_refused",
    ),
    Fault(
        complaint=27,
        what="a link that was typed as a name is mailed to somebody else's address",
        file="server/notify/compose.py",
        old='        "customer": name_shown(occasion.appointment.customer.name),\n',
        new='        "customer": occasion.appointment.customer.name,\n',
        seen_by=f"{UNICODE}::test_mail_has_no_link_but_ours",
    ),
    Fault(
        complaint=27,
        what="a link that was typed as a name stands in an admin's words",
        file="server/notify/own_words.py",
        old='        "name": name_shown(occasion.appointment.customer.name),\n',
        new='        "name": occasion.appointment.customer.name,\n',
        seen_by="tests/server/notify/test_own_words.py"
        "::test_what_a_customer_typed_is_no_variable_and_no_link_in_own_words",
    ),
    Fault(
        complaint=27,
        what="a name with a comma adds a recipient",
        file="server/notify/smtp.py",
        old='    message["To"] = Address(letter.name, addr_spec=letter.to)\n',
        new='    message["To"] = f"{letter.name} <{letter.to}>"\n',
        seen_by=f"{UNICODE}::test_mail_has_one_of_each_header_and_one_recipient",
    ),
)
