"""What all tests share."""

import os

from hypothesis import settings

# A terminal's width and colours must not reach the outputs that tests compare.
os.environ.update(COLUMNS="100", NO_COLOR="1")

# A loaded machine is slow and not wrong; the same examples everywhere make a failure repeatable.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")
