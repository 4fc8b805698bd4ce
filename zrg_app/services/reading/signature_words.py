"""Which words close a letter, name a post, a firm or a way to be reached?"""

CLOSINGS = """
best|best regards|best wishes|all the best|kind regards|kindest regards|warm regards|warmest regards|regards|rgds
brgds|br|kr|with regards|with kind regards|with best regards|many thanks|thanks|thanks again|thanks in advance
thank you|thanks so much|thanks and regards|thanks & regards|thank you and regards|thx|cheers|sincerely
yours sincerely|sincerely yours|yours truly|very truly yours|yours faithfully|yours|faithfully|respectfully
cordially|warmly|take care|have a great day|have a good day|have a nice day|have a great weekend|have a great week
have a good one|talk soon|speak soon|best of luck|good luck|ciao|xoxo|love|hugs|with gratitude|gratefully
much appreciated|later|ttyl|onwards|peace|best always|ta|be well|stay safe|looking forward|all my best|my best
very best|with appreciation|hth|hope this helps|have a good weekend|enjoy your day|mit freundlichen grüßen
mit freundlichem gruß|freundliche grüße|freundlichen grüßen|viele grüße|beste grüße|besten gruß|liebe grüße
lieben gruß|lg|mfg|vg|gruß|grüße|herzliche grüße|schöne grüße|mit besten grüßen|mit lieben grüßen
mit herzlichen grüßen|hochachtungsvoll|vielen dank|danke|besten dank|danke und gruß|freundliche grüsse
mit freundlichen grüssen|beste grüsse|viele liebe grüße|sonnige grüße|cordialement|bien cordialement|bien à vous
bien a vous|salutations|meilleures salutations|sincères salutations|cdlt|cdt|amicalement|sincèrement|bonne journée
bonne réception|merci|merci d'avance|merci beaucoup|respectueusement|saludos|un saludo|saludos cordiales
un cordial saludo|atentamente|cordialmente|atte|atte.|un abrazo|abrazos|gracias|muchas gracias|quedo atento
quedo a la espera|atenciosamente|att|att.|abraço|abraços|abs|um abraço|cumprimentos|melhores cumprimentos
com os melhores cumprimentos|grato|obrigado|obrigada|saudações|cordiali saluti|saluti|distinti saluti|un saluto
un caro saluto|grazie|grazie mille|a presto|buona giornata|cari saluti|met vriendelijke groet
met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|groet|groeten|groetjes|hartelijke groet|mvg|m.v.g.
bedankt|alvast bedankt|met hartelijke groet|med venlig hilsen|venlig hilsen|mvh|de bedste hilsner|bedste hilsner
hilsen|vh|kh|med vänlig hälsning|med vänliga hälsningar|vänliga hälsningar|hälsningar|vänligen|tack|tack på förhand
med vennlig hilsen|vennlig hilsen|ystävällisin terveisin|terveisin|kiitos|yt.|parhain terveisin|pozdrawiam
z poważaniem|serdecznie pozdrawiam|pozdrowienia|dziękuję|z wyrazami szacunku|s pozdravem|s přáním hezkého dne|děkuji
hezký den|s pozdravom|üdvözlettel|tisztelettel|köszönettel|с уважением|с наилучшими пожеланиями|спасибо
всего доброго|з повагою|дякую|saygılarımla|saygılar|teşekkürler|iyi çalışmalar|cu stimă|cu respect|mulțumesc
με εκτίμηση|ευχαριστώ|以上|よろしくお願いします|よろしくお願いいたします|以上、よろしくお願いいたします
宜しくお願い致します|敬具|此致|祝好|顺祝商祺|谢谢|감사합니다|בברכה|תודה|s poštovanjem|lep pozdrav|lijep pozdrav
lugupidamisega|ar cieņu|pagarbiai|salutacions|tenho um bom dia|boa semana|schönen tag|schönes wochenende
"""

