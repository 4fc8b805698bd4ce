"""Which words name days, months, parts of a day, numbers and time zones?"""

from zrg_app.services.reading.characters import folded


def _numbered(*rows: str, start: int) -> dict[str, int]:
    return {
        folded(name).replace("_", " "): number for number, row in enumerate(rows, start=start) for name in row.split()
    }


WEEKDAYS = _numbered(
    "monday mon mondy montag lundi lunes segunda segunda-feira lunedì maandag måndag mandag maanantai "
    "maanantaina poniedziałek pondělí понедельник pazartesi 月曜日 月曜 周一 星期一 월요일",
    "tuesday tue tues dienstag mardi martes terça terça-feira martedì dinsdag tisdag tirsdag tiistai "
    "tiistaina wtorek úterý вторник salı 火曜日 火曜 周二 星期二 화요일",
    "wednesday wed weds mittwoch mercredi miércoles quarta quarta-feira mercoledì woensdag onsdag keskiviikko "
    "keskiviikkona środa środę středa středu среда среду çarşamba 水曜日 水曜 周三 星期三 수요일",
    "thursday thu thur thurs donnerstag jeudi jueves quinta quinta-feira giovedì donderdag torsdag torstai "
    "torstaina czwartek čtvrtek четверг perşembe 木曜日 木曜 周四 星期四 목요일",
    "friday fri freitag vendredi viernes sexta sexta-feira venerdì vrijdag fredag perjantai perjantaina "
    "piątek pátek пятница пятницу cuma 金曜日 金曜 周五 星期五 금요일",
    "saturday sat samstag sonnabend samedi sábado sabato zaterdag lördag lørdag lauantai sobota sobotę "
    "суббота субботу cumartesi 土曜日 周六 星期六 토요일",
    "sunday sun sonntag dimanche domingo domenica zondag söndag søndag sunnuntai niedziela niedzielę "
    "neděle воскресенье pazar 日曜日 周日 星期日 일요일",
    start=0,
)

MONTHS = _numbered(
    "january jan januar jänner janvier enero janeiro gennaio januari stycznia ledna января",
    "february feb februar février febrero fevereiro febbraio februari lutego února февраля",
    "march mar märz mars marzo março maart marca března марта",
    "april apr avril abril aprile kwietnia dubna апреля",
    "may mai mayo maio maggio mei maja května мая",
    "june jun juni juin junio junho giugno czerwca června июня",
    "july jul juli juillet julio julho luglio lipca července июля",
    "august aug août agosto augustus sierpnia srpna августа",
    "september sep sept septembre septiembre setembro settembre września září сентября",
    "october oct oktober octobre octubre outubro ottobre października října октября okt",
    "november nov novembre noviembre novembro listopada listopadu ноября",
    "december dec dezember décembre diciembre dezembro dicembre grudnia prosince декабря dez",
    start=1,
)

RELATIVE_DAYS = {
    folded(name): days
    for names, days in (
        (
            "day after tomorrow|the day after tomorrow|übermorgen|après-demain|après demain|pasado mañana|depois "
            "de amanhã|dopodomani|overmorgen|i övermorgon|i overmorgen|pojutrze|pozítří|послезавтра|öbür gün|"
            "明後日|后天|모레",
            2,
        ),
        (
            "tomorrow|tmrw|tomorow|tommorow|tommorrow|tmr|2moro|morgen|demain|mañana|amanhã|domani|imorgon|i "
            "morgon|imorgen|i morgen|huomenna|jutro|zítra|завтра|yarın|明日|明天|내일",
            1,
        ),
        (
            "today|heute|aujourd'hui|hoy|hoje|oggi|vandaag|idag|i dag|tänään|dzisiaj|dziś|dnes|сегодня|bugün|"
            "今日|今天|오늘|later today",
            0,
        ),
    )
    for name in names.split("|")
}

PARTS = {
    folded(name): hours
    for names, hours in (
        ("early morning|first thing|früh am morgen", (8, 10)),
        ("late morning|mid-morning|mid morning|midmorning", (10, 12)),
        (
            "morning|mornings|am morgen|vormittag|vormittags|matin|matinée|por la mañana|en la mañana|de la "
            "mañana|de manhã|pela manhã|manhã|mattina|mattino|mattinata|ochtend|ochtends|förmiddag|formiddag|"
            "rano|утром",
            (9, 12),
        ),
        ("late afternoon|end of the day|end of day|eod|close of business|cob", (15, 18)),
        ("early afternoon", (12, 15)),
        (
            "afternoon|afternoons|nachmittag|nachmittags|après-midi|por la tarde|de la tarde|en la tarde|tarde|"
            "à tarde|pomeriggio|middag|namiddag|eftermiddag|ettermiddag|po południu|после обеда|днем",
            (12, 17),
        ),
        (
            "evening|evenings|abend|abends|soir|soirée|por la noche|noche|noite|sera|serata|avond|kväll|kveld|"
            "aften|wieczorem|вечером",
            (18, 21),
        ),
        ("lunchtime|lunch time|over lunch|lunch", (12, 13)),
    )
    for name in names.split("|")
}

