"""With which words does a mail system say that a message did not arrive, or is late?"""

SUBJECTS = """
undeliverable|undelivered mail|undelivered message|undeliverable mail|undeliverable message|undelivered:
mail delivery failed|mail delivery failure|mail delivery problem|mail delivery error|mail delivery report
message delivery failure|message delivery has failed|message delivery failed|message could not be delivered
mail could not be delivered|message not delivered|mail not delivered|email not delivered
your message could not be delivered|your email could not be delivered|couldn't be delivered|could not be delivered
delivery status notification|delivery failure|delivery failed|delivery has failed|delivery notification
delivery delayed|delivery problem|delivery error|delivery report|failed delivery|failure notice|failure delivery
failed mail|failed message|returned mail|returned message|returned email|mail returned|bounced mail|bounced email
bounce notification|undeliverable:|non delivery|non-delivery|nondeliverable|nondelivery|mail system error
permanent delivery failure|permanent failure|temporary failure|error sending mail|mail failure|mail error
message delayed|automatically rejected mail|rejected mail|message rejected|mail rejected|recipient address rejected
user unknown|unknown user|notice: mail delivery|message you sent blocked|blocked by our bulk email|blocked message
message blocked|warning: message|warning: could not send|could not send message|address not found
recipient not found|message status|delivery incomplete|unable to deliver|cannot deliver|not deliverable|unzustellbar
unzustellbare|zustellung fehlgeschlagen|nicht zugestellt|nachricht nicht zugestellt|zustellfehler
übermittlungsfehler|nicht zustellbar|unzustellbar:|zustellungsbenachrichtigung|übermittlung fehlgeschlagen
mail konnte nicht zugestellt|fehler bei der zustellung|non remis|non remise|échec de la remise|échec de remise
échec de livraison|échec de distribution|notification d'état de remise|notification d'état de livraison
message non distribué|impossible de remettre|non distribuable|courrier non distribué|no se puede entregar
no entregado|mensaje no entregado|correo no entregado|no se pudo entregar|error de entrega|fallo de entrega
entrega fallida|notificación de estado de entrega|no es posible entregar|não é possível entregar|não entregue
mensagem não entregue|falha na entrega|não foi possível entregar|notificação de falha na entrega
notificação de status de entrega|mancato recapito|mancata consegna|non recapitabile|impossibile recapitare
messaggio non recapitato|mail non recapitata|notifica di mancato|onbestelbaar|niet bezorgd|niet afgeleverd
aflevering mislukt|bezorging mislukt|kan niet worden bezorgd|olevererbart|kunde inte levereras
gick inte att leverera|ikke leveret|kan ikke leveres|ikke levert|kunne ikke leveres|leveringsfejl
toimitus epäonnistui|ei voitu toimittaa|toimittamatta|niedostarczone|nie można dostarczyć|nie dostarczono
zwrot wiadomości|nie udało się dostarczyć|nedoručitelné|nedoručeno|nelze doručit|nedoručiteľné|kézbesíthetetlen
nem kézbesíthető|недоставленное|не доставлено|не может быть доставлено|ошибка доставки|сообщение не доставлено
не удалось доставить|teslim edilemedi|iletilemedi|teslim edilemeyen|livrare nereușită|nu poate fi livrat|nelivrat
αδύνατη η παράδοση|αποτυχία παράδοσης|系统退信|退信|无法投递|无法送达|投递失败|邮件退回|未送达|无法传递|無法傳遞
寄件失敗|配信不能|配信できません|配信エラー|未配信|送信できません|送信エラー|반송|전송 실패|배달 실패|배달되지 않음
전송되지 않음|לא ניתן למסור|فشل تسليم|تعذر التسليم
"""

OPENINGS = """
this message was created automatically by mail delivery software|this message was created automatically by the mail
this is the mail system at host|this is the postfix program at host|this is the qmail-send program|hi. this is the
this is an automatically generated delivery status notification
this is an automatically generated message from sendgrid|this is a delivery status notification
this is the machine generated message|this report relates to a message you sent
delivery has failed to these recipients|delivery to the following recipient|delivery to these recipients
message not delivered|your message to|your message wasn't delivered to|your message could not be delivered
your message couldn't be delivered|your message can not be delivered|your message cannot be delivered
your mail to the following|your email to|your message did not reach|a message that you sent could not be delivered
a message that you sent has not yet been delivered|the following message to
the following mail could not be delivered|the following addresses had permanent fatal errors|the following address
the original message was received at|the attached message could not be delivered
the attached message had permanent fatal|an error occurred while trying to deliver
sorry, we were unable to deliver your message|unfortunately, we were not able to deliver|unable to deliver message
unable to deliver your message|message could not be delivered|failed to deliver to|invalid final delivery
i'm sorry to have to inform you|i'm afraid i wasn't able to deliver|we're sorry. there's a problem with the e-mail
address not found|message blocked|recipient address rejected|the email account that you tried to reach
the message you sent to|message from yahoo|could not deliver message|ihre nachricht konnte nicht
die nachricht konnte nicht|die folgende nachricht konnte nicht|fehler bei der nachrichtenzustellung
adresse nicht gefunden|votre message n'a pas pu|le message n'a pas pu|échec de la remise|adresse introuvable
no se encontró la dirección|su mensaje no|el mensaje no se pudo|no se ha podido entregar|sua mensagem não
a mensagem não pôde|endereço não encontrado|il messaggio non|impossibile recapitare|indirizzo non trovato|uw bericht
je bericht is niet|adres niet gevonden|ditt meddelande|din besked kunne ikke|twoja wiadomość
nie udało się dostarczyć|это письмо отправлено почтовым сервером|сообщение не доставлено|ваше письмо не
ваше сообщение не|以下の受信者|このメッセージは|抱歉，您的邮件|很抱歉，您的邮件
"""

