"""``python -m awsshadow``."""

import sys

from awsshadow.main import main

sys.exit(main())
