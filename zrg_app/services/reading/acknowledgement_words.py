"""Which words acknowledge without asking, answering or refusing anything?"""

ENGLISH = """
thanks|thank you|thank u|thankyou|thx|thnx|thanx|tnx|ty|tysm|tyvm|tks|cheers|ta|much appreciated|appreciated
appreciate it|i appreciate it|i appreciate that|appreciate that|appreciate the help|i appreciate your help
i appreciate your time|appreciate your help|appreciate you|many thanks|thanks a lot|thanks so much|thanks very much
thanks a bunch|thanks a ton|thanks a million|thanks a mil|thanks heaps|thanks loads|big thanks|thank you so much
thank you very much|thank you kindly|thank you sir|thank you ma'am|so much|very much|a lot|a million|a bunch|a ton
million thanks|you're welcome|you are welcome|np|anytime|my pleasure|gotcha|got it|got this|i got it|got that
got your message|got your email|ok got it|ok|okay|okey|okie|okey dokey|k|kk|oki|alright|all right|alrighty|right
roger|roger that|copy|copy that|10-4|ack|acknowledged|understood|i understand|understand|noted|duly noted|well noted
noted with thanks|i see|makes sense|that makes sense|fair enough|received|received it|well received|have received
i have received it|received with thanks|received your email|received your message|will do|will read|will review
will take a look|will look|good to know|great|awesome|cool|nice|nice one|perfect|excellent|wonderful|fantastic
brilliant|lovely|super|amazing|terrific|good|very good|good stuff|great stuff|sweet|splendid|superb|legend|you rock
you're the best|you are the best|lifesaver|you're a star|wow|yay|hooray|haha|lol|that's great|that is great
that's good|that's perfect|that's awesome|that's helpful|that was helpful|very helpful|so helpful|helpful|that helps
that helped|this helps|that's all|that is all|that'll be all|that will be all|welcome|my man|mate|bro|dude|man|buddy
friend|guys|team|all|everyone|sir|madam|again|indeed|really|truly|so|very|too|well|then|now|oh|ah|hey|hi|hello|dear
for|the|your|that|this|it|of|everything|all of|to|you|u|and|a|my|me|i|with|on|as|always|just|was|is|were|been|have
had|has|we|from|at|in|by|be|help|helping|the help|assistance|assisting|info|information|update|updates|updating
reply|response|replying|responding|quick reply|quick response|prompt reply|prompt response|time|your time|note
heads up|email|e-mail|mail|message|follow up|follow-up|followup|following up|answer|answering|confirmation
confirming|clarification|clarifying|letting me know|letting us know|sharing|sending|forwarding|reminder|reminding
effort|efforts|support|kindness|patience|understanding|attention|feedback|advice|tip|tips|link|links|file|files
document|documents|details|explanation|explaining|invite|invitation|hard work|work|service|assist|speedy|fast|quick
prompt|kind|great work|good work|great job|good job|well done|job|telling me|getting back|getting back to me
getting back to us|coming back to me|checking|checking in|looking into|looking into it|looking into this|it up
that up|clearing|doing|being|have a great day|have a good day|have a nice day|have a great weekend
have a good weekend|have a nice weekend|have a good one|have a great one|have a great week|have a good evening
have a great evening|enjoy your day|enjoy your weekend|enjoy the weekend|you too|same to you|take care|best regards
kind regards|regards|best|best wishes|warm regards|day|weekend|week|evening|good night|god bless|bless you|bless
talk soon|speak soon|see you|see ya|bye|goodbye
"""

