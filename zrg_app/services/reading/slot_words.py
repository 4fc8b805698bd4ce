"""With which words is one of several offered times taken, or all of them refused?"""

from zrg_app.services.reading.words import pattern

POSITIONS = (
    (
        0,
        pattern(
            r"\b(?:first|1st|former|earliest|earlier|top|erste[nrs]?|ersten|premi(?:er|ère)|primer[ao]?|"
            r"primeir[ao]|prim[ao]|eerste|första|første|ensimmäinen|pierwsz\w+|první|первы\w+|первое)\b(?! "
            r"thing| of all| i | let| we )"
        ),
    ),
    (
        1,
        pattern(
            r"\b(?:second|2nd|middle|zweite[nrs]?|deuxième|seconde?|segund[ao]|second[ao]|tweede|andra|"
            r"anden|andre|toinen|drug\w+|druhý|втор\w+)\b(?! thought| opinion| half)"
        ),
    ),
    (
        2,
        pattern(
            r"\b(?:third|3rd|dritte[nrs]?|troisième|tercer[ao]?|terceir[ao]|terz[ao]|derde|tredje|"
            r"kolmas|trzeci\w*|třetí|трет\w+)\b"
        ),
    ),
    (3, pattern(r"\b(?:fourth|4th|vierte[nrs]?|quatrième|cuart[ao]|quart[ao]|vierde|fjärde|fjerde)\b")),
    (4, pattern(r"\b(?:fifth|5th|fünfte[nrs]?|cinquième|quint[ao]|vijfde|femte)\b")),
    (
        -1,
        pattern(
            r"\b(?:last|latter|later(?= one| slot| time| option| is)|final|latest|bottom|letzte[nrs]?|"
            r"derni(?:er|ère)|últim[ao]|ultim[ao]|laatste|sista|sidste|siste)\b(?! (?:week|month|"
            r"year|time|call|email|minute|meeting|night))"
        ),
    ),
)

NUMBERED = pattern(
    r"(?:#|\b(?:option|slot|number|no\.?|nr\.?|choice|opción|opção|opzione|optie|alternativ\w*|"
    r"variante|nummer|numéro|número)\s?#?\s?)(?P<n>\d{1,2}|one|two|three|four|five)\b",
    r"^\W*(?P<n2>\d{1,2})\s?[).:]\s",
)
LETTERED = pattern(r"^\W*(?:option |slot )?(?P<l>[a-e])\W*$", r"\b(?:option|slot)\s(?P<l2>[a-e])\b")
BARE_NUMBER = pattern(
    r"^\W*(?:(?:let's|lets|i'd|i'll|we'll|please|can|could|go|going|take|do|book|me|"
    r"us|in|down|put|pencil|will|be|there|available|free|see|talk|speak|meet|you|say|"
    r"pick|choose|for|with|prefer|would|like|works?|is|fine|ok|okay|good|best|great|"
    r"yes|sure|the|me|i|we|time|ja|bitte|oui|sí|sim|sì|um|at)\W+){0,8}(?P<n>\d{1,2})(?:\s?[).])?"
    r"(?:\W+(?:please|pls|works?|is|for|me|us|fine|good|great|best|perfect|ok|okay|thanks|"
    r"thank you|then|it|suits|would|be|bitte|svp|por favor|passt|thx|sounds)){0,6}\W*$"
)

ANY = pattern(
    r"\b(?:any(?: one| time| slot)?(?: of (?:them|these|those|the (?:times|slots|options|above|two|three)))?(?: "
    r"is| are| would| will| works?| work| fine| good| ok| suits?| time)|any of (?:them|these|those|the)|"
    r"either|whichever|whatever (?:works|suits|is|time)|all (?:of (?:them|these|those)|three|"
    r"times|slots|good|work|fine|options)|both|you (?:choose|pick|decide)|your (?:choice|pick|call)|don't "
    r"mind|no preference|dealer's choice|up to you|egal|alle (?:termine|passen|zeiten)|jeder|peu importe|"
    r"n'importe|les deux|cualquiera|"
    r"tanto faz|qualquer|uguale|qualsiasi|maakt niet uit|allemaal|vilken som helst)\b",
)
ALL_BUT = pattern(
    r"\b(?:any(?:thing|time)?|all|every(?:thing)?|each)(?: \w+){0,3}? (?:but|except|besides|other than|apart from)\b(?= (?:the |on )?\w)",
)
REFUSING = pattern(
    r"\b(?:none|neither|not interested|no interest|can't (?:make|do)|cannot (?:make|do)|can not (?:make|"
    r"do)|can't|cannot|won't|unable|doesn't|don't|do not|does not|didn't|isn't|not (?:work\w*|good|great|"
    r"possible|available|free|ideal|suitable|able|going|a good|for|that|this|the)|"
    r"no thanks|no thank you|nope|unfortunately|sadly|afraid|different|other (?:times?|options?|days?|"
    r"slots?)|another (?:time|day|week)|something else|resched\w*|decline|pass|busy|booked|conflicts?|"
    r"already (?:booked|have)|unsubscribe|stop|remove|cancel|instead|(?:an? hour|half an hour|bit|little|"
    r"minutes|days?|slightly) (?:later|earlier|before|after)|"
    r"too (?:early|late|soon|busy)|anything (?:else|later|earlier|after|before)|keine?r?|nicht|leider|"
    r"aucun\w*|ne .{0,20}pas|malheureusement|ningun[ao]|no puedo|lamentablemente|nenhum\w*|não (?:posso|"
    r"consigo|dá|funciona)|infelizmente|nessun\w*|non (?:posso|va|riesco)|purtroppo|"
    r"geen|niet|helaas|inte|ingen|tyvärr|ikke|desværre|żaden|niestety|žádný|bohužel|нет|не могу|к сожалению)\b",
    r"^\W*(?:no|nein|non|nee|nej|nie|não)\b(?! problem)",
    r"\bnot\b",
)
TAKING = pattern(
    r"\b(?:yes|yep|yeah|yup|sure|ok|okay|k|works?|perfect|great|good|fine|confirm(?:ed)?|agreed|deal|book(?:ed)?(?"
    r": it| me)?|see you|done|absolutely|definitely|certainly|of course|sounds|accept(?:ed)?|let's do|"
    r"lets do|i'll be there|i can make|that'll work|lock it in|"
    r"suits|count me in|happy to|invite|will do|awesome|excellent|ideal|ja|gerne|passt|perfekt|einverstanden|"
    r"klar|oui|d'accord|parfait|ça marche|ça me va|volontiers|entendu|sí|si|vale|perfecto|de acuerdo|claro|"
    r"bien|sim|pode ser|perfeito|combinado|fechado|"
    r"sì|va bene|perfetto|d'accordo|certo|prima|goed|akkoord|top|is goed|jag kan|passar|fint|perfekt|det "
    r"passer|gärna|tak|sopii|tak|zgoda|pasuje|może być|ano|platí|souhlasím|да|хорошо|подходит|отлично|"
    r"согласен|tamam|olur|evet)(?!\w)",
    r"👍|✅|👌|好|可以|没问题|はい|大丈夫|お願い|承知|네|좋|괜찮",
)
