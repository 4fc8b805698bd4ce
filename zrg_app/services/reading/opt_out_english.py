"""Which English phrases ask that messages to the writer stop?"""

from zrg_app.services.reading.words import pattern

_WHO = (
    r"(?:me|us|him|her|them|myself|my|our|mine|this (?:e-?mail|address|number|contact|person|domain|"
    r"inbox|mailbox|account|company)|"
    r"the (?:following|above|below) (?:e-?mail|address)|\S{1,60}@\S{1,60})"
)
_LISTS = (
    r"(?:lists?|database|data ?base|mailings?|distribution|records?|crm|outreach|campaigns?|sequences?|"
    r"cadences?|system|e-?mails?|"
    r"spam|contacts?|newsletters?|communications?|messages?|threads?|chain|subscriptions?|marketing|"
    r"prospecting|rotation|"
    r"follow[- ]?ups?|correspondence|audience|circulation|directory|everything)"
)
_DETAILS = (
    r"(?:details|data|info|information|e-?mail|address|e-?mail address|name|number|phone|contact|"
    r"contacts|record|records|"
    r"profile|account|personal data)"
)
_MAIL = (
    r"(?:e-?mails?|messages?|texts?|sms|mails?|calls?|updates?|newsletters?|communications?|contact|"
    r"correspondence|"
    r"solicitations?|offers?|notifications?|promotions?|spam|outreach|follow[- ]?ups?|marketing|material|"
    r"these|them|this|anything)"
)
_WRITE = (
    r"(?:e-?mail|e-?mailing|text|texting|contact|contacting|message|messaging|write|writing|call|"
    r"calling|send|sending|spam|spamming|"
    r"bother|bothering|harass|harassing|pester|pestering|solicit|soliciting|reach(?:ing)? out|follow(?:ing)?"
    r" up|mail|mailing|"
    r"ping|pinging|annoy|annoying|phone|phoning|approach|disturb)"
)

