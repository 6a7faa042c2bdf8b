"""Who you are and which hat you wear: sign-in, sessions, the door, roles, the realm as code, leavers."""
