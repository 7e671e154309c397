"""What all tests share."""

import os

# A terminal's width and colours must not reach the outputs that tests compare.
os.environ.update(COLUMNS="100", NO_COLOR="1")
