"""Send it, once: the use case (`deliver`) and the steps of it, which nobody else calls."""
