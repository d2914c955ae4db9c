"""What can fail around devices, media and the way to the server: the closed list of this room."""

from enum import StrEnum


class Failure(StrEnum):
    DEVICES_DENIED = "devices_denied"
    DEVICES_MISSING = "devices_missing"
    DEVICES_IN_USE = "devices_in_use"
    DEVICES_FAILED = "devices_failed"
    BROWSER_TOO_OLD = "browser_too_old"
    MEDIA_NOT_CONNECTED = "media_not_connected"
    MEDIA_LOST = "media_lost"
    SERVER_UNREACHABLE = "server_unreachable"
