"""The tokens of a persona's words become names before a lead sees them, or what lacks one is left out."""

from zrg_app.services.knowledge import PersonaView, spoken

DANA = {"first_name": "Dana", "last_name": "Kessler", "company": "Northwind Freight"}


def test_greetings_and_signature_speak_to_this_lead() -> None:
    persona = PersonaView(name="Chris, mornings", sender_name="Chris Vale", greeting="Hi {firstName},",
                          sms_greeting="{FIRST_NAME}, {name} here.", signature="{senderName}\n{companyName}")
    said = spoken(persona, company="Acme Growth", lead=DANA)
    assert (said.greeting, said.sms_greeting) == ("Hi Dana,", "Dana, Chris Vale here.")
    assert said.signature == "Chris Vale\nAcme Growth"


def test_without_a_name_nobody_is_greeted_by_a_blank() -> None:
    persona = PersonaView(sender_name="Chris", greeting="Hi {firstName},", linkedin_greeting="Hello,",
                          signature="Chris\nfor {leadCompanyName}")
    said = spoken(persona, company="Acme Growth", lead={})
    assert (said.greeting, said.linkedin_greeting, said.signature) == ("", "Hello,", "Chris")


def test_a_token_nobody_knows_is_never_spoken() -> None:
    said = spoken(PersonaView(greeting="Hi {nickname},", signature="{badge}\nChris"), company="Acme", lead=DANA)
    assert (said.greeting, said.signature) == ("", "Chris")
