"""Which words, standing alone, ask that messages stop, and which polite words may stand around them?"""

KEYWORDS = """
stop|stop all|stopall|unsubscribe|un-subscribe|unsub|unsubscribed|cancel|end|quit|revoke|optout|opt-out|opt out
opted out|remove|remove me|remove us|remove this|delete me|take me off|stop it|stop this|stop now|stop texting
stop emailing|stop messaging|stop calling|stop contacting|stop spamming|stop mailing|stop messages|stop texts
stop emails|no more|block me|do not contact|do not email|do not text|do not call|do not disturb|don't contact
don't text|don't email|dnc|unsubscribe me|unsubscribe us|unsubscribe all|no more emails|no more texts
no more messages|leave me alone|go away|get lost|fuck off|piss off|bugger off|f off|remove my email|remove my number
please stop|stop please|cease|cease and desist|desist|abmelden|abbestellen|austragen|abmeldung|löschen|bitte löschen
stopp|stoppen|aufhören|arret|arrêt|arreter|arrêter|arrêtez|désabonner|désabonnement|désinscription|désinscrire
désabonnez-moi|stop sms|stop pub|retirez-moi|baja|alto|parar|parar todo|cancelar|darme de baja|dar de baja
dame de baja|no más|eliminar|borrar|detener|desuscribir|desuscribirme|no molestar|sair|pare|parem|para|remover
descadastrar|cancelar inscrição|sair da lista|não quero mais|me remova|excluir|cancella|cancellami|cancellazione
disiscrivi|disiscrivimi|disiscrizione|rimuovi|rimuovimi|basta|annulla|ferma|fermati|uitschrijven|afmelden
verwijderen|stoppen met mailen|afmeld|avregistrera|avprenumerera|avsluta|sluta|avmeld|meld av|frameld|slet|slet mig
stop mails|poista|lopeta|peruuta|peru|wypisz|wypisz mnie|zrezygnuj|usuń|stop mail|odhlásit|odhlasit|odhlaste|zrušit
leiratkozás|leiratkozom|leiratkozni|törlés|отписаться|отписка|отпишите|стоп|удалить|отмена|прекратить|відписатися
стоп|dur|durdur|iptal|iptal et|abonelikten çık|çık|ret|dezabonare|dezabonează-mă|στοπ|διαγραφή|απεγγραφή|הסר|הסרה
הסירו|הסר אותי|להסיר|תסירו|תסיר|תפסיק|עצור|די|إلغاء|الغاء|توقف|إيقاف|ايقاف|إلغاء الاشتراك|قف|退订|退訂|td|取消
取消订阅|停止|停|配信停止|停止|解除|登録解除|수신거부|수신 거부|거부|구독취소|구독 취소|중단|해지|berhenti|hủy|huy
tu choi|หยุด|ยกเลิก
"""

WHOLE_MESSAGE_ONLY = """
end|quit|cancel|no more|para|alto|basta|cancelar|delete|dur|ret|peru|eliminar|borrar|excluir|annulla|slet|ferma
iptal|di|取消|停止|停|td|解除|삭제|中断|중단|dur|peruuta|poista|lopeta|avsluta|stoppen|löschen|remover|odhlásit|usuń
удалить|отмена|huy|hủy|cease|desist|stop it
"""

POLITE = """
please|pls|plz|kindly|thanks|thank you|thx|ty|hi|hello|hey|ok|okay|now|immediately|asap|today|at once|right now|sir
regards|cheers|best|bitte|danke|sofort|umgehend|svp|s'il vous plaît|s'il vous plait|s'il te plait|merci
immédiatement|por favor|gracias|ya|inmediatamente|obrigado|obrigada|imediatamente|per favore|grazie|subito
per piacere|aub|a.u.b.|alsjeblieft|alstublieft|svp.|graag|bedankt|direct|tack|snälla|takk|tak|vær så snill|kiitos
proszę|dziękuję|prosím|děkuji|köszönöm|kérem|пожалуйста|спасибо|lütfen|teşekkürler|vă rog|mulțumesc|παρακαλώ|בבקשה
תודה|من فضلك|شكرا|请|谢谢|お願いします|してください|して下さい|ください|부탁드립니다|해주세요
"""