ENGLISH = pattern(
    r"\bun-?sub(?:scribe)? (?:me|us|my|this|our|from|immediately|now|please|asap|all|pls|\S+@\S+)\b(?! "
    r"link| button| rate| page)",
    r"\b(?:please|kindly|pls|plz|immediately|just) un-?sub(?:scribe)?\b(?! (?:link|button|rate|request|"
    r"page|feature|your|our|the))",
    r"\b(?:want|like|wish|need|have|trying|tried|ask(?:ing)?|request(?:ing)?|decided|how (?:do|can) (?:i|we)|let me|i)"
    r"(?: you)?(?: to)?(?: be)? un-?subscribed?\b(?! (?:link|button|rate|our|their|customers|from (?:your "
    r")?competitor))",
    r"(?:^|[.!?\n]\s*)un-?subscribe\b(?!d|\s*[|\u00b7\u2022]\s*(?:manage|update|view|privacy|preferences|change)| (?:link|button"
    r"|rate|request|page|feature|handling|process|at any|anytime))",
    r"\b(?:remove|delete|take|drop|strike|scratch|pull|get|cross|erase|purge|unlist|omit|exclude|keep|"
    r"leave|wipe) " + _WHO + r"\b[^!?\n]{0,50}?\b(?:from|off|out of)\b[^.!?\n]{0,40}?\b" + _LISTS + r"\b",
    r"\bremov(?:e|ing) (?:me|us|him|her|them|my (?:e-?mail|name|address|number)|this (?:e-?mail|address|number))"
    r"(?:\s+(?:please|pls|now|immediately|asap|today|at once|thanks?|completely|permanently|altogether|"
    r"as well|from (?:this|here|all|your|it)"
    r"(?! (?:meeting|invite|calendar|event|call|group|channel|project|workspace|account)))|\s*[.!,;\n]|\s*$)",
    r"\b(?:please|kindly|pls) (?:be )?(?:removed?|deleted?) (?:me|us|my|from)\b(?! (?:from )?(?:the |this "
    r"|your )?(?:meeting|invite|calendar|event|cc|call|loop))",
    r"\b(?:be|get|getting|am|want to be|like to be|wish to be) (?:removed|deleted|taken off|dropped|erased)\b[^.!?\n]"
    r"{0,30}"
    r"\b(?:list|lists|database|records|mailing|emails?|system|crm)\b",
    r"\btake (?:me|us|my (?:name|e-?mail|number)) off(?: of)?(?: (?:this|your|the|that|any|all|it|here)\b(?! "
    r"(?:call|meeting|invite|mute|hold))|"
    r"\s*[.!]|\s*$| (?:please|pls|thanks|thank you)\b)",
    r"\b(?:ensure|sure|want|see|have|need|request|ask|demand)(?: that| to have)? (?:my|our) (?:e-?mail |mail )?"
    r"(?:address|e-?mail|name|number|data|details) (?:is |are |be |gets? |to be )?(?:deleted|removed|erased|taken off|struck)\b",
    r"\bno more of (?:this|these|that|your)\b",
    r"\b(?:prefer|rather|appreciate it if|be grateful if|better if)(?: that| it if)? you (?:didn't|did not|don't|do not|stopped"
    r"|no longer) "
    r"(?:e-?mail\w*|messag\w+|text\w*|contact\w*|wr[io]t\w+|call\w*|reach\w* out|mail\w*)\b(?: to)? (?:me|us)\b",
    r"\b(?:delete|erase|destroy|remove|purge|wipe|forget) (?:all )?(?:of )?(?:my|our|any) (?:\w+ ){0,2}" + _DETAILS,
    r"\bopt(?:ing)? (?:me |us )(?:out)\b|\b(?:want|like|wish|please|pls|kindly|choose|hereby|i|we|to|am) "
    r"(?:to )?(?:be )?opt(?:ing|ed)?[- ]?out\b"
    r"(?= *(?:$|[.!,;\n])| (?:of|from) (?:all|your|these|this|future|any|further|receiving|the (?:mailing|"
    r"list|email|marketing)|"
    r"e-?mails|messages|marketing|communications|emailing)| please| now| immediately| thanks)",
    r"\b(?:stop|quit|cease|discontinue|refrain from|end|halt) (?:all )?(?:\w+ing )?(?:with )?(?:\w+ ){0,2}?"
    r"(?:e-?mailing|texting|contacting|messaging|writing|calling|sending|spamming|bothering|harassing|"
    r"pestering|soliciting|reaching out|"
    r"following up|mailing|pinging|annoying|phoning|blasting|bugging)(?: (?:to )?(?:me|us|my|our|this|"
    r"these|your|any|out|anything|anyone|anybody|everyone|"
    r"unsolicited|all|more|messages|e-?mails|texts|stuff|junk|spam|it|him|her|them)\b|\s*[.!]|\s*$)",
    r"\b(?:stop|quit|cease|discontinue|halt|end|enough|done)(?: with)? (?:the |these |this |all |your "
    r"|sending |any |of |further |multiple |"
    r"future |unsolicited |constant |endless ){1,3}(?:\w+ )?(?:e-?mails?|messages?|texts?|sms|spam|spamming|"
    r"mails?|(?:cold )?calls|communications?|"
    r"contact|correspondence|outreach|harassment|solicitations?|emailing|newsletters?)\b",
    r"\b(?:do not|don't|dont|never|please no|please not|not to|to not|donot)(?: ever)?(?: (?:want|wish) "
    r"you to)? "
    + _WRITE
    + r"\b(?: to| with)?(?: (?:me|us|my|our|this|anymore|again|further|any|any further|him|her|them|here|"
    r"these|more)\b)",
    r"\b(?:do not|don't|dont|never) (?:ever )?(?:send|sending) [^.!?\n]{0,30}\b(?:e-?mails?|messages?|"
    r"texts?|mails?|spam)\b",
    r"\bnever " + _WRITE + r" (?:me|us)\b|\b" + _WRITE + r" (?:me|us) (?:ever again|no more|anymore)\b",
    r"\b(?:no longer|don't|do not|dont|not|never|didn't|rather not|prefer not to|not to|rather not be) "
    r"(?:(?:want|wish|care|like|interested in|wishing|need|desire|would like) (?:to |in )?(?:be )?"
    r"(?:receiv(?:e|ing)|get(?:ting)?|hear(?:ing)? from|be on|contacted|e-?mailed|called|texted|solicited|"
    r"spammed|messaged|approached)|(?:to )?be (?:contacted|e-?mailed|called|texted|solicited|spammed|messaged|"
    r"approached)|(?:(?<=rather not )|(?<=prefer not to ))receive)\b(?! (?:back|the (?:file|pdf|link|price|slides|report"
    r"|attachment|invite|"
    r"document|deck|proposal|reminder)|it|your (?:last|previous|first)|much|a lot))",
    r"\b(?:don't|do not|dont|no longer|not) (?:want|wish|need|interested in)(?: any)?(?: more| further|"
    r" of)?(?: your| these| this| any| such){0,2} "
    r"(?:more )?(?:e-?mails?|messages?|texts?|newsletters?|spam|communications?|updates?|solicitations?|"
    r"correspondence)\b(?! (?:complaints?|filters?|folders?|issues|problems|traps?))",
    r"\bno (?:more|further|additional) " + _MAIL.replace("|these|them|this|anything", "") + r"\b(?! (?:needed|necessary|required))",
    r"\bcease (?:all |any |further )?(?:contact|communications?|correspondence|outreach|e-?mails?)\b",
    r"\b(?:please|pls|kindly) (?:do not|don't|dont) follow[- ]?up\b(?= *(?:$|[.!,;\n]))",
    r"\b(?:lose|forget|delete|block|scrub) my (?:number|e-?mail|address|contact|info)\b",
    r"\bleave (?:me|us) (?:the (?:hell|fuck) )?alone\b|\b(?:fuck|piss|bugger|sod) off\b|\bgo away\b|\bget "
    r"lost\b|\bcease and desist\b",
    r"\b(?:put|add|place) (?:me|us|my \w+|this \w+)[^.!?\n]{0,25}\b(?:do[- ]not[- ](?:call|contact|e-?mail|"
    r"mail|text|disturb)|dnc|suppression|blacklist|block)\b",
    r"\b(?:right to (?:be forgotten|erasure|object)|withdraw (?:my |our |any )?consent|revoke (?:my |our )?consent|"
    r"object to (?:the |your )?"
    r"(?:processing|use)|gdpr (?:erasure|deletion|removal))\b",
    r"\b(?:cancel|end|terminate|stop) (?:my|our|this|the) (?:e-?mail |mailing )?subscription to (?:your|"
    r"this|these|the) (?:e-?mails?|list|newsletter|mailing)",
    r"\b(?:blacklist|blocklist|suppress|unlist) (?:me|us|my|this (?:address|e-?mail|number))\b",
)