FAILURES = """
could not be delivered|couldn't be delivered|cannot be delivered|can not be delivered|wasn't delivered
was not delivered|not been delivered|not be delivered|unable to deliver|not able to deliver|failed to deliver
delivery failed|delivery has failed|delivery to the following|undeliverable|did not reach|permanent error
permanent fatal error|permanent failure|mailbox unavailable|mailbox full|mailbox is full|over quota|quota exceeded
user unknown|unknown user|no such user|no mailbox here|no such recipient|recipient rejected
recipient address rejected|address rejected|does not exist|doesn't exist|address not found|couldn't be found
not found|not listed in|host unknown|host not found|domain not found|unrouteable|smtp error|remote server
remote host said|action: failed|action: delayed|diagnostic-code|final-recipient|reporting-mta|automatically rejected
was blocked by|blocked by our|access denied|relay access denied|has been delayed|will be retried|giving up
too many hops|delivery attempts|rejected your message|was rejected|inactive user|not delivered to|failure reasons
failed recipients|returned message|retry timeout|timed out|message removed|transcript of session|unzustellbar
nicht zugestellt werden|zustellung fehlgeschlagen|empfänger unbekannt|n'a pas pu être remis|n'a pas pu être livré
non remis|destinataire inconnu|no se ha podido entregar|no se pudo entregar|no ha podido ser entregado
não pôde ser entregue|não foi entregue|non è stato recapitato|impossibile recapitare|konnte nicht|kon niet worden
niet worden bezorgd|kunde inte levereras|kunne ikke leveres|nie została dostarczona|не может быть
не удалось доставить|не доставлено|無法|无法|できません|配信|퇴신|반송
"""

DELAYS = """
has been delayed|is delayed|was delayed|delayed|delivery delay|(delay)|warning message only|do not need to resend
will be retried|not yet been delivered|has not yet been|still trying|will continue to try|will keep trying
temporarily deferred|temporary failure|temporary problem|temporarily unavailable|wird weiterhin versucht|verzögert
retardé|en retard|demora|atrasad|ritardo|vertraagd|försenat|forsinket|opóźnion|задерж
"""

FINALS = """
permanent|fatal|giving up|given up|gave up|not going to try again|no further delivery attempts|will not be retried
has been removed from the mail queue|returned to sender|returning message to sender|retry timeout exceeded|(failure)
has failed|have failed
"""

SUCCESSES = """
delivered:|relayed:|read:|gelesen:|lu :|lu:|leído:|lido:|letto:|gelezen:|read receipt|return receipt
delivery status notification (success)|delivery status notification (relay)|successful mail delivery report
successfully delivered|delivery receipt|disposition notification|not read:|ungelesen gelöscht|lesebestätigung
zugestellt:|remis :|remis:|entregado:|entregue:|consegnato:|bezorgd:|expanded:
"""

SENDER_LOCALS = """
mailer-daemon|mailerdaemon|mail-daemon|maildaemon|mdaemon|mailer_daemon|postmaster|mail-delivery-subsystem
mail.delivery.system|mailsubsystem|mail-delivery-system|maildeliverysystem|bounce|bounces|bounced|bounceback
e500_smtp_mail_service|smtp_mail_service|mailerdemon|mta|nullmailer|mail-system|mailsystem|delivery-subsystem
no-reply-mailer-daemon|mailer
"""

SENDER_NAMES = """
mail delivery subsystem|mail delivery system|mail delivery service|internet mail delivery|delivery subsystem
mailer-daemon|mailer daemon|mail delivery|postmaster|system administrator|mail administrator|mail system
microsoft outlook|microsoft exchange|interscan|mail gateway|message delivery system|e-mail delivery system|mdaemon
courier mail server|mailenable
"""
