"""With which words do machines answer for people who are away, gone or busy?"""

SUBJECTS = """
automatic reply|automatic response|automated reply|automated response|auto reply|auto-reply|autoreply|auto response
auto-response|autoresponse|auto responder|autoresponder|auto-responder|autorespons|autoresp|auto:|out of office
out-of-office|out of the office|ooo|oof|outofoffice|away from office|away from my desk|away from the office
away until|vacation reply|vacation response|vacation notice|vacation message|on vacation|vacation|holiday notice
on leave|annual leave|maternity leave|on holiday|away notice|absence notice|absent|leave notice|no longer with
automatische antwort|automatische antwort:|autom. antwort|automatische rückmeldung|abwesenheitsnotiz|abwesenheit
abwesend|automatische abwesenheit|nicht im büro|urlaub|automatische e-mail|eingangsbestätigung|réponse automatique
reponse automatique|message d'absence|absence du bureau|absence|absent du bureau|message automatique
accusé de réception|en congés|respuesta automática|respuesta automatica|fuera de la oficina|fuera de oficina
ausencia|mensaje automático|autorespuesta|de vacaciones|resposta automática|resposta automatica|fora do escritório
ausência|ausente|férias|mensagem automática|risposta automatica|fuori ufficio|fuori sede|assenza
messaggio automatico|assente|in ferie|automatisch antwoord|automatische beantwoording|automatische antwoord|afwezig
afwezigheid|buiten kantoor|automatisk svar|autosvar|automatiskt svar|frånvaro|frånvarande|ikke på kontoret
fraværende|fravær|ej på kontoret|semester|ferie|automaattinen vastaus|poissa|poissaolo|lomalla
automatyczna odpowiedź|odpowiedź automatyczna|autoodpowiedź|nieobecność|nieobecna|nieobecny|poza biurem|urlop
automatická odpověď|automaticka odpoved|mimo kancelář|nepřítomnost|automatická odpoveď|neprítomnosť
automatikus válasz|házon kívül|távollét|szabadság|răspuns automat|în afara biroului|автоматический ответ|автоответ
автоответчик|вне офиса|отсутствие|в отпуске|отпуск|автоматична відповідь|otomatik yanıt|otomatik cevap|ofis dışında
izinde|αυτόματη απάντηση|εκτός γραφείου|εκτός γραφειου|自動応答|自動返信|不在通知|自动回复|自動回覆|自动答复|外出
자동 회신|자동 응답|자동응답|부재중|부재 중|תשובה אוטומטית|מענה אוטומטי|מחוץ למשרד|رد تلقائي|الرد التلقائي
خارج المكتب|trả lời tự động|balasan otomatis|automaatvastus|automatinis atsakymas|automātiska atbilde
automatska odpoved|samodejni odgovor|automatski odgovor|автоматичен отговор|resposta automàtica|automatiska atbilde
automatiskt
"""

TICKETS = """
ticket received|request received|we received your|we have received your|we've received your
your request has been received|your ticket|case received|case created|ticket created|[ticket|[case
thank you for contacting|thanks for contacting|thank you for your enquiry|thank you for your inquiry
thank you for your email|thank you for your message|thanks for your email|confirmation of receipt|message received
email received
"""

