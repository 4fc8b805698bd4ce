"""Which words around a time say that it is refused, past, a start, an end or one of a range?"""

from zrg_app.services.reading.words import pattern

REFUSED_BEFORE = pattern(
    r"\b(?<!why )(?<!if )(?:not|can't|cant|cannot|won't|except|but not|excluding|unavailable|busy|isn't|"
    r"unable|don't|doesn't|never|other than|rather than|"
    r"instead of|apart from|avoid|booked(?: up)?|out of (?:the )?office|away|travell?ing|swamped|no|kein|"
    r"nicht|außer|pas|sauf|no puedo|excepto|não posso|"
    r"exceto|non posso|tranne|niet|behalve|inte|ikke)\b(?! (?:sure|only|until|later|before|earlier|too|"
    r"a problem|problem|worries|rush|bad))[^,]*$",
)
REFUSED_AFTER = pattern(
    r"^[^,;]{0,25}?\b(?:doesn't|does not|don't|do not|didn't|won't|will not|isn't|is not|aren't|not|no "
    r"good|is out|are out|is bad|is booked|is full|is tough|"
    r"impossible|can't|cannot|passt (?:mir |uns )?(?:leider )?nicht|geht (?:leider )?nicht|ne (?:me )?(?:convient|"
    r"marche|va) pas|no puedo|no me viene|não dá|"
    r"não posso|non va|non posso|lukt (?:me )?niet|is taken|is packed|is off)\b(?! (?:only|a problem|too|sure|bad))",
)
PAST_BEFORE = pattern(
    r"\b(?:since|met|spoke|talked|was|were|called|sent|signed|missed|happened|seit|emailed|replied|wrote|"
    r"founded|launched|born|dated|received|as of|"
    r"expired|got|shipped|released|updated)\b[^,?]*$",
)
RANGE_GAP = pattern(
    r"^\s*(?:-|to|til|till|until|through|thru|bis|à|a|al|alle|às|as|ate|tot|t/m|till och med|do|до|~|から)\s*(?:um|"
    r"las|alle|at|about|the|le|kl\.?)?\s*$",
)
BETWEEN_GAP = pattern(r"^\s*(?:and|und|et|y|e|en|och|og|i|&)\s*(?:las|le)?\s*$")
BETWEEN_BEFORE = pattern(
    r"\b(?:between|zwischen|entre|tra|fra|tussen|mellan|mellem|mellom|btw|btwn)\s*(?:las "
    r"|le |the )?$"
)
AFTER_BEFORE = pattern(
    r"\b(?:after|past|later than|starting(?: at| from)?|from|as of|any ?time after|not before|no earlier "
    r"than|since|nach|ab|après|à partir de|a partir de|"
    r"después de|desde|depois das?|dopo(?: le)?|dalle|vanaf|na|efter|etter|po)\s*(?:around |about |las "
    r"|de las |les? |the )?$",
)
BEFORE_BEFORE = pattern(
    r"\b(?:before|by|until|till|til|no later than|prior to|vor|bis|avant|antes de|"
    r"antes das|prima delle|entro le|voor|före|før|przed)\s*(?:around |las |le )?$"
)
ONWARDS = pattern(
    r"^\s*(?:\+|onwards?|or later|and later|or after|and after|and on|or so onwards|aufwärts|"
    r"or any ?time after)"
)
AT_BEFORE = pattern(
    r"(?:\b(?:at|um|gegen|(?:a|de) las?|alle|às|à|om|kl\.?|klo|at about|at around|o|say at)|"
    r"@)\s*(?:around |about |like |say |ca\.? )?$"
)
LOOSELY_BEFORE = pattern(
    r"\b(?:around|about|after|before|by|from|between|until|till|til|ab|nach|vor|bis|"
    r"vers|entre|zwischen|las|dalle|as|rond|circa|ca|say|or|and|oder|ou|o|à)\s*$"
)
JOINED = pattern(r"^[\s,()]*(?:the|der|den|dem|le|el|il|on|of|am|in|dia|o|kl|,)?[\s,()]*$")
LISTED = pattern(
    r"^[\s,]*(?:or|and|oder|und|ou|et|o|e|y|of|en|eller|och|og|lub|i|nebo|и|или|&|/|or maybe|"
    r"or even|and then|then|also|and also|either)[\s,]*(?:the|on|am|le|el|il|any ?time|maybe|"
    r"also|possibly|perhaps|at|um|around|next|this|on the|early|à|a las)?[\s,]*$|^\s*[,/]\s*$"
)
CLAUSE_END = pattern(r"[.!?;\n]+|\b(?:but|however|though|aber|sondern|mais|pero|mas|ma|però|maar|men|ale|но|instead)\b")
ALL_DAY = pattern(
    r"^[\s,]*(?:all day|any ?time|whole day|ganztags|ganztägig|toute la journée|todo el "
    r"día|o dia todo|tutto il giorno|hele dag)\b"
)
WEEK_OF = pattern(r"\bweek (?:of|starting|beginning|commencing)\s*(?:the )?$")
WEEK_FROM = pattern(r"\b(?:a|one) week from\s*$")
UNTIL_BEFORE = pattern(
    r"\b(?:until|till|til|bis|jusqu'à|jusqu'au|hasta(?: el)?|até|fino a|tot|till)\s*(?:the "
    r"|next )?$"
)
GREETING = pattern(r"(?:good|guten?r?|gute|goeden|buenas|buenos|boa|bom|buona|buon|happy|goedemorgen|24/7)\b")
