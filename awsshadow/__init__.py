"""awsshadow: a drop-in for ``aws sagemaker``."""

__version__ = "0.1.0"
