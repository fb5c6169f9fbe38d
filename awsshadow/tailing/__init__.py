"""Reading logs, without the network: which streams, in which order their lines come, how a line is shown."""
