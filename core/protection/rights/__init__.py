"""What people can ask for while their data stays: restriction, holds, whom to turn to, and the log of uses."""
