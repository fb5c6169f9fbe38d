"""Many calls for one command: over the items of a listing, over regions and profiles, over kinds of resources."""
