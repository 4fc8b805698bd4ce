"""With which words do mail programs introduce the message being answered?"""

WROTE = """
wrote|wrote the following|schrieb|schreibt|geschrieben|a écrit|écrit|escribió|escribio|escribe|escreveu|ha scritto
scritto|schreef|geschreven|skrev|skreiv|kirjoitti|napisał(a)|napisała|napisał|napisal(a)|pisze|napsal(a)|napsal
napsala|napísal|napísal(a)|írta|написал|написала|написал(а)|написав|пишет|пише|писал|yazdı|şunu yazdı|a scris|έγραψε
写道|寫道|書きました|のメール|작성|님이 작성|님이 씀|đã viết|menulis|כתב|כתבה|כתב/ה|كتب|va escriure|je napisao
je napisala|napisao|kirjutas|rašė|rakstīja|написа|napísala
"""

HEADER_STARTS = """
on|am|le|el|em|il|op|den|på|w dniu|dnia|dne|dňa|dana|kl|no dia|em dom|a la|la data|pe|în data de|den|am um|op datum
mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mo|di|mi|do|fr|sa|so|montag
dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lun|mar|mer|jeu|ven|sam|dim|lundi|mardi|mercredi|jeudi|vendredi
samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|seg|ter|qua|qui|sex|sáb|dom|gio|lunedì|martedì
mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|man|tir|ons|tor
fre|lør|søn|mån|tis|tors|fredag|mandag|tirsdag|onsdag|torsdag|lørdag|søndag|måndag|tisdag|lördag|söndag|ma|ti|ke|to
pe|la|su|pon|wt|śr|czw|pt|sob|niedz|po|út|st|čt|pá|so|ne|пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг
пятница|在|于|於|date|der|die|στις
"""

ORIGINAL = """
original message|original appointment|original email|forwarded message|forwarded by|reply message|replied message
begin forwarded message|start of forwarded message|ursprüngliche nachricht|originalnachricht|original-nachricht
ursprüngliche mail|weitergeleitete nachricht|weitergeleitet von|message d'origine|message original|message transféré
message d’origine|mensaje original|mensaje reenviado|mensaje enviado|mensagem original|mensagem encaminhada
messaggio originale|messaggio inoltrato|oorspronkelijk bericht|origineel bericht|oorspronkelijke bericht
doorgestuurd bericht|oprindelig meddelelse|oprindelig besked|videresendt besked|videresendt meddelelse
ursprungligt meddelande|originalmeddelande|vidarebefordrat meddelande|opprinnelig melding|videresendt melding
alkuperäinen viesti|välitetty viesti|wiadomość oryginalna|oryginalna wiadomość|wiadomość przekazana|původní zpráva
původní e-mail|přeposlaná zpráva|pôvodná správa|eredeti üzenet|исходное сообщение|оригинальное сообщение
пересылаемое сообщение|пересланное сообщение|orijinal mesaj|orijinal ileti|özgün ileti|iletilen mesaj|mesaj original
mesaj redirecționat|αρχικό μήνυμα|原始邮件|原邮件|转发邮件|转发的邮件|原始郵件|轉寄郵件|元のメッセージ
転送メッセージ|원본 메시지|원본 메일|전달된 메시지|הודעה מקורית|originele bericht|izvorna poruka|originalna poruka
missatge original
"""

FROM_KEYS = """
from|von|de|da|van|fra|från|od|от|від|kimden|gönderen|lähettäjä|feladó|de la|από|发件人|發件人|寄件者|差出人
보낸 사람|보낸사람|מאת|nadawca|odesílatel|отправитель|expéditeur|mittente|afzender|avsändare|remitente|remetente
saatja
"""

OTHER_KEYS = """
to|an|à|a|para|aan|til|till|do|komu|кому|kime|vastaanottaja|címzett|către|catre|προς|收件人|宛先|받는 사람|받는사람
אל|pro|saaja|sent|date|gesendet|datum|envoyé|envoye|date d'envoi|enviado|enviado el|enviada em|enviado em|fecha|data
inviato|verzonden|sendt|dato|skickat|wysłano|data wysłania|odesláno|odoslané|отправлено|дата|надіслано|gönderildi
gönderme tarihi|tarih|lähetetty|päivämäärä|elküldve|dátum|trimis|ημερομηνία|发送时间|日期|送信日時|日付|보낸 날짜
날짜|נשלח|תאריך|poslano|subject|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|temat|předmět|predmet|тема
konu|aihe|tárgy|subiect|θέμα|主题|主旨|件名|题名|제목|נושא|cc|kopie|copie|kopi|kopia|копия|bilgi|másolat|抄送|副本
参照|참조|reply-to|répondre à|antwort an|importance|attachments
"""
