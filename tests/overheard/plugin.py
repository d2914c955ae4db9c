"""Listens to the whole run, and fails it when a secret was overheard; each parallel worker tells its own."""

from collections.abc import Generator, Iterator
from typing import Any

import pytest
from aiohttp import ClientResponse

from tests.overheard.ear import EAR
from tests.overheard.traffic import hearing

Told = dict[str, Any]
_TOLD = pytest.StashKey[list[Told]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_TOLD] = []
    config.addinivalue_line("markers", "logs_secrets: logs secrets itself, to see them hidden")


@pytest.fixture(scope="session", autouse=True)
def _listening() -> Iterator[None]:
    """Hear what clients of aiohttp are answered, as long as tests run."""
    read = ClientResponse.read
    ClientResponse.read = hearing(read)  # type: ignore[method-assign, assignment]  # undone below
    yield
    ClientResponse.read = read  # type: ignore[method-assign]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    EAR.test = item.nodeid
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Hear whatever was printed and logged: the last report of a test has all of it."""
    report = yield
    if report.when == "teardown" and item.get_closest_marker("logs_secrets") is None:
        for name, text in report.sections:
            EAR.hear_log(name, text)
    return report


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Search, tell the process that started us, and fail the run of who was not started."""
    config = session.config
    leaks = [str(leak) for leak in EAR.leaks()]
    told = {"leaks": leaks, "planted": len(EAR.own) + len(EAR.of_house), "lines": EAR.lines}
    if not leaks:
        EAR.forget()
    if hasattr(config, "workeroutput"):
        config.workeroutput["overheard"] = told
        return
    config.stash[_TOLD].append(told)
    if any(one["leaks"] for one in config.stash[_TOLD]) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take in what a worker overheard."""
    if told := getattr(node, "workeroutput", {}).get("overheard"):
        node.config.stash[_TOLD].append(told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    told = config.stash[_TOLD]
    leaks = [leak for one in told for leak in one["leaks"]]
    planted, lines = (sum(one[name] for one in told) for name in ("planted", "lines"))
    for leak in leaks:
        terminalreporter.write_line(f"overheard a secret: {leak}", red=True)
    terminalreporter.write_line(
        f"{planted} secrets sought in {lines} lines of logs and error pages: {len(leaks)} found"
    )
