"""Every change the tables ever went through, oldest first. A released revision is never edited."""
