"""What a model phrases, brought into the frame of what was selected, and held against its passages.

A model answers with one of the `shapes`. Its answer is put into the frame of the selected part, examined sentence by
sentence, repaired once by the same model where it fails, and what still fails is left out. Too little left, and the
selected part stands. Everything here is pure.
"""