MACHINE = """
do not disturb while driving|driving with do not disturb|does not receive text messages|cannot receive text messages
this is an automated|this is an automatic|this is an auto|automated response|automated reply|automated message
automatic reply|automatic response|automatically generated|auto-generated|auto generated|do not reply to this
please do not reply|don't reply to this|do not respond to this|this mailbox is not monitored
mailbox is not monitored|mailbox is unmonitored|unmonitored mailbox|not monitored|no longer monitored
is no longer monitored|inbox is no longer in use|mailbox is no longer in use|email address is no longer in use
address is no longer in use|email account is no longer active|no longer active|no longer checked
no longer in service|no longer valid|no longer in use|no longer work at|no longer work for|no longer work with
no longer working at|no longer working for|no longer works at|no longer works for|no longer works with
no longer works here|no longer with|no longer employed|no longer at the company|is no longer an employee
has left the company|have left the company|has left the organi|has left our|left the company|has retired
have retired|is retired from|has moved on from|moved on from|has departed|last day with|last day at|last working day
is no longer part of|ticket has been created|ticket has been opened|ticket number|case number|request number
reference number|a support ticket|your ticket|has been received and|your request has been received
we have received your|we've received your|we received your email|we received your message|we received your request
have received your email and|received your message and will|will respond to your|will get back to you as soon
will be in touch shortly|will be in touch as soon|will respond as soon|will reply as soon|get back to you as soon as
get back to you within|respond to you within|reply to you within|respond within|reply within|within 24 hours
within 48 hours|within one business|within two business|business days|working days|business hours|office hours
working hours|opening hours|regular hours|limited access to email|limited access to my email
limited access to e-mail|limited email access|limited access to my e-mail|no access to email|no access to my email
without access to email|intermittent access|sporadic access|delayed response|delay in my response|delay in response
may be delayed|slow to respond|slower to respond|not checking email|not be checking email|not be checking my email
not have access to email|won't have access to|will not have access to|will not be able to respond|unable to respond
unable to check|not be able to check|will respond to your email when i|respond upon my return|reply upon my return
respond when i return|reply when i return|respond on my return|reply on my return|upon my return|when i return
on my return|will respond once i|will reply once i|once i am back|once i'm back|as soon as i return
as soon as i'm back|as soon as i am back|get back to you when i|in my absence|during my absence|for urgent matters
for anything urgent|for urgent|if urgent|if it is urgent|if it's urgent|if your matter is urgent|if this is urgent
if your request is urgent|if your email is urgent|if your enquiry is urgent|urgent matters|urgent enquiries
urgent inquiries|urgent requests|for immediate assistance|need immediate assistance|require immediate assistance
immediate attention|for urgent assistance|require urgent|in case of emergency|in an emergency|if you need assistance
for assistance please|please contact my colleague|my colleague|in my place|your email will not be forwarded
emails will not be forwarded|not be forwarded|your message has been forwarded|will be deleted
diese e-mail wird nicht|wird nicht weitergeleitet|nicht weitergeleitet|in dringenden|bei dringenden
in meiner abwesenheit|während meiner abwesenheit|wenden sie sich bitte an|meine vertretung|vertretung
automatisch generiert|automatisch erstellt|nicht mehr im unternehmen|nicht mehr für|nicht mehr bei|nicht mehr tätig
hat das unternehmen verlassen|hat unser unternehmen verlassen|eingeschränkten zugriff|keinen zugriff auf meine
nach meiner rückkehr|so schnell wie möglich|schnellstmöglich|ihre anfrage ist bei uns eingegangen
ihre nachricht ist eingegangen|wurde ein ticket|en mon absence|pendant mon absence|en cas d'urgence
pour toute urgence|pour toute demande urgente|à mon retour|dès mon retour|ne travaille plus|a quitté la société
a quitté l'entreprise|ne fait plus partie|message automatique|accès limité|dans les plus brefs délais
nous avons bien reçu|ne pas répondre à ce|en mi ausencia|durante mi ausencia|en caso de urgencia
para asuntos urgentes|para temas urgentes|si es urgente|a mi regreso|a mi vuelta|ya no trabaja|ya no trabajo
ya no forma parte|mensaje automático|acceso limitado|a la mayor brevedad|hemos recibido su|hemos recibido tu
no responda a este|gracias por contactar con nosotros|gracias por contactarnos|gracias por ponerse en contacto
em minha ausência|na minha ausência|durante a minha ausência|em caso de urgência|assuntos urgentes|caso seja urgente
quando retornar|quando regressar|assim que retornar|no meu retorno|não trabalha mais|já não trabalha
não faz mais parte|mensagem automática|acesso limitado|recebemos sua|recebemos a sua|o mais breve possível
em breve retornaremos|in mia assenza|durante la mia assenza|per urgenze|in caso di urgenza|per questioni urgenti
al mio rientro|al mio ritorno|non lavora più|non lavoro più|messaggio automatico|accesso limitato
abbiamo ricevuto la|il prima possibile|tijdens mijn afwezigheid|bij mijn afwezigheid|voor dringende
in dringende gevallen|bij spoed|na mijn terugkomst|bij terugkomst|werkt niet meer|niet langer werkzaam
niet meer werkzaam|automatisch bericht|beperkte toegang|wij hebben uw|zo spoedig mogelijk|i min frånvaro
under min frånvaro|vid brådskande|brådskande ärenden|när jag är tillbaka|slutat på|arbetar inte längre|i mit fravær
ved hastende|hastesager|når jeg er tilbage|er fratrådt|arbejder ikke længere|ved behov for rask|jobber ikke lenger
har sluttet|poissaoloni aikana|kiireellisissä|kiireisissä|palattuani|podczas mojej nieobecności|w pilnych
w sprawach pilnych|po powrocie|nie pracuje już|już nie pracuje|wiadomość automatyczna|wiadomość została wygenerowana
v mé nepřítomnosti|v naléhavých|v neodkladných|po návratu|po mém návratu|již nepracuje|sürgős esetben|távollétem
visszatérésem|már nem dolgozik|în absența mea|pentru urgențe|la întoarcere|nu mai lucrează|в мое отсутствие
по срочным|в случае срочн|срочным вопросам|по возвращении|после возвращения|больше не работает
автоматическое сообщение|acil durumlarda|acil durum|döndüğümde|dönüşümde|artık çalışmıyor|yokluğumda
στην απουσία μου|για επείγοντα|επιστροφή μου|緊急の場合|お急ぎの|不在中|戻り次第|退職|休暇中|自動送信|自動で送信
自動返信|紧急|緊急事|如有急事|已离职|尽快回复|返回后|급한 용무|급하신|퇴사|복귀 후|בהיעדרי|במקרים דחופים
למקרים דחופים|בשובי|لأمور عاجلة|للحالات العاجلة|عند عودتي
"""

