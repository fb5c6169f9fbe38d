#!python
"""The console script, and ``python -m awsshadow``."""

import os
import sys

if sys.path[0] == os.path.dirname(os.path.realpath(__file__)):
    # The folder of this script, where every module would be looked for before those of Python. Nobody lays one beside
    # a program to have it imported by this one; `python -P` says so for a program of one's own.
    del sys.path[0]
if hasattr(sys, "set_lazy_imports"):
    # From Python 3.15 on (PEP 810) an import at the top of a module costs nothing until its name is used: of what
    # botocore and its packages import, a call uses a part.
    sys.set_lazy_imports("all")

from awsshadow.main import main

sys.exit(main())
