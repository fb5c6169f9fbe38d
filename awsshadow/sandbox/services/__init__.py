"""The services around SageMaker: which one a request is for, and those that the sandbox plays itself.

One module a service, loaded when it is first asked; ``served`` is the way from a request to an answer
that they share, and the modules of protocols (``rest_json``, ``json_rpc``, ``query_xml``) are its two ends.
"""