AWAY = """
out of office|out of the office|out-of-office|ooo|oof|away from the office|away from my desk|away from my office
away from work|away on business|on annual leave|on leave|on maternity leave|on paternity leave|on parental leave
on sick leave|on medical leave|on vacation|on holiday|on holidays|on my holidays|on pto|on sabbatical|on bereavement
taking leave|taking time off|on a business trip|traveling|travelling|currently away|currently out|i am away|i'm away
i will be away|i'll be away|i am currently|i am out|i'm out|i will be out|i'll be out|be back in the office
be back on|be back at|will return|returning on|returning to the office|return to the office|back in the office
back to office|i will be back|i'll be back|will be back|return back|in an all day meeting|in meetings all day
all day meeting|in a conference|attending a conference|offline until|unavailable until|not available until
unavailable|not in the office|nicht im büro|nicht im hause|außer haus|im urlaub|in urlaub|abwesend|nicht erreichbar
nicht erreichen|auf dienstreise|in elternzeit|wieder erreichbar|wieder im büro|ab dem|bis einschließlich
außerhalb des büros|absent du bureau|absente du bureau|en congé|en congés|je suis absent|je suis absente
absent jusqu'au|absente jusqu'au|en vacances|en déplacement|de retour le|je serai de retour|serai absent
hors du bureau|fuera de la oficina|fuera de oficina|de vacaciones|estaré ausente|estoy ausente|me encuentro ausente
me encuentro fuera|de baja médica|estaré de vuelta|estaré de regreso|regreso el|de viaje|fora do escritório
de férias|estou ausente|estarei ausente|de licença|retorno no dia|retorno em|estarei de volta|regresso|em viagem
fuori ufficio|fuori sede|in ferie|sono assente|sarò assente|sarò di ritorno|rientro il|rientrerò|in maternità
in vacanza|niet op kantoor|afwezig|met vakantie|op vakantie|met verlof|buiten kantoor|weer bereikbaar|weer aanwezig
terug op|inte på kontoret|på semester|föräldraledig|ledig|tillbaka på|åter på kontoret|tjänsteresa|ikke på kontoret
på ferie|holder ferie|har ferie|tilbage på kontoret|tilbage den|fraværende|barsel|tilbake på kontoret|tilbake den
permisjon|ute av kontoret|lomalla|vuosilomalla|poissa toimistolta|poissa|tavoitettavissa|palaan|poza biurem
na urlopie|nieobecny|nieobecna|przebywam na|wracam|mimo kancelář|dovolen|nepřítomen|nepřítomna|vrátím
zpět v kanceláři|mimo kanceláriu|szabadságon|házon kívül|nem vagyok elérhető|vissza|în concediu|nu sunt la birou
revin|в отпуске|вне офиса|в командировке|отсутствую|не в офисе|на больничном|вернусь|буду на месте|у відпустці
izindeyim|ofis dışındayım|yıllık izinde|tatildeyim|döneceğim|ofise döneceğim|εκτός γραφείου|σε άδεια|με άδεια
θα επιστρέψω|απουσιάζω|休暇|不在|外出して|出張|席を外して|休假|外出|出差|不在办公室|度假|휴가|부재|출장|מחוץ למשרד
בחופשה|בחופש|אחזור|خارج المكتب|في إجازة|إجازة
"""

