"""What is the writer given? The facts of the workspace, the lead, and the conversation. Pure."""

from dataclasses import dataclass

from zrg_app.services.llm.transcript import marked, one_line, transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything a draft may draw on; `facts` are lines of `name: value`, ours or about the lead."""

    channel: str
    first_name: str
    sentiment: str
    facts: dict[str, str]
    history: list[dict]
    newest: str
    instruction: str = ""
    mistakes: tuple[str, ...] = ()

    def text(self) -> str:
        """The input of the model."""
        lines = [f"channel: {self.channel}", f"first_name: {one_line(self.first_name)}", f"label: {self.sentiment}"]
        lines += [f"{name}: {' '.join(value.split())}" for name, value in self.facts.items() if value]
        if self.instruction:
            lines.append(f"instruction: {' '.join(self.instruction.split())[:500]}")
        lines += [f"mistake in your last attempt, do not repeat: {mistake}" for mistake in self.mistakes]
        return "\n".join(lines) + f"\n\nConversation:\n{transcript(self.history)}\n\n{marked(self.newest)}"

    def known_text(self) -> str:
        """All text a link or price may come from: our own facts and messages, and the colleague's instruction."""
        ours = [message["body"] for message in self.history if message["direction"] == "outbound"]
        return "\n".join([*self.facts.values(), *ours, self.instruction])
