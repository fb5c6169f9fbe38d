"""The service model of the installed botocore -> slices. Imported only to build them."""
