"""How a waiting customer is coming in, as far as their page knows: closed lists, no personal word."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from signalling.failure import Failure
from signalling.fields import Fields


class ArrivalStep(StrEnum):
    """Where the page of the waiting room stands; the question of the browser is open while it asks."""

    OPENED = "opened"
    ASKING_MICROPHONE = "asking_microphone"
    ASKING_CAMERA = "asking_camera"
    CHECKING = "checking"
    READY = "ready"


class Microphone(StrEnum):
    UNKNOWN = "unknown"
    NONE = "none"
    SILENT = "silent"
    HEARD = "heard"
    MUTED = "muted"


class Camera(StrEnum):
    UNKNOWN = "unknown"
    NONE = "none"
    OFF = "off"
    ON = "on"


class DeviceKind(StrEnum):
    UNKNOWN = "unknown"
    PHONE = "phone"
    TABLET = "tablet"
    COMPUTER = "computer"


class System(StrEnum):
    UNKNOWN = "unknown"
    ANDROID = "android"
    IOS = "ios"
    WINDOWS = "windows"
    MACOS = "macos"
    LINUX = "linux"
    CHROMEOS = "chromeos"


class Browser(StrEnum):
    """`in_app` is one inside another program, which often has no camera."""

    UNKNOWN = "unknown"
    CHROME = "chrome"
    EDGE = "edge"
    FIREFOX = "firefox"
    SAFARI = "safari"
    SAMSUNG = "samsung"
    IN_APP = "in_app"


@dataclass(frozen=True, slots=True)
class Device:
    kind: DeviceKind = DeviceKind.UNKNOWN
    system: System = System.UNKNOWN
    browser: Browser = Browser.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What a customer's page says of itself while they wait."""

    step: ArrivalStep = ArrivalStep.OPENED
    microphone: Microphone = Microphone.UNKNOWN
    camera: Camera = Camera.UNKNOWN
    device: Device = field(default_factory=Device)
    failure: Failure | None = None


def read_arrival(fields: Fields) -> Arrival:
    """Raises BadMessage, which names the field."""
    device = fields.object("device")
    return Arrival(
        step=fields.choice("step", ArrivalStep),
        microphone=fields.choice("microphone", Microphone),
        camera=fields.choice("camera", Camera),
        device=Device(
            device.choice("kind", DeviceKind),
            device.choice("system", System),
            device.choice("browser", Browser),
        ),
        failure=fields.choice_or_none("failure", Failure),
    )


def kept_arrival(arrival: Arrival | None) -> dict[str, Any] | None:
    """Return JSON values, which `arrival_from` reads."""
    return asdict(arrival) if arrival else None


def arrival_from(row: Mapping[str, Any] | None) -> Arrival | None:
    """Read what was kept; it is of our own writing, or of another release's, whose words may be others."""
    return read_arrival(Fields(row)) if row else None
