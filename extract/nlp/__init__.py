"""Segmentation and parts of speech: spaCy documents made of jieba's words."""
