"""What all tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests import toy

# A terminal's width and colours must not reach the outputs that tests compare.
os.environ.update(COLUMNS="100", NO_COLOR="1")

# A loaded machine is slow and not wrong; the same examples everywhere make a failure repeatable.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy database as a file, made once a module."""
    file = tmp_path_factory.mktemp("toy") / "toy.db"
    toy.database(file).close()
    return file


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says how many of the single-statement cases are read rightly, under xdist too."""
    told = [
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "case" and report.when == "call"
    ]
    if told:
        terminalreporter.write_line(
            f"{sum(told)} of {len(told)} cases read rightly ({sum(told) / len(told):.1%})"
        )
