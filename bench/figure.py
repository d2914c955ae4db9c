"""A figure: what was measured, in which unit, how good it should be, and whether it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.spread import spread

Detail = Mapping[str, float | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A target is an upper bound, or a lower one where more is better.

    A figure without a target is told for the reader's sake and is never short.
    """

    name: str
    value: float
    unit: str
    target: float | None = None
    more_is_better: bool = False
    detail: Mapping[str, Detail] = field(default_factory=dict)

    @property
    def is_ok(self) -> bool:
        if self.target is None:
            return True
        return self.value >= self.target if self.more_is_better else self.value <= self.target

    def line(self) -> str:
        """Say it as contract.md's row of `make bench` asks."""
        sign = "≥" if self.more_is_better else "≤"
        bound = "no target" if self.target is None else f"target {sign} {self.target:g}"
        return f"{self.name} {self.value:.2f} {self.unit} ({bound}) {'ok' if self.is_ok else 'short'}"

    def record(self) -> dict[str, object]:
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "target": self.target,
            "ok": self.is_ok,
            "detail": {name: dict(part) for name, part in self.detail.items()},
        }


def ratio_of_medians(
    name: str,
    ours: Sequence[float],
    floor: Sequence[float],
    *,
    target: float | None,
    unit: str = "× floor",
    more_is_better: bool = False,
) -> Figure:
    """Set two rows of moments side by side."""
    return Figure(
        name=name,
        value=median(ours) / median(floor),
        unit=unit,
        target=target,
        more_is_better=more_is_better,
        detail={"ours": spread(ours), "floor": spread(floor)},
    )
