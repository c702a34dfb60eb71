"""Pictures, drawn in worker processes.

`layout` decides where everything stands, `lettering` knows how wide words are and which of them the font has, `drawing`
puts them on the canvas. Colours carry no meaning of their own: the alt text, and the words beside the picture, say the
same.
"""