THANKS_OPENING = """
thank you for your email|thank you for your e-mail|thank you for your message|thank you for your mail
thank you for your inquiry|thank you for your enquiry|thank you for your interest|thank you for contacting
thank you for reaching out|thank you for getting in touch|thank you for your note|thank you for emailing
thank you for writing|thanks for your email|thanks for your message|thanks for contacting|thanks for reaching out
thanks for getting in touch|thanks for your mail|thanks for emailing|vielen dank für ihre|vielen dank für deine
danke für ihre|danke für deine|herzlichen dank für ihre|merci pour votre|merci de votre|je vous remercie
nous vous remercions|merci d'avoir|gracias por su|gracias por tu|gracias por contactar|muchas gracias por su
obrigado pelo|obrigada pelo|obrigado por|agradecemos|grazie per la|grazie per il|grazie per aver|la ringrazio
bedankt voor|hartelijk dank voor|dank voor uw|dank je voor|tack för ditt|tack för din|tack för att|tak for din
tak for jeres|takk for din|takk for at|kiitos viestist|kiitos sähköpost|dziękuję za|dziękujemy za|děkuji za
děkujeme za|ďakujem za|köszönöm a|köszönjük|mulțumesc pentru|спасибо за ваше|спасибо за письмо|благодарим за
благодарю за|teşekkür ederim|teşekkür ederiz|mailiniz için|ευχαριστώ για|ευχαριστούμε για|お問い合わせ
メールをいただき|メールありがとう|ご連絡ありがとう|感谢您的|谢谢您的|感謝您|메일 감사|연락 주셔서|문의해 주셔서
תודה על פנייתך|תודה על המייל|תודה שפנית|شكرا لتواصلك|شكرًا لرسالتك|شكرا على
"""

HUMAN = """
on by mistake|on by accident|was still on|forgot to turn off|forgot to switch off
contact me again|write to me again|reach out again|get back to me in|but could do|could do a call|but can do
interested|call me|let's|let us|can you|could you|can we|could we|would you|what is|what's|what are|how much|how do
how does|sounds good|send me|send over|send it|happy to|ping me|try me|reach me|feel free to book|works for me
works better|let me know|we can|i can talk|can talk|can chat|free on|i already|already use|we use|not now|not for us
sorry for the delay|sorry for the late|sorry for my late|apologies for the delay|apologies for the late
apologies for my late|was out|was on vacation|was on leave|was away|was traveling|was travelling|just got back
just back|just returned|got back from|been out|been away|been traveling|but i|but we|give me a call|drop me
talk then|speak then|chat then|check back|melden sie sich gern|rufen sie|ruf mich|schicken sie|können sie|können wir
könnten|interessiert|lassen sie uns|war im urlaub|bin zurück|appelez|rappelez|envoyez|pouvez|pourriez|intéress
j'étais|je rentre|llámame|llámeme|puedo hablar|podría|interesa|envíe|envíame|estuve|hablamos|me liga|ligue|pode me
posso|estava|mi chiami|chiamami|interessat|ero in|bel me|bel mij|kunnen we|kun je|kunt u|geïnteresseerd
was op vakantie|ring mig|ring meg|kan du|intresserad|zadzwoń|proszę zadzwonić|możemy|zainteresowan|zavolejte|můžeme
позвоните|можем|интерес|arayın|görüşelim|ilgileniyor
"""
