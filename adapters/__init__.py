"""Everything that touches the outside; families never import each other."""
