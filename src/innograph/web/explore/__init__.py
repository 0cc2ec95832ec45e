"""/explore: distinctions by what they are about, who gave them, and who was honoured."""
