"""What is told and asked about the queue beside its list: menu, log, title, taskbar, notification."""
