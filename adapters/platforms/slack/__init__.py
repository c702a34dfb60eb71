"""Slack: a parent message with its thread, modals, App Home, `/brief`. Where a line belongs, from the connection on:

The connection
    gateway      the platform itself: connect, listen, post, find, end
    client       what Slack tells us, acknowledged, becomes calls of what listens
    sockets      Socket Mode; requests over HTTP come through `installing.server`
    bodies       what Slack sends becomes what `arrival` has
    arrival      what reaches us, in a few small types
    hearing      what listens: the protocols that `talk` and `commands` are
    wiring       ears, commands, greeting, put together
    rest         methods as plain data, and which of them may be repeated
    turns        one message a second and channel
    errors       what a refusal means
    workspaces   who we are where, and who people are
    access       settings, tokens and installations, as far as this adapter asks
    kit          the ways out that all parts share
    doctor       whether everything is as it must be, for the command line

What everything is made of
    payloads     Block Kit: how blocks, elements and views are written and walked
    permissions  the scopes we ask for
    rights       what we may do in a channel now
    options      what a workspace decides about a subscription
    manifest     the app as Slack is told of it (`manifest.yaml`)

`rendering`: a message as payloads, pure
    blocks       blocks of a document become Block Kit
    marks        text as mrkdwn or Markdown in which nothing is markup but what we mean
    dates        instants in the reader's zone
    limits       how much a message may hold

`posting`: an edition gets to a place once
    poster       posts and changes a message
    finding      the key in a message's metadata, and reading a place back
    uploading    pictures, put into the workspace before the message that shows them
    places       what a channel is, and how we get into it

`talk`: what people write and press
    listening    messages that are for us
    pressing     buttons, menus, forms: a modal at once
    looking_up   look-ups by button
    asking       questions by form; stop, retry, report
    sharing      a look-up shown in the thread, a story shown elsewhere, once
    feedback     what follows Not useful
    agent        what the conversation with us offers
    answering    how an answer reaches the person
    streaming    an answer that is read while it comes
    adding       a message is added once, also where Slack does not say whether it was taken
    working      the status line
    opening      a modal within three seconds
    writing      forms with one thing to fill in
    whence       place, person, edition and question of what reached us

`commands`, `forms` and `home`: what is set up and managed
    calling      one command, press or form, from the acknowledgement to the answer, also when it fails
    surfaces     where an answer to one person is shown
    naming       what channels are called where somebody reads of them
    commands     `/brief` and its words
    forms        setup and settings do what is chosen, setup_form and settings_form are how they look
    home         App Home

`installing`: how workspaces let us in
    server, flow, pages, states     the door, and what somebody sees who installs us
    store, record, sealing, tokens  what is kept of it, encrypted, and fetched anew in time
    exchange, leaving, assembly     what Slack gives for a code; uninstalling; all of it put together

`drawing`: a picture of Slack from payloads, for demonstrations and tests
"""
