"""What one kind of resource does beyond that: a module a SageMaker noun, each with a dict OPERATIONS."""
