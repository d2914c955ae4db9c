"""What the tests' Exim does with a mail, by whom it is for: deliver, refuse, put off, or give up later."""

from dataclasses import dataclass
from pathlib import Path

PIPE = "cat > $$ && mv $$ $$.mail"
"""What stands in for `kohtaamo bounce` at the pipe: the server may be another user, who cannot run ours."""

USER, PASSWORD = "kohtaamo", "nine-plain-words"
HERE, CUSTOMERS = "kohtaamo.test", "customers.test"
LARGEST_KILOBYTES = 200


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the server listens: without encryption, with STARTTLS, and with TLS from the first byte."""

    clear: int
    starttls: int
    tls: int


def rules(folder: Path, ports: Ports) -> str:
    """Write what Exim reads.

    `gone` is refused at once, `grey` put off, `closed` accepted and returned, `away` delivered and answered.
    """
    return "\n".join((_main(folder, ports), _TAKING, _WAYS, _transports(folder), _LOGIN))


def _main(folder: Path, ports: Ports) -> str:
    listening = (
        *(f"[{address}]:{ports.starttls}" for address in ("127.0.0.1", "127.0.0.3")),
        *(f"[127.0.0.2]:{port}" for port in (ports.clear, ports.starttls, ports.tls)),
    )
    return f"""
primary_hostname = mx.{HERE}
exim_path = {folder}/bin/exim4
exim_user = Debian-exim
exim_group = Debian-exim
keep_environment = ^LD_ : ^NSS_WRAPPER_
spool_directory = {folder}/spool
log_file_path = {folder}/log/%s
pid_file_path = {folder}/pid
local_interfaces = <; {" ; ".join(listening)}
tls_on_connect_ports = {ports.tls}
tls_certificate = {folder}/server.pem
tls_advertise_hosts = ${{if eq{{$received_port}}{{{ports.clear}}}{{}}{{*}}}}
auth_advertise_hosts = *
host_lookup =
rfc1413_hosts =
smtp_accept_max = 200
message_size_limit = {LARGEST_KILOBYTES}K
domainlist ours = {HERE} : {CUSTOMERS}
acl_smtp_rcpt = recipient
"""


_TAKING = """
begin acl
recipient:
  deny  domains = !+ours
        message = relay not permitted
  defer local_parts = grey
        message = 451 greylisted
  deny  local_parts = gone
        message = no such mailbox
  accept
"""

_WAYS = r"""
begin routers
closed:
  driver = redirect
  local_parts = closed
  allow_fail
  data = :fail: this mailbox has been closed
bounces:
  driver = accept
  local_parts = bounces
  local_part_suffix = +*
  transport = pipe
away:
  driver = accept
  local_parts = away
  unseen
  no_verify
  transport = out_of_office
delivered:
  driver = accept
  transport = box
"""


def _transports(folder: Path) -> str:
    return f"""
begin transports
pipe:
  driver = pipe
  current_directory = {folder}/piped
  command = /bin/sh {folder}/bin/pipe
  envelope_to_add
box:
  driver = appendfile
  maildir_format
  directory = {folder}/box
  envelope_to_add
  return_path_add
out_of_office:
  driver = autoreply
  to = $sender_address
  from = away@{CUSTOMERS}
  subject = Out of office
  text = I am back on Monday. Error 5.1.1 is not what this is.
"""


_LOGIN = f"""
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{USER}}}}}{{eq{{$auth3}}{{{PASSWORD}}}}}}}}}
  server_set_id = $auth2
"""
