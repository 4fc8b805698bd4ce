"""Which phrases, language by language, ask that messages to the writer stop?"""

from zrg_app.services.reading.words import pattern

OTHERS = pattern(
    # German
    r"\b(?:mich|uns|mir|meine?n?|unsere?n?|diese)\b[^.!?\n]{0,60}\b(?:abmelden|austragen|abbestellen|löschen|"
    r"entfernen|streichen|abzumelden|"
    r"auszutragen|zu löschen|zu entfernen|zu streichen)\b(?![^.!?\n]{0,20}(?:termin|meeting|kurs))",
    r"\b(?:löschen|entfernen|streichen|nehmen|tragen|melden|lösch|streich|nimm|trag|meld) (?:sie )?(?:bitte "
    r")?(?:mich|uns|meine?|unsere?)\b"
    r"[^.!?\n]{0,60}(?:list|verteiler|datenbank|daten|adresse|kontakt|e-?mail|system|\baus\b|\bab\b|kartei|newsletter)",
    r"\b(?:newsletter|liste|verteiler|mailing\w*)\b[^.!?\n]{0,30}\b(?:abmelden|austragen|abbestellen|löschen|"
    r"entfernen|streichen|nehmen)\b",
    r"\b(?:bitte|sofort) (?:\w+ )?(?:abmelden|austragen|abbestellen)\b",
    r"\bkeine? (?:weitere[nr]?|mehr|zukünftigen|einzige)[^.!?\n]{0,25}(?:mails?|nachricht|werbung|kontakt|"
    r"anruf|zusendung|sms|newsletter|anfragen)",
    r"\bkeine (?:\w+ )?(?:e-?mails?|mails?|nachrichten|werbung|newsletter|werbemails)\b[^.!?\n]{0,25}\b(?:mehr|"
    r"erhalten|bekommen|schicken|senden|zusenden)\b",
    r"\b(?:nicht mehr|nie wieder|nicht weiter|nicht wieder|nicht erneut|nicht nochmal)\b[^.!?\n]{0,30}\b(?:kontakt"
    r"ier|anschreib|schreib|"
    r"anruf|kontakt|angeschrieben|belästig|melden sie sich)",
    r"\b(?:kontaktieren|schreiben|belästigen|kontaktiere?|schreib|mailen) (?:sie )?(?:mich|uns|mir)(?: "
    r"bitte)?(?: \w+)? (?:nicht|nie)\b",
    r"\b(?:hören sie|hör|hört) (?:bitte )?(?:damit )?auf\b|\bunterlassen sie\b|\blass(?:en|t)? (?:sie "
    r")?(?:mich|uns) in ruhe\b|\bwiderspreche ich\b|"
    r"\bwiderspreche (?:der|hiermit|jeder)\b",
    # French
    r"\b(?:me |m'|nous |mon |vous )?(?:désabonn|désinscri)(?:er|ez|e|re|vez|s|vre)?\b(?!ements? de vos)",
    r"\b(?:retir|supprim|enlev|radi|effac|ray)(?:ez|er|e|iez|ons)?[- ](?:moi|nous|mon|mes|ma|notre|nos|"
    r"cette adresse)\b",
    r"\b(?:me|nous) (?:retirer|supprimer|enlever|radier|rayer|désinscrire|désabonner)\b",
    r"\b(?:ne|n')\s?(?:\w+ )?(?:plus|pas|jamais)(?: \w+)? (?:me |m'|nous |être |vouloir |que vous )?(?:contact|"
    r"écri|recevoir|envoy|sollicit|appel|"
    r"relanc|démarch|importun|dérang|adress)",
    r"\bne (?:me |m'|nous )(?:contact|écri|envoy|sollicit|appel|relanc)\w* (?:plus|pas|jamais)\b",
    r"\b(?:arrêt|cess)(?:ez|er|e|ons) (?:de |d'|vos |ces |les |tout )[^.!?\n]{0,30}(?:contact|écri|envoy|"
    r"mail|message|harcel|sollicit|spam|relanc|appel)",
    r"\bplus (?:de |d'|aucun )(?:e-?mails?|mails?|messages?|courriels?|sollicitations?|pub)\b|\blaissez[- ](?:moi|"
    r"nous) tranquille",
    # Spanish
    r"\b(?:dar|den|deme?|de|dé|dar|quiero|darn)(?:me|nos)? (?:de |la )baja\b|\bde baja\b(?= (?:de|por "
    r"favor|mi|esta|en))|\b(?:mi|solicito la|solicitar la) baja\b",
    r"\bno (?:me |nos |quiero que me )?(?:vuelvan? a )?(?:env[ií]|mand|escrib|contact|llam|molest|teng)(?:e|"
    r"es|en|éis|a|as|an|ar|ir|íe|íen|íes)\b"
    r"[^.!?\n]{0,25}(?:más|correo|mensaje|mail|nunca|\bme\b)?(?<! factura)(?=$|[.!?,\n ])(?! (?:problema|"
    r"nada todavía))(?<=[a-z])"
    r"(?<!no llama)(?<!no llaman)",
    r"\bno (?:quiero|deseo|queremos|deseamos|me interesa)(?: \w+)? (?:recibir|seguir recibiendo|que me "
    r"(?:escrib|env|llam|contact)|más (?:correo|mensaje|mail|emails)|"
    r"ser contactad)",
    r"\b(?:elimin|borr|quit|remuev|remov|sac|retir|suprim)(?:e|en|a|ar|ad|ir)?(?:me|nos)\b|\b(?:elimin|"
    r"borr|quit|remuev|remov|retir)(?:e|en|a|ar) "
    r"(?:mi|mis|nuestro|nuestra|nuestros) (?:\w+ )?(?:correo|datos|dirección|contacto|número|email|mail|"
    r"nombre|información|teléfono)",
    r"\bdej(?:e|en|a|ar|ad) de (?:enviar|mandar|escribir|contactar|molestar|llamar|spam)|\bno más (?:correos|"
    r"mensajes|emails|mails|llamadas)\b|"
    r"\bdesuscr|\bcancelar (?:la|mi|esta) suscripción (?:a|al|de) (?:este|esta|sus|tus|la lista|los correos|"
    r"correos)|\bpar(?:e|en) de (?:enviar|mandar|escribir)",
    # Portuguese
    r"\bdescadastr|\b(?:me |nos )(?:remov|retir|tir|exclu|apag|descadastr)(?:a|am|e|em|er|ir|ar|ue|uem)\b|"
    r"\b(?:remov|retir|tir|exclu|apag|delet)"
    r"(?:a|am|e|em|er|ir|ar|ue|uem)(?:-(?:me|nos)| (?:o meu|meu|meus|os meus|nosso|nossos))\b",
    r"\bsair d(?:a|essa|esta|e|o|esse|este|as|essas|estas)s? (?:sua |vossa )?(?:lista|mailing|grupo|newsletter|"
    r"contatos)",
    r"\bnão (?:quero|desejo|queremos|gostaria de|tenho interesse em|pretendo)(?: mais)? (?:mais )?(?:receber|"
    r"ser contat|ser contact|que me|mensage|e-?mails?|contato)",
    r"\bnão (?:me |nos )(?:envi|mand|contat|contact|escrev|lig|perturb|incomod)\w*\b|\bnão (?:envi|mand)(?:e|"
    r"em|ar)(?:[- ]me)? mais\b",
    r"\bpar(?:e|em|a|ar) (?:de|com) (?:me |nos |os |as |esses |essas )?(?:envi|mand|escrev|lig|contat|"
    r"contact|mensage|e-?mail|spam)|\bdeix(?:e|em) de (?:me )?(?:envi|mand|escrev)|"
    r"\bcancelar (?:a |minha |a minha )?(?:inscrição|subscrição)|\bme deix(?:a|e|em) em paz",
    # Italian
    r"\bdisiscri|\b(?:cancell|rimuov|togli|elimin)(?:ami|atemi|imi|etemi|etemi|aci|ateci)\b|\bmi (?:cancell|"
    r"tolg|rimuov|elimin)(?:i|a|ino|ano|iate)\b|"
    r"\b(?:cancell|rimuov|elimin|togli)(?:are|ere|ete|ate|a|i|ino) (?:il mio|la mia|i miei|i nostri|il "
    r"nostro|la nostra|il mio nome|questo indirizzo)",
    r"\bnon (?:voglio|desidero|vogliamo|desideriamo|intendo)(?: più)? (?:più )?(?:ricevere|essere contatt|"
    r"essere disturb|vostre|altre)|"
    r"\bnon (?:mi |ci )?(?:contatt|scriv|invi|mand|disturb|chiam)\w* (?:mai )?(?:più|altre|ulteriori)|"
    r"\bnon (?:contattarmi|scrivermi|contattatemi|scrivetemi|mandatemi)\b",
    r"\bsmett\w* di (?:scriv|invi|mand|contatt|disturb)|\bbasta (?:con )?(?:le |queste |i )?(?:e-?mail|"
    r"mail|messaggi|spam)|\blasciatemi in pace|\bannullare (?:l')?iscrizione",
    # Dutch
    r"\buitschrijv|\bschrijf (?:mij|me|ons) (?:\w+ )?uit\b|\bmeld (?:mij|me|ons) (?:\w+ )?af\b|\bafmelden "
    r"(?:van|voor)[^.!?\n]{0,25}(?:nieuwsbrief|lijst|mail)",
    r"\b(?:mij|me|ons|mijn|onze)\b[^.!?\n]{0,45}\buit te schrijven\b",
    r"\b(?:verwijder|haal|schrap)(?:t|en)? (?:u )?(?:mij|me|ons|mijn|onze|dit|deze|svp|aub|graag)\b|\b(?:mij|"
    r"me|ons|mijn|onze)\b[^.!?\n]{0,45}\b(?:verwijderen|uitschrijven|af te melden|te verwijderen)\b",
    r"\bgeen (?:\w+ ){0,2}(?:mails?|e-?mails?|berichten|contact|reclame|spam)(?: \w+)? meer\b|\bniet (?:meer|"
    r"langer)\b[^.!?\n]{0,25}(?:mail|contact|benader|bericht|schrijv|stur|ontvang|bel)|"
    r"\b(?:mail|contacteer|benader|stuur|bel|schrijf) (?:mij|me|ons) (?:\w+ )?(?:niet|nooit)\b|\b(?:stop|"
    r"hou(?:d)? op) met (?:het )?(?:mail|stur|bericht|bel|mij|me|spam|deze|contact)|\blaat (?:mij|me) "
    r"met rust",
    # Swedish, Danish, Norwegian
    r"\b(?:ikke|inte|aldri|aldrig) (?:kontakt|kontakte|kontakta|send|sende|skicka|skriv|skrive|mail|mejla|ring)(?: till?)? (?:mig"
    r"|meg|oss|os)\b",
    r"\b(?:avregistrer|avprenumerer|avanmäl)|\bta bort (?:mig|mitt|min|mina|oss|vår|den här adressen)|"
    r"\b(?:sluta|slutt|stopp|stop)(?: med)?(?: att| å| at)? "
    r"(?:\w+ )?(?:mejl|mail|skick|kontakt|skriv|send|sms|spam|ring)(?!ing)",
    r"\b(?:vill|önskar|vil|ønsker|ønskjer) (?:jag |jeg |vi )?(?:inte|ikke|ikkje)(?: längre| lenger| længere|"
    r" ha| få| at| å| flere| have| modtage| motta| bli| blive| ta emot| mer| mere| fler){1,4}",
    r"\b(?:kontakta|skicka|mejla|maila|skriv|kontakt|send|mail)\w* (?:mig |meg |oss )?(?:inte|ikke|aldrig|"
    r"aldri)\b|\b(?:inga|ingen|ikke) (?:fler|flere|mer|mere) (?:mejl|mail|meddeland|besked|e-?post|henvendels)",
    r"\b(?:afmeld|frameld|avmeld|fjern|slet|slett) (?:mig|meg|oss|os|min|mitt|mine|mit|denne)\b|\bmeld "
    r"(?:mig|meg) (?:av|af|fra)\b",
    # Finnish
    r"\bpoista(?:kaa)? (?:minut|minun|tietoni|osoitteeni|meidät|yhteystietoni|sähköpostini)|\blopeta(?:kaa)?\b[^.!?\n]"
    r"{0,30}(?:viesti|sähköpost|lähettä|yhteydenot)|"
    r"\ben halua (?:enää )?(?:viest|sähköposti|saada|vastaanottaa|teidän|yhteydenot)|\bäl(?:ä|kää) (?:enää "
    r")?(?:lähet|ota|ottako)",
    # Polish
    r"\bwypis(?:ać|anie|z|zcie|uję)\b|\busun(?:ąć|ięcie|iecie)\b[^.!?\n]{0,50}(?:adres|dan|list|baz|mnie|"
    r"kontakt|e-?mail)|\busuń(?:cie)? (?:mnie|mój|moje)|"
    r"\bnie (?:chcę|życzę|życzymy|chcemy)\b[^.!?\n]{0,40}(?:otrzymyw|dostaw|wiadomo|mail|kontakt)",
    r"\b(?:proszę|prosimy)\b[^.!?\n]{0,25}\b(?:nie|więcej nie|już nie)\b[^.!?\n]{0,15}(?:pisać|wysyłać|"
    r"kontaktować|dzwonić|przysyłać)|\bnie (?:pisz|piszcie|wysyłaj|wysyłajcie|kontaktuj)\w*\b|"
    r"\bprzesta(?:ń|ńcie) (?:do mnie )?(?:pisać|wysyłać)|\brezygnuję z (?:subskrypcji|newslettera|otrzymywania)",
    # Czech, Slovak
    r"\bodhl(?:as|ás)(?:te|it|iť|it se)?\b[^.!?\n]{0,40}(?:odběr|newsletter|mail|seznam|zoznam|\bmě\b|"
    r"\bma\b)|\b(?:vyřaďte|vyraďte|vymažte|odstraňte|smažte|vymazat|odstranit|odstrániť|vymazať|smazat|"
    r"vyřadit)\b"
    r"[^.!?\n]{0,40}(?:\bmě\b|\bmne\b|\bma\b|\bmoj|\bmůj|\bmou|údaj|adres|databáz|seznam|zoznam|kontakt)",
    r"\b(?:nechci|nechcem|nepřeji|neprajem|nepřejeme|neprajeme)\b[^.!?\n]{0,40}(?:dostáv|zasíl|zasiel|"
    r"kontakt|mail|obdrž)|\b(?:ne(?:kontaktujte|pište|píšte|posílejte|zasílejte|posielajte)|přestaňte|"
    r"prestaňte)\b",
    # Hungarian, Romanian
    r"\bleiratkoz|\btör(?:öl|ölj)\w*[^.!?\n]{0,40}(?:list|cím|adat|adatbáz)|\bne (?:küldj|írj|keress|zavarj)\w*|"
    r"\bnem (?:szeretn|kív|akar)\w*[^.!?\n]{0,30}(?:level|üzenet|e-?mail|megkeres)",
    r"\bdezabon|\b(?:ștergeți|sterge|șterge|scoate|scoateți|eliminați)(?:-mă| mă| adresa| datele| numele)|"
    r"\bnu (?:mai )?(?:vreau|doresc) (?:să )?(?:mai )?(?:prim|fiu contact)|\bnu (?:mă|ma|ne|îmi|imi)(?: "
    r"mai)? (?:contact|scri|trimit|deranj)|\bnu-mi mai",
    # Russian, Ukrainian
    r"отпис(?:аться|ать меня|ывайте)|отпишите|(?:удалите|уберите|исключите|вычеркните|удалить|убрать|исключить) "
    r"(?:меня|мо[йюие]|мои|нас|наш|этот адрес)|"
    r"не (?:надо |нужно |смейте )?(?:мне |нам |меня )?(?:больше )?(?:мне |меня |нам )?(?:пишите|писать|"
    r"присыла|отправля|беспоко|звон|шлите|слать|рассыл)|"
    r"больше (?:мне |меня |нам )?не (?:пиш|присыл|беспок|отправл|звон|шл)|прекратите|перестаньте|не хо(?:чу|"
    r"тим) (?:больше )?(?:получать|ваш)|хватит (?:мне )?(?:писать|слать|спам)|"
    r"видаліть (?:мене|мо)|відпис|не (?:пишіть|надсилайте|турбуйте)",
    # Turkish, Greek
    r"(?:listeden|listenizden|listesinden|abonelikten|sisteminizden)[^.!?\n]{0,20}(?:çık|sil|kaldır)|(?:mail|"
    r"e-?posta|mesaj|ileti|sms)[^.!?\n]{0,20}(?:istemiyor|atmayın|göndermeyin|yollamayın)|"
    r"(?:bir daha|artık)[^.!?\n]{0,25}(?:yazma|atma|arama|gönderme|istemiyor|iletişime)|rahatsız etmeyin|"
    r"beni (?:\w+ )?(?:çıkar|silin)",
    r"διαγρ(?:αφ|αψ)\w*[^.!?\n]{0,30}(?:με|λιστα|στοιχεια|email)|απεγγραφ|μην? (?:μου |με )?(?:ξανα)?(?:στελν|"
    r"στειλ|ενοχλ|επικοινων)|δεν (?:θελω|επιθυμω)[^.!?\n]{0,20}(?:λαμβαν|μηνυμ|email)|σταματηστε",
    # Hebrew, Arabic
    r"(?:הסר|הסירו|להסיר|תסיר|תסירו|תמחק|תמחקו|מחקו|למחוק)[^.!?\n]{0,20}(?:אותי|אותנו|מהרשימה|מרשימת|שלי|"
    r"את המספר|את המייל)|(?:אל|לא) (?:תשלח|לשלוח|תפנ|לפנות|תתקשר)|תפסיק|להפסיק לשלוח|לא (?:מעוניין|מעוניינת|"
    r"רוצה) (?:יותר )?(?:לקבל|בהודעות)",
    r"[اإ]لغاء (?:ال)?اشتراك|(?:توقف|توقفوا|كف)\w* عن|لا (?:ت)?(?:راسل|رسل|تصل|تواصل)\w*|(?:احذف|[أا]زل|"
    r"امسح)\w*[^.!?\n]{0,25}(?:بريد|رقم|بيانات|القائمة|قائمة)|لا [أا]ر(?:ي|غ)[دب][^.!?\n]{0,20}(?:رسائل|"
    r"استلام|تلقي)",
    # Chinese, Japanese, Korean, Indonesian, Vietnamese
    r"退订|退訂|取消订阅|取消訂閱|(?:不要|别|別|请勿|請勿|勿|不想|不希望|不愿)(?:你们|您)?(?:再|继续|繼續|收到|给我|給我)?[^。！？\n]{0,4}(?:发|發|寄|"
    r"联系|聯繫|聯絡|打扰|打擾|收到|打电话|骚扰)|"
    r"停止(?:给我|向我)?(?:发送|發送|寄送|联系)|(?:名单|列表|名單|通讯录|数据库)[^。！？\n]{0,8}(?:删除|移除|刪除|去掉)|(?:移除|删除|刪除)(?:我|本人)",
    r"配信(?:を|の)?(?:停止|解除|中止)|購読(?:を)?(?:解除|停止)|登録(?:を)?(?:解除|削除|抹消)|(?:送ら|送信し|連絡し|メールし|配信し|送付し)ないで|(?:メール|"
    r"連絡|配信|案内|営業)(?:は|を|等は|の送付は)?(?:不要|停止|やめて|止めて|お断り|ご遠慮|お控え)|"
    r"今後(?:の|は)?[^。！？\n]{0,15}(?:不要|お控え|ご遠慮|お断り|やめて|停止)|リスト(?:から|より)[^。！？\n]{0,8}(?:削除|外し|除外)",
    r"수신\s?(?:거부|차단|취소)|구독\s?(?:을\s?)?(?:취소|해지)|(?:그만|더\s?이상)[^.!?\n]{0,12}(?:보내|연락)|(?:보내지|연락하지|문자하지)\s?(?:마|"
    r"말|않)|(?:목록|리스트|명단|주소록)에서[^.!?\n]{0,10}(?:삭제|제외|빼)|(?:메일|문자|이메일)[^.!?\n]{0,8}(?:그만|중단|거부)",
    r"\bberhenti (?:berlangganan|mengirim|kirim|menghubungi)|\bjangan (?:hubungi|kirim|email|menghubungi)|"
    r"\bhapus (?:saya|data|email|nomor|kontak) |\bhủy đăng ký|\bngừng gửi|\bđừng (?:gửi|liên hệ|nhắn)|"
    r"\bxóa (?:tôi|email|số)",
)
