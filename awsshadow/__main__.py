#!python
"""The console script, and ``python -m awsshadow``."""

import sys

if hasattr(sys, "set_lazy_imports"):
    # From Python 3.15 on (PEP 810) an import at the top of a module costs nothing until its name is used: of what
    # botocore and its packages import, a call uses a part.
    sys.set_lazy_imports("all")

from awsshadow.main import main

sys.exit(main())
