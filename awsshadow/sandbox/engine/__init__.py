"""What every family of resources does: be made, shown, listed, changed, ended, and move on by itself."""
