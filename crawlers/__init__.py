"""The outside world -> stored bytes."""
