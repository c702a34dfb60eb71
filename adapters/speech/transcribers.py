"""Which ears there are."""

from adapters.wire.http import Web
from bot.ports.cores import Cores
from bot.ports.recordings import SpeechSettings, Transcriber


def build(settings: SpeechSettings | None, *, web: Web, cores: Cores) -> Transcriber | None:
    """What hears recordings; None where nothing is set. Nothing is loaded or sent yet.

    Raises:
        ConfigError: the address of the server is none, or the key cannot be one.
    """
    if settings is None:
        return None
    if settings.local:
        from adapters.speech.whisper import LocalEars

        return LocalEars(settings.local, minutes=settings.minutes, web=web, cores=cores)
    from adapters.speech.openai import ServerEars

    return ServerEars(settings, web=web, cores=cores)
