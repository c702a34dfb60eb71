"""What follows `/brief`, and the buttons that do the same: what is read of it, what each does, the pages they show."""
