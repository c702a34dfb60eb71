"""Hears pieces of sound with faster-whisper: a program of its own, so that it can be ended at any moment.

    python -P hearing.py MODEL LANGUAGE PIECE…        LANGUAGE may be empty

It prints a line of JSON a segment (piece, start, end, text), at last `{"done": true}`; where it cannot hear,
`{"error": …}`. It imports nothing of ours, for it is started by its path.
"""

import json
import sys
from collections.abc import Sequence


def tell(**facts: object) -> None:
    """Print a line that the program which started us reads."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def hear(model: str, language: str, pieces: Sequence[str]) -> None:
    """Hear pieces one after the other, and tell each segment when it is heard."""
    try:
        from faster_whisper import WhisperModel  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        tell(error="faster-whisper is not installed: pip install 'counterpoint[whisper]'")
        return
    try:
        ears = WhisperModel(model, device="auto", compute_type="auto")
    except (OSError, RuntimeError, ValueError) as error:
        tell(error=f"the model {model} cannot be loaded: {error}")
        return
    try:
        for number, piece in enumerate(pieces):
            # Without the words before: a model that once repeats itself would go on to the end of the recording.
            segments, info = ears.transcribe(
                piece, language=language or None, vad_filter=True, condition_on_previous_text=False
            )
            language = language or info.language
            for segment in segments:
                tell(piece=number, start=segment.start, end=segment.end, text=segment.text)
    except (OSError, RuntimeError, ValueError) as error:
        tell(error=f"the model {model} failed: {error}")
        return
    tell(done=True)


if __name__ == "__main__":
    hear(sys.argv[1], sys.argv[2], sys.argv[3:])
