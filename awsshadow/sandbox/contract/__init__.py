"""What the service says: the forms of its protocol, its answers, its errors and their sentences."""