SMALL_NUMBERS = _numbered(
    "one un eins uno een",
    "two zwei deux dos due twee",
    "three drei trois tres tre drie",
    "four vier quatre cuatro quattro",
    "five fünf cinq cinco cinque vijf",
    "six sechs seis sei zes",
    "seven sieben sept siete sette zeven",
    "eight acht huit ocho otto",
    "nine neun neuf nueve nove negen",
    "ten zehn dix diez dieci tien",
    "eleven elf onze once undici",
    "twelve zwölf douze doce dodici twaalf",
    start=1,
)
del SMALL_NUMBERS["sept"]

ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
            "twenty first",
            "twenty second",
            "twenty third",
            "twenty fourth",
            "twenty fifth",
            "twenty sixth",
            "twenty seventh",
            "twenty eighth",
            "twenty ninth",
            "thirtieth",
            "thirty first",
        ),
        start=1,
    )
    for word in (words, words.replace(" ", "-"))
}

ZONES = {
    name: zone
    for names, zone in (
        ("est edt et eastern us/eastern est/edt", "America/New_York"),
        ("pst pdt pt pacific", "America/Los_Angeles"),
        ("cst cdt ct central", "America/Chicago"),
        ("mst mdt mt mountain", "America/Denver"),
        ("akst akdt", "America/Anchorage"),
        ("hst", "Pacific/Honolulu"),
        ("cet cest mez mesz", "Europe/Berlin"),
        ("eet eest", "Europe/Athens"),
        ("wet west", "Europe/Lisbon"),
        ("gmt utc z zulu", "UTC"),
        ("bst", "Europe/London"),
        ("ist", "Asia/Kolkata"),
        ("jst", "Asia/Tokyo"),
        ("kst", "Asia/Seoul"),
        ("aedt aest", "Australia/Sydney"),
        ("awst", "Australia/Perth"),
        ("acst acdt", "Australia/Adelaide"),
        ("nzst nzdt", "Pacific/Auckland"),
        ("sgt", "Asia/Singapore"),
        ("hkt", "Asia/Hong_Kong"),
        ("msk", "Europe/Moscow"),
        ("sast", "Africa/Johannesburg"),
        ("brt", "America/Sao_Paulo"),
        ("gst", "Asia/Dubai"),
        ("pkt", "Asia/Karachi"),
        ("trt", "Europe/Istanbul"),
    )
    for name in names.split()
}

PLACES = {
    name: zone
    for names, zone in (
        ("london|uk|british|england|edinburgh", "Europe/London"),
        (
            "new york|nyc|ny|east coast|boston|miami|atlanta|eastern|eastern standard|eastern daylight|toronto",
            "America/New_York",
        ),
        (
            "los angeles|la|san francisco|sf|seattle|west coast|california|pacific|pacific standard|pacific daylight",
            "America/Los_Angeles",
        ),
        ("chicago|central|central standard|texas|austin|dallas|houston", "America/Chicago"),
        ("denver|mountain", "America/Denver"),
        ("berlin|german|germany|munich|frankfurt|central european|vienna|zurich", "Europe/Berlin"),
        ("paris|french|france", "Europe/Paris"),
        ("madrid|spanish|spain|barcelona", "Europe/Madrid"),
        ("rome|milan|italian|italy", "Europe/Rome"),
        ("amsterdam|dutch", "Europe/Amsterdam"),
        ("stockholm", "Europe/Stockholm"),
        ("dublin|irish", "Europe/Dublin"),
        ("lisbon", "Europe/Lisbon"),
        ("warsaw", "Europe/Warsaw"),
        ("helsinki", "Europe/Helsinki"),
        ("india|indian|indian standard|mumbai|delhi|bangalore", "Asia/Kolkata"),
        ("tokyo|japan", "Asia/Tokyo"),
        ("singapore", "Asia/Singapore"),
        ("hong kong", "Asia/Hong_Kong"),
        ("sydney|melbourne", "Australia/Sydney"),
        ("dubai", "Asia/Dubai"),
        ("tel aviv|israel", "Asia/Jerusalem"),
        ("sao paulo|brazil|brasilia", "America/Sao_Paulo"),
        ("mexico city", "America/Mexico_City"),
    )
    for name in names.split("|")
}
