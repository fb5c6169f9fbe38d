"""Deleting and stopping many resources by a plan that names each of them.

``planning`` makes a plan by asking the service, ``entries`` says what a plan is and how it stands in a file,
``plan_file`` keeps one while it is carried out by ``carrying_out``; ``wording`` shows all of it to people.
"""