TITLES = """
ceo|cto|cfo|coo|cmo|cro|cio|cpo|chro|ciso|vp|svp|evp|avp|president|vice president|director|manager|head of|head|lead
founder|co-founder|cofounder|owner|partner|principal|chief|officer|engineer|developer|analyst|consultant|specialist
coordinator|administrator|assistant|associate|executive|representative|rep|supervisor|editor|designer|architect
strategist|advisor|adviser|attorney|counsel|lawyer|paralegal|accountant|controller|treasurer|secretary|professor
lecturer|researcher|scientist|doctor|chairman|chairwoman|chair|marketing|sales|operations|human resources|recruiter
buyer|purchasing|procurement|scheduler|trader|intern|student|agent|broker|realtor|product owner|scrum master
team lead|gm|md|general manager|managing director|receptionist|planner|producer|writer|technician|superintendent
foreman|estimator|dean|teacher|nurse|pastor|geschäftsführer|geschäftsführerin|geschäftsführung|geschäftsleitung
leiter|leiterin|leitung|vorstand|inhaber|inhaberin|vertrieb|einkauf|projektleiter|abteilungsleiter|mitarbeiter
berater|beraterin|assistenz|prokurist|referent|sachbearbeiter|vertriebsleiter|directeur|directrice|responsable
gérant|gérante|président|présidente|chef de|chargé|chargée|ingénieur|associé|associée|fondateur|fondatrice|acheteur
acheteuse|adjoint|adjointe|commercial|directora|gerente|jefe|jefa|presidente|fundador|fundadora|socio|socia
responsable de|ejecutivo|ejecutiva|encargado|encargada|coordinador|coordinadora|ingeniero|analista|diretor|diretora
coordenador|coordenadora|sócio|sócia|consultor|consultora|supervisor de|direttore|direttrice|responsabile
amministratore|titolare|consulente|ufficio|addetto|addetta|fondatore|socio amministratore|directeur commercial
inkoop|verkoop|inkoper|adviseur|bestuurder|eigenaar|oprichter|hoofd|teamleider|medewerker|direktør|chef|leder
indkøber|konsulent|salgschef|säljchef|ägare|grundare|inköp|vd|verkställande direktör|daglig leder|selger
toimitusjohtaja|johtaja|päällikkö|myyntipäällikkö|dyrektor|kierownik|prezes|specjalista|właściciel|menedżer|ředitel
ředitelka|jednatel|vedoucí|manažer|majitel|riaditeľ|konateľ|igazgató|vezető|ügyvezető|директор|менеджер|руководитель
начальник|генеральный директор|müdür|müdürü|genel müdür|uzman|yönetici|director general|administrador|代表取締役
部長|課長|マネージャー|经理|总监|主任|대표|팀장|부장
"""

COMPANY_SUFFIXES = """
inc|inc.|llc|l.l.c.|ltd|ltd.|limited|corp|corp.|corporation|co.|company|plc|llp|lp|gmbh|ag|kg|gmbh & co. kg|se|ug
ohg|e.v.|s.a.|sa|s.a.s.|sas|sarl|s.à r.l.|eurl|s.l.|sl|s.l.u.|slu|s.r.l.|srl|s.p.a.|spa|b.v.|bv|n.v.|nv|vof|a/s|aps
ab|as|asa|oy|oyj|sp. z o.o.|sp.z o.o.|s.r.o.|a.s.|kft|kft.|zrt|zrt.|d.o.o.|ltda|ltda.|eireli|s.a. de c.v.|pty ltd
pty|pty. ltd.|pvt ltd|pvt. ltd.|pte ltd|pte. ltd.|group|holdings|holding|bank|university|universität|college|school
institute|partners|associates|solutions|technologies|consulting|systems|logistics|industries|enterprises|services
labs|studio|studios|agency|media|capital|ventures|foundation|hospital|clinic|trust|insurance|société|gruppe|groep
grupo|groupe|gruppo|ооо|株式会社|有限公司|kk|k.k.|freight|realty|properties|networks|software|foods|energy|health
journal|a.ş.|şti.
"""

CONTACT_LABELS = """
tel|tél|tel.|telefon|téléphone|teléfono|telefono|telefone|telefoon|phone|ph|mobile|mob|mobil|móvil|cell|celular|port
portable|gsm|fax|direct|office|work|home|desk|main|m|p|t|o|c|d|f|e|w|ext|email|e-mail|mail|web|website|skype
linkedin|twitter|whatsapp|handy|durchwahl|zentrale|тел|моб|電話|电话|calendar|book
"""
