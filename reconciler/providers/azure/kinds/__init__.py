"""The kinds of Azure Resource Manager, one file each."""
