"""Azure around the search services: Resource Manager, identities, roles, storage accounts.

`emulated.Azure` is the whole of it: it tells the sites apart by host, and the doors reach it.
"""
