"""The writer that asks a language model: what each call is shown, what it may take, and what is made of its answer.

writer      `ModelWriter`: begins editions, and chooses by a desk's rubric
sitting     one edition: plans what its parts may take, and has each written
calling     its calls: the best layout for which there is room, a smaller one where the server refuses
refining    an answer examined, repaired once, read a second time, settled
pages       the messages of each call, in layouts that fit a context and a budget
house       what every call begins with: the rules of a desk
parts       the three kinds of parts, for work in other processes
measure     how many tokens each call may take, with the arithmetic
"""
