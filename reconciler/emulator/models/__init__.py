"""Embedding models that run here, behind the doors of Azure OpenAI, Foundry and AI Vision."""
