"""Settings of every test: the instances that tests start for themselves, and no test left out under CI."""

import os
from collections.abc import Generator

import pytest
import structlog

pytest_plugins = (
    "tests.bars",
    "tests.overheard.plugin",
    "tests.instances.ports",
    "tests.instances.postgres",
    "tests.instances.browser",
    "tests.instances.firefox",
    "tests.instances.coturn",
    "tests.instances.smtp",
    "tests.instances.exim",
    "tests.instances.dovecot",
    "tests.journeys.prepared_postgres",
)

PLAIN = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)


def pytest_configure() -> None:
    """Let tracebacks tell no local values, as the product's logs do: there names and tokens stand."""
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], PLAIN])


LEAVING_OUT_FAILS = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a test that was left out into a failure where nobody reads the reasons."""
    del item, call
    report = yield
    if LEAVING_OUT_FAILS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"left out, which CI=true does not allow: {report.longreprtext}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Do the same for a whole file that leaves itself out."""
    del collector
    report = yield
    if LEAVING_OUT_FAILS and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"left out, which CI=true does not allow: {report.longreprtext}"
    return report
