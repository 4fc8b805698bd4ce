"""Which words say which intent, in English and elsewhere?"""

WORDS: tuple[tuple[str, float, str, str], ...] = (
    ("opt_out", 0.98, r"\b((?<!people )(?<!customers )(?<!the )unsubscribe|stop (?:e-?mailing|texting|messaging|contacting"
                      r"|writing|sending)|remove me|take me off|opt[ -]?out"
     r"|do not (?:contact|email|text|write)|don'?t (?:contact|email|text|write to)|never (?:contact|write to|e-?mail) (?:me|us)"
     r"|lose my (?:number|email|address)|leave me alone)\b|^\W*stop\W*$", "asks not to be contacted again"),
    ("threat", 0.97, r"\b(lawyers?|attorneys?|legal action|cease and desist|gdpr (?:complaint|request)|data protection authority"
                     r"|sue you|report(?:ing)? (?:you|this) (?:to|as)"
     r"|fuck|f\*+ck|harass\w*|spammers?|how dare you|spamming)\b", "is angry or threatens consequences"),
    ("away", 0.96, r"\b((?<!was )(?<!been )out of (?:the )?office|ooo|(?<!was )on (?:annual |parental |maternity |paternity "
                   r"|sick )?leave|on vacation|on holidays?"
     r"|limited access to (?:my )?e?-?mail)\b", "is away"),
    ("automatic", 0.93, r"\b(automatic(?:ally)? (?:reply|generated)|auto-?reply|mailbox is (?:not|no longer) (?:monitored|read"
                        r"|in use)|ticket (?:number|#|id)"
     r"|no longer (?:with|employed|works? (?:at|for|here))|has left (?:the|our) (?:company|organisation)(?!, i)"
     r"|do not reply to this)\b", "was written by a machine"),
    ("later", 0.9, r"\b(?:reach out|get back|try|ping|contact|check (?:back|in)|circle back|write|come back|touch base|reconnect"
          r"|talk|follow up|remind me|revisit)\b"
     r"[^.\n]{0,40}\b(?:again|in (?:a few|two|three|six|\d+|the|q[1-4]|january|february|march|april|may|june|july|august"
     r"|september|october|november|december)"
     r"|next (?:quarter|month|year|spring|summer|autumn|fall)|after|later)\b", "asks to be written to later"),
    ("refusal", 0.95, r"\b(not interested|no interest|no,? thanks?(?: you)?|not a (?:good )?fit|not for (?:me|us)|no need|don'?t need"
     r"|we'?ll pass|i'?ll pass|gonna pass|going to pass|have to decline|not (?:right now|at this time|something we|relevant)"
     r"|all set|isn't something|decided (?:against|not to)|no from us|will decline|no plans)\b", "declines"),
    ("call", 0.92, r"\b(call (?:me|us|back|our|now)|calling our|phone (?:me|us|our)|ring the|try me on|quick phone call"
                   r"|give me a (?:call|ring|buzz)|ring me|phone me|my (?:cell|mobile|direct|number) (?:number )?is"
                   r"|by phone|reach me (?:at|on) \+?\d"
     r"|call (?:on|at) \+?\d)\b", "asks for a phone call"),
    ("objection", 0.86, r"\b(too expensive|(?:no|don'?t have (?:the|a)) budget|out of (?:our )?budget|already (?:have|use|using"
                        r"|work(?:ing)?) (?:\w+ )?(?:with|for|a|an|one|someone|this|that)?|under contract|locked in|happy with"
     r"|(?:current|existing) (?:vendor|supplier|provider|agency)|sceptical|skeptical|in-house|tried (?:this|that|something)"
     r"|too pricey|quoted us|would never let|frozen|signed with|not the decision maker|already got|we just hired)\b",
     "raises an objection"),
    ("meeting", 0.92, r"\b(meet(?:ing)?|book(?: a| some)? (?:time|slot|call)|calendar|calendly|schedule|zoom|teams call|demo"
     r"|set up (?:a )?(?:time|call)|(?:are you|i'?m|i am|i could be) (?:free|available|open)|(?:mon|tues|wednes|thurs|fri)day"
     r"|tomorrow|works for me"
     r"|next week|grab a coffee|stop by|book something|(?:hop|jump|get) on a (?:quick )?call|quick (?:call|chat)"
     r"|\d{1,2}(?::\d\d)? ?[ap]m)\b",
     "wants to meet"),
    ("later", 0.88, r"\b(reach out (?:again )?(?:in|next|later)|circle back|follow up|next (?:quarter|month|year|spring|summer"
          r"|autumn|fall)"
     r"|later this|in (?:a few|two|three|\d+) (?:weeks|months)|busy)\b", "asks to be written to later"),
    ("information", 0.9, r"\b(price|pricing|cost|how much|more (?:info|information|details)|send (?:me|over|us)"
     r"|case stud|how does|what (?:is|are|do)|who (?:is|are)|tell me more|(?<![@.\w])examples?\b)|\?", "asks for information"),
    ("interest", 0.87, r"\b(interested|sounds (?:good|great|interesting|like)|keen|love to|let'?s (?:talk|do|chat)|yes|sure"
     r"|happy to|intrigued|curious|interesting|i like|like the idea|glad to hear|absolutely|on my list|i'm in"
     r"|im down)\b", "shows interest"),
)
# Other languages the demo world and the evaluation write in; one pattern per intent, tried with the English one.
ELSEWHERE: dict[str, str] = {
    "opt_out": r"\b(?:keine (?:weiteren )?(?:e-?mails|nachrichten|werbung) mehr|abmelden|austragen|l[öo]schen sie meine"
               r"|d[ée]sinscri\w+|retirez[- ]moi"
               r"|ne (?:me|nous) contactez plus|darme de baja|dar de baja|no me (?:escrib\w+|contact\w+)(?: m[áa]s)?|cancellatemi"
               r"|cancellami"
               r"|rimuov\w+ dalla|non (?:scrivetemi|contattatemi) pi[ùu]|uitschrijven|afmelden|niet meer (?:mailen|contacteren|benaderen)"
               r"|n[ãa]o me (?:contact\w+|envi\w+|escrev\w+)(?: mais)?|descadastr\w+|remov\w+ (?:me )?da (?:sua )?lista"
               r"|avregistrera|sluta (?:mejla|skriva|kontakta)"
               r"|ta bort mig|wypisa[ćc]|prosz[ęe] nie (?:pisa[ćc]|kontaktowa[ćc])|usun[ąa][ćc])",
    "threat": r"\b(?:anwalt|abmahnung|unverschämt|avocat|plainte|abogado|denuncia\w*|avvocato|garante|advocaat|advogado|advokat"
              r"|prawnik\w*|rodo)\b",
    "away": r"\b(?:nicht im (?:b[üu]ro|haus)|abwesen\w+|im urlaub|absent\w* (?:du|jusqu)|en cong[ée]s?|fuera de la oficina"
            r"|de vacaciones|fuori (?:sede|ufficio)|in ferie"
            r"|afwezig|met vakantie|fora do escrit[óo]rio|de f[ée]rias|semester|frånvarande|poza biurem|na urlopie)\b",
    "later": r"\b(?:melden sie sich|kommen sie|schreiben sie)[^.\n]{0,40}(?:wieder|sp[äa]ter|noch ?mal|quartal|jahr)"
         r"|\b(?:recontactez|revenez|rappelez)[- ]\w+[^.\n]{0,40}"
             r"|\bplus tard\b|\bm[áa]s adelante\b|\bpr[óo]ximo (?:a[ñn]o|trimestre|mes)|\bprossim[oa] (?:anno|trimestre|mese)"
             r"|\bpi[ùu] avanti\b|\bvolgend (?:jaar|kwartaal)"
             r"|\bvolgende maand|\bpr[óo]ximo (?:ano|m[êe]s)|\bn[äa]sta (?:år|kvartal|månad)|\bh[öo]r av dig\b[^.\n]{0,30}"
             r"|\bw przysz[łl]ym (?:roku|kwartale|miesi[ąa]cu)",
    "refusal": r"\b(?:kein interesse|nicht interessiert|kein bedarf|pas int[ée]ress[ée]\w*|non merci|ne correspond pas|no (?:me"
               r"|nos) interesa|no gracias|no,? gracias"
               r"|non (?:sono|siamo) interessat\w|non ci interessa|nessun interesse|geen interesse|niet ge[ïi]nteresseerd"
               r"|nee,? (?:bedankt|dank)|n[ãa]o (?:tenho|temos) interesse"
               r"|sem interesse|n[ãa]o,? obrigad\w|inte intresserad\w*|nej tack|nie (?:jestem|jeste[śs]my) zainteresowan\w+"
               r"|nie,? dzi[ęe]kuj[ęe])\b",
    "call": r"\b(?:rufen sie (?:mich|uns)|ruf mich|appelez[- ](?:moi|nous)|ll[áa]m[ae](?:me|nme)|mi (?:chiami|chiamate|telefoni)"
            r"|chiamami|bel me|bel mij|belt u me|me ligue|liga(?:r)? para mim"
            r"|ring mig|prosz[ęe] (?:o telefon|zadzwoni[ćc]))",
    "objection": r"\b(?:zu teuer|kein budget|bereits (?:einen|eine|mit)|haben schon|trop cher|pas (?:de|le) budget"
                 r"|d[ée]j[àa] (?:un|une|avec)|demasiado caro|no (?:tenemos|hay) presupuesto"
                 r"|ya (?:tenemos|trabajamos)|troppo caro|non abbiamo budget|abbiamo gi[àa]|te duur|geen budget|hebben al"
                 r"|werken al|muito caro|sem (?:verba|or[çc]amento)|j[áa] (?:temos|trabalhamos)"
                 r"|f[öo]r dyrt|ingen budget|har redan|za drogo|nie mamy bud[żz]etu|mamy ju[żz])\b",
    "meeting": r"\b(?:termin|treffen|kennenlernen|n[äa]chste woche|(?:mon|diens|donners|frei)tag|mittwoch|rendez-vous|rdv|(?:lun"
               r"|mar|mercre|jeu|vendre)di"
               r"|la semaine prochaine|reuni[óo]n|reunirnos|la semana que viene|pr[óo]xima semana|(?:lunes|martes|mi[ée]rcoles"
               r"|jueves|viernes)|incontro|appuntamento|(?:luned|marted|mercoled|gioved|venerd)[ìi]"
               r"|settimana prossima|afspraak|volgende week|(?:maan|dins|woens|donder|vrij)dag|reuni[ãa]o|(?:segunda|ter[çc]a"
               r"|quarta|quinta|sexta)(?:-feira)?|m[öo]te|n[äa]sta vecka|(?:mån|tis|ons|tors|fre)dag"
               r"|spotkani\w+|w przysz[łl]ym tygodniu|(?:poniedzia[łl]ek|wtorek|[śs]rod[aęe]|czwartek|pi[ąa]tek))\b",
    "information": r"\b(?:was kostet|preis\w*|mehr (?:infos?|informationen)|unterlagen|combien|tarifs?|plus d'informations"
                   r"|cu[áa]nto|precios?|m[áa]s informaci[óo]n|quanto costa|prezz[oi]|maggiori informazioni"
                   r"|wat kost|prijs|prijzen|meer informatie|quanto custa|pre[çc]os?|mais informa[çc][õo]es|vad kostar"
                   r"|pris(?:er)?|mer information|ile kosztuje|cen[ayę]|wi[ęe]cej informacji)\b",
    "interest": r"\b(?:klingt (?:gut|spannend|interessant)|gerne|int[ée]ressant|volontiers|avec plaisir|me interesa|interesante"
                r"|suena bien|interessante|volentieri|mi interessa|klinkt (?:goed|interessant)|graag"
                r"|parece (?:bom|interessante)|tenho interesse|l[åa]ter (?:bra|intressant)|g[äa]rna|brzmi (?:dobrze|ciekawie)"
                r"|ch[ęe]tnie)\b",
}
