"""A local SageMaker control plane: requests in, answers out, one SQLite file in between.

``service.Sandbox`` answers requests; ``admin`` is what a person does with what is kept. Nothing here
but ``serving`` opens a socket, reads credentials or calls AWS.
"""
