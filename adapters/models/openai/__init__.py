"""Language models behind `/v1/chat/completions`: the vendor's own server, and every one that speaks like it.

gateway     the port: places side by side, what is told of each call
asking      one question, from its first try to the end of its answer
ladder      what a server and a model take, learned from refusals: fields, and the form of answers
server      one address: a call is put, its pieces come back; the deadline
answers     what the pieces say, of whatever kind their fields are
text        what of an answer is text: no thoughts, no broken characters
errors      what a failure means, and whether to ask again
access      the settings as this package asks for them
doctor      whether a model can do its work, for the command line
planting    how much of a long prompt a server really keeps
"""
