"""The Django project around ResetWatch: settings, servers, the commands to run it."""
