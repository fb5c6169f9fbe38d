"""What all own commands share: click classes, the way out, and help and completion made from the tree."""
