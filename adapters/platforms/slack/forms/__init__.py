"""What is filled in: the first run and the settings, with the preview that both end in."""