OTHER_LANGUAGES = """
danke|dankeschön|danke schön|danke sehr|dank|vielen dank|besten dank|herzlichen dank|tausend dank|lieben dank
merci vielmals|alles klar|verstanden|ist angekommen|angekommen|erhalten|habe ich erhalten|zur kenntnis genommen
notiert|okay danke|passt|super|prima|klasse|toll|in ordnung|geht klar|gerne|gern geschehen|bitte|für|die|der|das|den
ihre|ihren|deine|deinen|dir|ihnen|euch|rückmeldung|schnelle|schnellen|antwort|hilfe|nachricht|mail|e-mail|info|infos
information|informationen|mühe|auskunft|unterstützung|schönen tag|schönes wochenende|gruß|grüße|viele grüße
liebe grüße|beste grüße|mit freundlichen grüßen|mfg|lg|vg|gut|sehr gut|gut zu wissen|hat sich erledigt|merci
merci beaucoup|merci bien|merci infiniment|un grand merci|grand merci|mille mercis|bien reçu|reçu|bien noté
c'est noté|noté|entendu|d'accord|compris|ça marche|très bien|parfait|super|génial|pour|votre|vos|ton|ta|le|la|les
l'info|l'information|réponse|retour|aide|message|mail|de|du|des|c'est|ok merci|cordialement|bien cordialement
bonne journée|bonne soirée|bon week-end|à vous|à toi|bien à vous|avec plaisir|de rien|je vous en prie
je vous remercie|vous remercie|je te remercie|prends note|j'ai bien reçu|gracias|muchas gracias|mil gracias
muchísimas gracias|recibido|entendido|de acuerdo|vale|perfecto|genial|excelente|estupendo|anotado|tomo nota
muy amable|muy bien|bien|por|tu|su|respuesta|ayuda|información|la|el|los|las|mensaje|correo|de nada|un saludo
saludos|buen día|buenos días|buenas tardes|buena tarde|igualmente|listo|okey gracias|agradecido|agradecida
le agradezco|te agradezco|se agradece|obrigado|obrigada|muito obrigado|muito obrigada|valeu|recebido|entendido
anotado|ok obrigado|combinado|certo|tá bom|está bem|beleza|perfeito|ótimo|excelente|grato|grata|agradeço|pela|pelo
resposta|ajuda|informação|retorno|atenção|abraço|abraços|abs|bom dia|boa tarde|boa noite|bom fim de semana|de nada
blz|vlw|obg|show|maravilha|ciente|att|grazie|grazie mille|mille grazie|molte grazie|tante grazie|grazie infinite
ricevuto|capito|d'accordo|va bene|perfetto|ottimo|bene|benissimo|ok grazie|inteso|preso nota|per|risposta|aiuto
informazione|informazioni|la ringrazio|ti ringrazio|prego|saluti|cordiali saluti|buona giornata|buona serata
buon weekend|gentilissimo|gentilissima|della|tua|sua|vostra|bedankt|dank je|dank u|dank je wel|dank u wel|dankjewel
dankuwel|hartelijk dank|veel dank|heel erg bedankt|ontvangen|begrepen|duidelijk|genoteerd|prima|top|helder|goed|oké
is goed|in orde|voor|je|uw|jouw|de|het|reactie|antwoord|hulp|bericht|alvast|graag gedaan|groet|groeten|groetjes
met vriendelijke groet|fijne dag|fijn weekend|super bedankt|mooi|akkoord|tack|tack så mycket|stort tack|tusen tack
tackar|mottaget|uppfattat|noterat|okej|perfekt|toppen|bra|för|svaret|hjälpen|informationen|hälsningar|ha en bra dag
trevlig helg|jättebra|tak|mange tak|tusind tak|tak for det|tak for hjælpen|modtaget|forstået|noteret|super|fint
perfekt|for|svaret|hjælpen|takk|tusen takk|mange takk|takk skal du ha|mottatt|forstått|notert|flott|den er god
så bra|den|är|skal|du|ha|ha det bra|hilsen|mvh|vh|kiitos|kiitoksia|paljon kiitoksia|kiitos paljon|suuri kiitos
kiitti|selvä|selvä juttu|ymmärretty|vastaanotettu|hyvä|hienoa|ok kiitos|tiedosta|avusta|vastauksesta|sain|dziękuję
dziękuję bardzo|bardzo dziękuję|dzięki|dziękujemy|wielkie dzięki|dzięki wielkie|otrzymałem|otrzymałam|otrzymano
rozumiem|zrozumiałem|zrozumiałam|przyjąłem|przyjęto|jasne|w porządku|super|świetnie|dobrze|za|odpowiedź|pomoc
informację|informacje|wiadomość|pozdrawiam|miłego dnia|děkuji|děkuju|díky|děkujeme|moc děkuji|mockrát děkuji|dík
přijato|rozumím|obdržel jsem|v pořádku|super|dobře|za|odpověď|pomoc|informaci|informace|ďakujem|vďaka|rozumiem
prijaté|hezký den|pěkný den|köszönöm|köszi|köszönjük|nagyon köszönöm|köszönöm szépen|megkaptam|értem|rendben|oké
a választ|a segítséget|mulțumesc|multumesc|mersi|mulțumim|mulțumesc mult|am primit|am înțeles|în regulă|perfect
pentru|răspuns|ajutor|informații|спасибо|спасибо большое|большое спасибо|благодарю|благодарим|спс|получил|получила
получили|получено|понял|поняла|понятно|принято|принял|приняла|хорошо|ок|окей|ясно|отлично|супер|добро|за|ответ
помощь|информацию|письмо|вас|вам|с уважением|хорошего дня|дякую|дуже дякую|щиро дякую|отримав|отримала|зрозуміло
добре|гаразд|зрозумів|благодаря|мерси|хвала|hvala|hvala lepa|hvala puno|hvala lijepa|u redu|razumem|razumijem
primljeno|teşekkürler|teşekkür ederim|teşekkür ederiz|çok teşekkürler|çok teşekkür ederim|sağ olun|sağol|sağolun
eyvallah|tamam|tamamdır|anladım|anlaşıldı|aldım|alındı|not ettim|iyi günler|kolay gelsin|iyi çalışmalar|peki
ευχαριστώ|ευχαριστώ πολύ|σας ευχαριστώ|ευχαριστούμε|ελήφθη|κατάλαβα|εντάξει|οκ|τέλεια|ωραία|aitäh|tänan|suur tänu
paldies|ačiū|dėkoju|labai ačiū|תודה|תודה רבה|המון תודה|קיבלתי|הבנתי|אוקיי|אוקי|מעולה|בסדר|סבבה|רבה|شكرا|شكراً|شكرًا
شكرا جزيلا|شكراً جزيلاً|جزيلا|تم|تم الاستلام|فهمت|حسنا|حسناً|ممتاز|شكرا لك|متشكر|ممنون|ممنونم|متشکرم|مرسی|سپاس
धन्यवाद|शुक्रिया|ठीक है|terima kasih|makasih|terimakasih|baik|oke|sip|siap|noted ya|sama-sama|banyak|cảm ơn|cám ơn
cảm ơn bạn|cảm ơn nhiều|đã nhận|đã hiểu|salamat|maraming salamat|ขอบคุณ|ขอบคุณครับ|ขอบคุณค่ะ|รับทราบ|asante|dankie
gràcies|moltes gràcies|eskerrik asko|go raibh maith agat|tänks|tänk
"""

