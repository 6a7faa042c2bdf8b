"""Work that outlives a request: who may ask for it, who may run it, and how often. The door for messages.

An errand is a row of an outbox. A message only reminds a worker of it and carries nothing else, so a broker may lose,
repeat or invent messages without any effect (operations §3, §4; ADR 0010).
"""
