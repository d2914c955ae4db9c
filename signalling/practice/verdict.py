"""What a practice came to: "ready", or the one thing to mend."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from signalling.precall.ports import Heard
from signalling.precall.verdict import Advice, Kind, Measures, Verdict, judge


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person said of what only they can see and hear; None is skipped."""

    greeting: bool | None = None
    page: bool | None = None


def judge_practice(measures: Measures, heard: Heard | None, answers: Answers) -> Verdict:
    """Return the worst finding; of equally bad ones the first, which is what was measured."""
    heard = heard or Heard()
    measured = replace(measures.confirmed_by(heard), microphone_silent=not heard.has_sound)
    findings = (judge(measured), *_findings(heard, answers))
    return max(findings, key=lambda finding: finding.kind)


def _findings(heard: Heard, answers: Answers) -> Iterator[Verdict]:
    """Yield what the walk found; a mute that does not silence is ours to mend, not theirs."""
    if heard.sound is False:
        yield Verdict(Kind.POOR, Advice.CHECK_MICROPHONE)
    if answers.greeting is False:
        yield Verdict(Kind.POOR, Advice.TURN_UP_SOUND)
    if answers.page is False:
        yield Verdict(Kind.POOR, Advice.UPDATE_BROWSER)
