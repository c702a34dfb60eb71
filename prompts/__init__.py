"""Prompts for language models: Markdown files with declared variables, and the library that fills them in.

A file begins with its purpose, who it is for, and its variables: `ours` are words of the program or the operator,
`outside` is text that somebody else wrote, which the library fences. To change what a model does, change a file here;
to see what it gets, look into `tests/unit/test_prompts.py`, which holds every prompt filled in.
"""
