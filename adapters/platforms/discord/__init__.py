"""Discord: cards, threads, buttons, commands. Where a line belongs, from the connection to what people see:

The connection
    gateway     the platform itself: connect, listen, post, find, end
    client      what the gateway tells becomes calls of what listens
    wiring      what listens: ears, commands, greeting
    rest        requests as plain data, and which of them may be repeated
    buckets     the library's rate limits, kept small
    errors      what a refusal means
    kit         the ways out that all parts share
    doctor      whether everything is as it must be, for the command line

What everything is made of
    payloads    the JSON of messages and forms: types, flags, how one is written and walked
    permissions the rights we ask for, and how Discord computes them
    rights      the rights we have in a channel now
    options     what a server decides about a subscription

`rendering`: a message as payloads, pure
    components  blocks become components
    marks       text as Markdown in which nothing is markup but what we mean
    portions    what to do with what is too long
    limits      how much a message may hold

`posting`: an edition gets to a place once
    poster      posts and changes a message
    requests    which requests show it
    cards       a card and its thread, its post, its day
    sending     one request, and what is done when it fails
    finding     the key that a message carries, and reading a place back
    places      what a channel is, and what was decided for it

`talk`: what people write and press
    listening   messages that are for us
    pressing    buttons, menus, forms: acknowledged at once
    looking_up  look-ups by button, and the way to a story
    asking      questions by form; stop, retry, report
    sharing     a private look-up shown to all, once
    answering   how an answer reaches the person
    writing     forms with one box to write in
    whence      place, person, edition and question of what reached us

`commands` and `forms`: what is set up and managed
    calling     one command or press of a form, from the acknowledgement to the answer, also when it fails
    commands    the tree: declaring, translating, completing (and for shows); admin, reading, episodes, sources,
                privacy; sheets are their pages;
                pressed says which form a press belongs to
    forms       setup and settings do what is chosen, setup_form and settings_form are how they look; previewing,
                timetable, zones

`drawing`: a picture of Discord from payloads, for demonstrations and tests
    page, scene, markdown, elements, client_words
"""
