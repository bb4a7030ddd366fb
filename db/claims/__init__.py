"""Articles, readings and claims: written once, superseded, judged, grouped with their copies, withdrawn."""
