"""What files and pages say is read; what is built to harm is refused with a sentence."""

import contextlib
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.services.knowledge import papers
from zrg_app.kit.errors import Invalid
from zrg_app.services.knowledge import documents


def test_a_pdf_is_read_page_after_page() -> None:
    assert documents.text_of("pdf", papers.pdf("Starter costs $900 a month.", "Notice is 30 days.")) == (
        "Starter costs $900 a month.\n\nNotice is 30 days.")


def test_a_word_file_is_read_with_its_tables() -> None:
    text = documents.text_of("docx", papers.docx("Our plans", "They differ in reach.", table=(("Plan", "Price"), ("Growth", "$1,800"))))
    assert text == "Our plans\n\nThey differ in reach.\n\nPlan | Price\nGrowth | $1,800"


@pytest.mark.parametrize(("kind", "content", "words"), [
    ("pdf", papers.locked_pdf("hidden"), "password"),
    ("pdf", papers.pdf(), "no pages"),
    ("pdf", papers.pdf(*["x"] * 401), "401 pages"),
    ("pdf", papers.pdf(""), "only pictures"),
    ("pdf", b"GIF89a not a pdf", "not a PDF"),
    ("pdf", b"%PDF-1.7\n" + b"\x00\xff" * 4000, "damaged"),
    ("docx", papers.bomb(120), "unpacks to more"),
    ("docx", b"PK\x03\x04 broken", "not a Word file"),
    ("docx", papers.pdf("a pdf by another name"), "not a Word file"),
    ("text", b"\x00\x01\x02" * 500, "not text"),
    ("text", b"", "empty"),
    ("html", b"<script>only()</script>", "no text"),
])
def test_what_cannot_be_read_says_why(kind: str, content: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        documents.text_of(kind, content)


def test_a_billion_laughs_are_not_heard() -> None:
    began = time.monotonic()
    with pytest.raises(Invalid):
        documents.text_of("docx", papers.laughs())
    assert time.monotonic() - began < 30


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sleeper = tmp_path / "sleeper.py"
    sleeper.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(documents, "_PROGRAM", sleeper)
    monkeypatch.setattr(documents, "SECONDS", 0.5)
    with pytest.raises(Invalid, match="too long"):
        documents.text_of("pdf", papers.pdf("x"))


def test_the_program_that_reads_strangers_files_knows_nothing_of_ours() -> None:
    source = documents._PROGRAM.read_text()
    body = source.split('"""', 2)[2]
    assert "zrg_app" not in body and "environ" not in body
    done = subprocess.run([sys.executable, "-I", str(documents._PROGRAM), "pdf"], input=papers.pdf("Hello."), capture_output=True,
                          env={}, cwd="/", check=True)
    assert json.loads(done.stdout) == {"text": "Hello."}


def test_a_page_is_read_without_its_scripts_and_menus() -> None:
    html = ("<html><head><title>Pricing &amp; terms</title><style>p{}</style></head><body><nav>Home</nav><h1>Plans</h1>"
            "<p>Starter costs &#36;900.</p><script>alert(1)</script><ul><li>No set-up fee</li></ul></body></html>")
    assert documents.text_of("html", html.encode()) == "Pricing & terms\n\nPlans\nStarter costs $900.\n\n- No set-up fee"


@pytest.mark.parametrize("hostile", [b"<script" * 400_000, b"<script" * 400_000 + b">", b"<script>" * 300_000,
                                     b"<title " * 400_000, b"</script " * 300_000, b"<nav" + b" " * 2_000_000, b"<p>" * 600_000])
def test_a_page_built_to_hang_does_not(hostile: bytes) -> None:
    began = time.monotonic()
    with contextlib.suppress(Invalid):
        documents.text_of("html", hostile)
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_each_row_of_a_table_is_understood_by_itself(separator: str) -> None:
    rows = [("Plan", "Price"), ("Starter", "$900"), ("Growth", "")]
    content = "\n".join(separator.join(row) for row in rows).encode("utf-8-sig")
    assert documents.text_of("csv", content) == "Plan: Starter\nPrice: $900\n\nPlan: Growth"


@pytest.mark.parametrize("content", ["Größe".encode("cp1252"), "Größe".encode(), "Größe".encode("utf-16")])
def test_text_is_read_in_the_usual_encodings(content: bytes) -> None:
    assert documents.text_of("text", content) == "Größe"


@pytest.mark.parametrize("name", ["x.exe", "x", "x.pdf.zip", ".docx/../x", "report.doc"])
def test_other_kinds_are_refused_by_name(name: str) -> None:
    with pytest.raises(Invalid, match="not a kind we read"):
        documents.kind_of(name)
