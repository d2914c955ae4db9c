"""What can fail around devices, media and the way to the server: the closed list of this room.

Every other room has its own list; `web/failure_list.py` joins them all. The four of `devices` name both
at once: pages of earlier releases say them, and earlier facts hold them.
"""

from enum import StrEnum


class Failure(StrEnum):
    MICROPHONE_BLOCKED = "microphone_blocked"
    MICROPHONE_BLOCKED_BY_SYSTEM = "microphone_blocked_by_system"
    MICROPHONE_DISMISSED = "microphone_dismissed"
    MICROPHONE_UNANSWERED = "microphone_unanswered"
    MICROPHONE_IN_USE = "microphone_in_use"
    MICROPHONE_MISSING = "microphone_missing"
    MICROPHONE_SILENT = "microphone_silent"
    MICROPHONE_FAILED = "microphone_failed"
    CAMERA_BLOCKED = "camera_blocked"
    CAMERA_BLOCKED_BY_SYSTEM = "camera_blocked_by_system"
    CAMERA_DISMISSED = "camera_dismissed"
    CAMERA_UNANSWERED = "camera_unanswered"
    CAMERA_IN_USE = "camera_in_use"
    CAMERA_MISSING = "camera_missing"
    CAMERA_FAILED = "camera_failed"
    DEVICES_DENIED = "devices_denied"
    DEVICES_MISSING = "devices_missing"
    DEVICES_IN_USE = "devices_in_use"
    DEVICES_FAILED = "devices_failed"
    BROWSER_IN_APP = "browser_in_app"
    BROWSER_TOO_OLD = "browser_too_old"
    PAGE_INSECURE = "page_insecure"
    MEDIA_NOT_CONNECTED = "media_not_connected"
    MEDIA_LOST = "media_lost"
    SERVER_UNREACHABLE = "server_unreachable"
