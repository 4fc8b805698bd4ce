"""Which sentences do mail programs, lists and companies add below or above what a person typed?"""

SENT_FROM = """
sent from|sent via|sent with|sent using|sent on the go|sent by outlook|get outlook for|get the outlook|envoyé de
envoyé depuis|envoyé à partir|envoyé avec|envoyé via|obtenez outlook|télécharger outlook|von meinem|gesendet von
gesendet mit|gesendet aus|gesendet über|diese nachricht wurde von meinem|outlook für|holen sie sich outlook
enviado desde|enviado do|enviado a partir|enviado de|enviado por|enviado pelo|obtener outlook|obter o outlook
inviato da|inviato dal|scarica outlook|ottieni outlook|verstuurd vanaf|verzonden vanaf|verzonden met|outlook voor
verstuurd met|sendt fra|hent outlook|skickat från|skickades från|skaffa outlook|lähetetty|hanki outlook|wysłane z
wyslane z|wysłano z|pobierz outlook|odesláno z|odesláno pomocí|odoslané z|отправлено с|отправлено из|надіслано з
скачать outlook|iphone'umdan gönderildi|trimis de pe|trimis din|στάλθηκε από|发自我的|發自我的|发自|iphoneから送信
ipadから送信|androidから送信|나의 iphone에서|내 iphone에서|saadetud minu|elküldve|küldve|mobile phone, please excuse
sent mobile|typed on my phone|please excuse typos|excuse brevity|please excuse brevity|please excuse any typos
pardon my brevity|pardon the brevity
"""

SENT_FROM_END = """
gesendet|gönderildi|에서 보냄|から送信|küldve|lähetetty|sent
"""

LIST_FOOTERS = """
you are receiving this|you received this message because|you're receiving this|you have received this email because
to unsubscribe|to stop receiving|to view this discussion|to respond, reply to this email
reply to this email directly|visit topic|to manage your subscription|unsubscribe from this group
this message was sent to|unsubscribe here|this mail is sent via|view it on github|mailing list
for more options, visit this group|previous replies|if you no longer wish to receive
if you don't want to hear from me|click here to unsubscribe|update your preferences|manage your notification
"""

DISCLAIMERS = """
this email and any|this e-mail and any|this message and any|this e-mail message|this email message is
this e-mail is confidential|this email is confidential|this message is confidential|this email may contain
this e-mail may contain|this message may contain|this communication|this transmission
the information contained in this|the information in this|the contents of this|the content of this
confidentiality notice|confidential notice|confidentiality note|legal notice|legal disclaimer|disclaimer
important notice|privileged and confidential|privileged/confidential|notice: this|internet e-mail confidentiality
if you are not the intended|if you have received this|please consider the environment
please think of the environment|think before you print|save a tree|before printing|virus-free|scanned by
this message has been scanned|checked by avg|registered in england|company registration|registered office
ce message et|ce message est|ce courriel|ce courrier électronique|les informations contenues|avis de confidentialité
diese e-mail|diese email|diese nachricht enthält|der inhalt dieser|vertraulichkeitshinweis|haftungsausschluss
este mensaje|este correo|este e-mail|esta mensagem|este mensaje y|la información contenida|aviso legal
aviso de confidencialidad|aviso de privacidad|as informações contidas|questo messaggio|questa e-mail
le informazioni contenute|avviso di riservatezza|dit bericht|deze e-mail|deze mail|de informatie verzonden
den här e-posten|detta meddelande|denne e-post|denne e-mail|tämä sähköposti|tämä viesti|ta wiadomość
niniejsza wiadomość|treść tej wiadomości|tato zpráva|tento e-mail|это сообщение|данное сообщение|bu e-posta
the views expressed|any views or opinions|privacy notice|nothing in this email
"""

BANNERS = """
[external]|[extern]|[ext]|[external email]|[external sender]|[ext. sender]|external email|external sender|external:
external message|caution: this|caution: external|caution external|caution:|warning: this|warning: external
you don't often get email from|some people who received this message don't often get|this email originated
this email came from|this message came from|this message originated|this sender is from outside
this message is from an external|this email is from an external|this email was sent from outside
be careful with this message|exercise caution|do not click|attention: this email|attention: external
notice: this email|think before you click|vorsicht: externe|achtung: externe|diese e-mail kommt von
diese e-mail stammt|externe e-mail|attention : ce|attention: ce|courriel externe|message externe|expéditeur externe
correo externo|precaución: este|atención: este|atenção: este|e-mail externo|email externo|mensagem externa
messaggio esterno|attenzione: questa|let op: deze|externe mail|zunanje sporočilo|powered by mimecast
zewnętrzna wiadomość
"""
