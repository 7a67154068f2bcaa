"""What platforms send by themselves: verified, kept as hints, answered; and how the process is."""