UNSPACED = """
谢谢|謝謝|多谢|多謝|感谢|感謝|非常感谢|收到|已收到|好的|好|明白|明白了|知道了|了解|了解了|没问题|辛苦了|谢了|谢谢您
谢谢你|谢谢啦|嗯|嗯嗯|ok|您|你|了|的|啦|哦|，|ありがとうございます|ありがとうございました|ありがとう
どうもありがとうございます|どうも|承知しました|承知いたしました|承知致しました|了解しました|了解です
了解いたしました|了解|かしこまりました|わかりました|分かりました|確認しました|確認いたしました|受け取りました
拝受しました|受領しました|助かります|助かりました|ご連絡|ご返信|ご対応|お世話になっております|よろしくお願いします
よろしくお願いいたします|宜しくお願いします|お疲れ様です|です|はい|감사합니다|감사해요|감사드립니다|고맙습니다
고마워요|고마워|확인했습니다|확인하였습니다|확인|알겠습니다|알겠어요|네|넵|예|잘 받았습니다|받았습니다|수고하세요
수고하셨습니다|답변|회신|정말|대단히|좋아요|ขอบคุณ|ขอบคุณครับ|ขอบคุณค่ะ|ขอบคุณมาก|รับทราบ|ครับ|ค่ะ|มาก
"""
