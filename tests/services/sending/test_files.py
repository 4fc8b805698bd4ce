"""Which files leave, how do they arrive, and what becomes of their bytes?"""

import hashlib
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Conflict, Invalid, NotFound, Refused
from zrg_app.kit.scope import system
from zrg_app.services import sending
from zrg_app.services.ops.retention import prune
from zrg_app.services.sending import files

PDF = b"%PDF-1.7\r\n\x00\xff--boundary"


def keep(stage: Stage, lead_id: UUID, name: str = "offer.pdf", content: bytes = PDF) -> UUID:
    """Let Mara attach a file."""
    with db.transaction(stage.world.as_mara) as tx:
        return UUID(files.keep(tx, stage.world.as_mara, lead_id, name=name, content=content).id)


def test_files_leave_with_an_email_byte_for_byte_and_show_in_the_thread(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    both = [keep(stage, lead_id), keep(stage, lead_id, "Bilder & Söhne.png", b"\x89PNG")]
    stage.queue(lead_id, "email", "See “both”.\nBest", file_ids=both, cc=["ann@northwind.example"])
    stage.run_jobs()
    mail, = stage.sent("emailbison")
    assert [(file["file_name"], file["sha256"]) for file in mail["files"]] == [
        ("offer.pdf", hashlib.sha256(PDF).hexdigest()), ("Bilder & Söhne.png", hashlib.sha256(b"\x89PNG").hexdigest())]
    assert (mail["to"], mail["cc"], mail["text"].split()) == (
        ["dana@northwind.example"], ["ann@northwind.example"], ["See", "“both”.", "Best"])
    kept = stage.sql("select a.file_name, a.size_bytes, a.file_id from attachment a join message m on m.id = a.message_id "
                     "where m.direction = 'outbound' order by a.size_bytes desc")
    assert [tuple(row) for row in kept] == [("offer.pdf", len(PDF), both[0]), ("Bilder & Söhne.png", 4, both[1])]


def test_the_history_and_signature_of_the_lead_are_never_copied_into_our_answer(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison", "Sounds good.\n\n--\nDana Kessler\nHead of Operations\n+1 415 555 0100")
    for body, attached in (("Plain.", []), ("With a file.", [keep(stage, lead_id)])):
        stage.queue(lead_id, "email", body, file_ids=attached)
    stage.run_jobs()
    for mail in stage.sent("emailbison"):
        assert mail["with_history"] is False
        assert "Head of Operations" not in mail["text"]


def test_an_sms_names_the_addresses_its_files_are_fetched_from_and_they_open_for_a_while(stage: Stage, monkeypatch) -> None:
    lead_id = stage.lead_writes("ghl")
    file_id = keep(stage, lead_id, "plan.jpg", b"\xff\xd8")
    with pytest.raises(Refused, match="cannot be sent this way"):
        stage.queue(lead_id, "sms", "See the plan.", file_ids=[file_id])
    monkeypatch.setattr("zrg_app.services.sending.situation.no_files", lambda provider: "")
    stage.queue(lead_id, "sms", "See the plan.", file_ids=[file_id])
    stage.run_jobs()
    address, = stage.sent("ghl")[0]["files"]
    token = address.rpartition("/")[2]
    assert "/api/files/shared/" in address
    assert files.linked(token) == file_id
    with clock.frozen(clock.now() + timedelta(hours=25)), pytest.raises(NotFound):
        files.linked(token)
    for forged in ("", "x", token[:-4] + "AAAA"):
        with pytest.raises(NotFound):
            files.linked(forged)


@pytest.mark.parametrize(("name", "content", "reason"), [
    ("run.exe", b"MZ", "throw files"), ("page.HTA", b"<", "throw files"), ("empty.pdf", b"", "is empty"),
    ("film.mp4", b"x" * (files.MOST_BYTES + 1), "larger than 20 MB")])
def test_a_file_that_cannot_arrive_is_refused_with_the_reason(stage: Stage, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        keep(stage, stage.lead_writes("emailbison"), name, content)


def test_too_many_or_too_large_together_are_refused_and_nothing_enters_the_outbox(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    many = [keep(stage, lead_id, f"{number}.txt", b"x") for number in range(files.MOST_FILES + 1)]
    large = [keep(stage, lead_id, f"{number}.bin", b"x" * 11_000_000) for number in range(2)]
    for chosen in (many, large):
        with pytest.raises(Invalid, match="20 MB together"), db.transaction(stage.world.as_mara) as tx:
            sending.queue(tx, stage.world.as_mara, lead_id, channel="email", body="Hi", sent_by="setter",
                          idempotency_key=str(uuid4()), file_ids=chosen)


def test_a_file_leaves_with_one_message_of_its_own_lead_only(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    other = stage.lead_writes("emailbison", email="lee@other.example", first_name="Lee")
    file_id = keep(stage, lead_id)
    with pytest.raises(Conflict):
        stage.queue(other, "email", file_ids=[file_id])
    stage.queue(lead_id, "email", file_ids=[file_id])
    with pytest.raises(Conflict):
        stage.queue(lead_id, "email", file_ids=[file_id])
    with db.transaction(stage.world.as_nils) as tx, pytest.raises(NotFound):
        files.keep(tx, stage.world.as_nils, lead_id, name="a.txt", content=b"x")
    with db.transaction(stage.world.as_nils) as tx, pytest.raises(NotFound):
        files.content(tx, file_id)


def test_an_undone_message_gives_its_files_back(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    file_id = keep(stage, lead_id)
    stage.undo(stage.queue(lead_id, "email", file_ids=[file_id]))
    with db.transaction(stage.world.as_mara) as tx:
        assert [each.name for each in files.waiting(tx, stage.world.as_mara, lead_id, [file_id, uuid4()])] == ["offer.pdf"]
        files.discard(tx, stage.world.as_mara, file_id)
        assert files.waiting(tx, stage.world.as_mara, lead_id, [file_id]) == ()


def test_bytes_are_forgotten_after_a_while_and_never_those_of_a_message_that_waits(committed_stage: Stage) -> None:
    stage = committed_stage
    lead_id = stage.lead_writes("emailbison")
    sent, planned, unsent = (keep(stage, lead_id, f"{name}.txt") for name in ("sent", "planned", "unsent"))
    stage.queue(lead_id, "email", file_ids=[sent])
    stage.run_jobs()
    stage.queue(lead_id, "email", "Later.", file_ids=[planned], not_before=clock.now() + timedelta(days=90))
    with clock.frozen(clock.now() + timedelta(days=31)):
        prune(system("prune in a test"))
    left = {row.name: row.content is not None for row in stage.sql("select name, content from outgoing_file")}
    assert left == {"sent.txt": False, "planned.txt": True}
    assert stage.sql("select count(*) from attachment")[0][0] == 1


@pytest.mark.parametrize(("given", "expected"), [
    ("../../etc/passwd", "passwd"), ("C:\\temp\\a b.pdf", "a b.pdf"), ("a\r\nContent-Type: x.pdf", "aContent-Type x.pdf"),
    ("\u202efdp.exe", "fdp.exe"), ("...", "file"), ("", "file"), ('say "hi".txt', "say hi.txt"), (".htaccess", "htaccess"),
    ("x" * 300 + ".docx", "x" * 115 + ".docx")])
def test_names_are_made_harmless(given: str, expected: str) -> None:
    assert files.clean_name(given) == expected


@given(st.text(max_size=300))
def test_no_name_can_do_harm(name: str) -> None:
    clean = files.clean_name(name)
    assert 0 < len(clean) <= files.LONGEST_NAME
    assert not set(clean) & set('/\\:*?"<>|\r\n\x00')
    assert clean == clean.strip()
    assert files.clean_name(clean) == clean
