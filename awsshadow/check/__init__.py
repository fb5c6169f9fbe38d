"""Documents and commands in files, held against the model without a service: what is wrong, and where."""
