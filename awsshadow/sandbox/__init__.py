"""A local SageMaker control plane: requests in, answers out, one SQLite file in between.

``core`` is the door for programs. Nothing here opens a socket, reads credentials or calls AWS.
"""
