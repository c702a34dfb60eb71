"""A message that grows: what stands there of it, and how it ends, by the application or after five minutes."""

from tests.fakes.slack.world import Message, World


def shown(message: Message) -> None:
    """What stands there of a stream: its text as a block, then the blocks that came as chunks."""
    stream = message.stream
    assert stream is not None
    message.text = stream.markdown
    text = [{"type": "markdown", "text": stream.markdown, "block_id": "stream"}] if stream.markdown else []
    message.blocks = [*text, *stream.blocks]


def end(world: World, message: Message) -> None:
    """It grows no more."""
    assert message.stream is not None
    message.stream.open = False
    shown(message)
    message.edited = world.new_ts()


def running(world: World, message: Message) -> bool:
    """Whether a message still grows; Slack ends it after five minutes of the world's time."""
    stream = message.stream
    if stream is not None and stream.open and world.now() - stream.started >= world.limits.stream:
        stream.timed_out = True
        end(world, message)
    return stream is not None and stream.open
