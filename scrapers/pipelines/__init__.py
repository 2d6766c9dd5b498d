"""What an object passes between the board and the landing, one concern a file."""
