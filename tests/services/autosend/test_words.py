"""How sure the evaluator was beside how sure it has to be, in words that never flatter."""

import pytest

from zrg_app.services.autosend.words import sure_words


@pytest.mark.parametrize(("confidence", "threshold", "told"), [
    (0.93, 0.9, "0.93 of 0.90 needed"), (0.9, 0.9, "0.90 of 0.90 needed"), (1.0, 0.85, "1.00 of 0.85 needed"),
    (0.41, 0.9, "0.41 of 0.90 needed"), (0.0, 0.9, "0.00 of 0.90 needed"),
    # What fell just short does not read as reached.
    (0.896, 0.9, "0.896 of 0.90 needed"), (0.89996, 0.9, "0.89996 of 0.90 needed"), (0.92, 0.925, "0.92 of 0.925 needed"),
    (None, 0.9, ""), (0.9, None, ""),
])
def test_how_sure_it_was_stands_beside_what_was_needed(confidence: float | None, threshold: float | None, told: str) -> None:
    assert sure_words(confidence, threshold) == told
