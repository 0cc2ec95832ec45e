"""What the writers of graphs write, held to hand-typed files."""
