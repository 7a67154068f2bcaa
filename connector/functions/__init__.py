"""The product as functions of the large clouds: one hears of calls, the other carries them on a schedule."""
