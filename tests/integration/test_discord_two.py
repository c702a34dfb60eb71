"""Two processes on one Discord: each hears everything, one of them answers."""

from tests.integration.discord_brief import brief


async def test_a_question_is_answered_once() -> None:
    """Whichever claims the message first."""
    async with brief() as server, server.awake(), server.awake():
        await server.fake.world.until(lambda: len(server.fake.gateway.live) == 2)
        asked = await server.nell.say(server.keepers, "What is new?", mentions=[server.fake.world.me])
        await server.nell.answer_to(asked)
        await server.fake.world.until(lambda: len(server.fake.requests) > 0)
        answers = [m for m in server.fake.messages(server.keepers) if m.reference == asked.id]
        assert len(answers) == 1


async def test_a_command_is_answered_once_and_nobody_sees_a_failure() -> None:
    """Whichever acknowledges it first; the other one leaves it alone."""
    async with brief() as server, server.awake(), server.awake():
        await server.fake.world.until(lambda: len(server.fake.gateway.live) == 2)
        outcome = await server.mira.command("brief status")
        assert outcome.private
        assert len(outcome.messages) == 1
        assert "could not" not in outcome.text
        calls = "POST /interactions/{}/{}/callback"
        await server.fake.world.until(lambda: [one for one in server.fake.calls(calls) if one.status >= 400])
        assert len(server.fake.calls(calls)) == 2
    assert "command_failed" not in server.events.names()
