"""Which words make a message sound like a machine or a brochure? Ours, used where a workspace has no list of its own."""

FORBIDDEN: tuple[str, ...] = (
    "act now", "actionable insights", "actionable takeaways", "as per my last email", "at the end of the day", "best-in-class",
    "bleeding edge", "bleeding-edge", "by leveraging", "circle back", "cutting edge", "cutting-edge", "deep dive", "deep-dive",
    "delve", "disruptive", "don't miss out", "elevate your", "empower", "empowering", "ever-evolving", "exclusive offer",
    "fast-paced world", "game changer", "game-changer", "game-changing", "groundbreaking", "hidden gem", "holistic approach",
    "hop on a quick call", "hope this email finds you well", "hope this finds you well", "hope this message finds you well",
    "in today's world", "industry-leading", "i wanted to reach out", "just checking in", "leverage synergies", "limited time offer",
    "low-hanging fruit", "mind-blowing", "move the needle", "next-level", "no-brainer", "once in a lifetime", "paradigm shift",
    "per my last email", "pick your brain", "quick question for you", "revolutionary", "revolutionise", "revolutionize",
    "risk-free", "robust solution", "seamless integration", "seamlessly", "skyrocket", "supercharge", "synergies", "synergy",
    "take it to the next level", "tapestry", "thought leader", "thrilled to", "touch base", "transformative", "turnkey",
    "unleash", "unlock the power", "unparalleled", "win-win", "world-class")
