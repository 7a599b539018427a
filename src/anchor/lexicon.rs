//! Closed lists of words that matter in a statement: negations, hedges, months and weekdays, number words, scales and units.
//! Inside a claim they only name the class of a change: the comparison finds the change without them. Beside a claim they
//! decide whether its verdict is out of date or only its context changed, so in a language that is not listed more is context.

use crate::text::is_han_numeral;
use std::{collections::HashSet, sync::LazyLock};

/// A closed list as a set, built once.
macro_rules! words {
    ($list:literal) => {{
        static SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| $list.split_whitespace().collect());
        &*SET
    }};
}

/// Whether `word`, in lower case, negates.
pub(crate) fn is_negation(word: &str) -> bool {
    let words = words!(
        " no not never none nobody nothing nowhere neither nor without cannot \
        nicht kein keine keinen keinem keiner keines nie niemals nichts niemand ohne weder \
        ne pas jamais rien aucun aucune sans ni nunca jamás nada nadie ningún ninguno ninguna sin \
        non mai niente nessun nessuno nessuna senza não nenhum nenhuma ninguém sem \
        niet geen nooit niets niemand zonder \
        inte ej icke ikke ingen inget inga ingenting intet aldrig aldri utan uten uden varken hverken \
        ei emme ette eivät älä eikä ilman ega nie nigdy nikt nic żaden żadna żadne żadnego ani bez \
        nikdy nikdo žádný žádná žádné není nejsou nebyl nebyla nebylo nebyli nemá neměl nie je nebol nebola nebolo nikto \
        nem sem ne nincs nincsenek soha senki semmi nélkül nu nici niciodată nimeni nimic fără niciun nicio \
        не ни нет нету нельзя никогда никто ничего никакой никаких без ні немає ніколи ніхто нічого жодного жоден \
        няма никой никога nije nisu nisam nisi niti nikada nikad niko ništa nekad δεν δε μην μη όχι ούτε ποτέ κανείς \
        κανένας τίποτα χωρίς değil yok hiç hiçbir asla ne olmadan yoxdur لا لم لن ليس ليست ليسوا لست غير بدون دون ما \
        نه نیست نیستند هرگز بدون نہیں نہ לא אין אינו אינה אינם בלי מעולם אף नहीं न मत ना नहि नाही না নয় নেই இல்லை \
        không chưa chẳng đừng tidak bukan belum tanpa jangan walang hapana bila não ningú sense \
        ekki engin aldrei nav nebija nekad niekas nėra nebuvo niekada 안 못 아니다 아닌 "
    );
    word.ends_with("n't") || words.contains(word) || negates_by_part(word)
}

/// Whether a part of a word negates it: the verbs of Korean.
fn negates_by_part(word: &str) -> bool {
    ["않", "없", "아니", "못하", "못했"].iter().any(|part| word.contains(part))
}

/// What negates, or makes a statement less certain, in scripts without blanks between words.
pub(crate) const SPACELESS_GOVERNORS: &[&str] = &[
    "不",
    "没",
    "沒",
    "未",
    "无",
    "無",
    "非",
    "否",
    "别",
    "勿",
    "约",
    "約",
    "大约",
    "近",
    "以上",
    "以下",
    "以内",
    "零下",
    "マイナス",
    "公元前",
    "紀元前",
    "上午",
    "下午",
    "午前",
    "午後",
    "超",
    "逾",
    "可能",
    "也许",
    "或许",
    "据称",
    "疑似",
    "ない",
    "なかっ",
    "なく",
    "ません",
    "ませんでし",
    "ずに",
    "ほぼ",
    "およそ",
    "とみられ",
    "かもしれ",
    "おそらく",
    "らしい",
    "そうだ",
    "ไม่",
    "มิ",
    "ไร้",
    "อาจ",
    "ประมาณ",
    "ราว",
    "เกือบ",
    "คาดว่า",
    "ບໍ່",
    "ປະມານ",
    "មិន",
    "ប្រហែល",
    "မ",
    "ခန့်",
];

/// Whether `word`, in lower case, is a scale or a multiple of a number in one of many languages.
///
/// These belong to the reach of a claim and not to its words: [`is_unit`] decides on the words that verdicts have stored,
/// so its list does not grow.
pub(crate) fn is_scale(word: &str) -> bool {
    let words = words!(
        " hundred hundreds thousand thousands million millions billion billions trillion trillions mln bln trn m bn tn k \
        lakh lakhs lac crore crores arab kharab dozen dozens score mio mrd mia bio tsd hundert tausend million millionen \
        milliarde milliarden billion billionen dutzend mille millier milliers milliard milliards mds billions douzaine \
        mil miles millón millones mill mdp billón billones cientos millares mila milione milioni miliardo miliardi \
        migliaia milhão milhões bilhão bilhões mi bi duizend miljoen miljard tusen miljon miljoner miljard miljarder \
        millioner milliard milliarder mkr tusind tuhat tuhatta miljoona miljoonaa miljardi miljardia tysiąc tysiące \
        tysięcy tys milion miliony milionów miliard miliardy miliardów mld tisíc tisíce milionu milionů miliardů milión \
        milióny miliónov miliarda miliardy miliárd ezer millió milliárd mii milioane miliarde тыс тысяча тысячи тысяч \
        млн миллион миллиона миллионов млрд миллиард миллиарда миллиардов трлн тисяч мільйон мільйонів мільярд мільярдів \
        хиляди милиона милиарда хиљада милиона хиљаде hiljada tisuća milijun milijuna milijardi χιλιάδες εκατομμύρια \
        εκατομμύριο εκατ δισεκατομμύρια δισ bin milyon milyar trilyon ألف آلاف مليون ملايين مليار مليارات هزار میلیون \
        میلیارد لاکھ کروڑ אלף אלפים מיליון מיליארד हज़ार हजार लाख करोड़ अरब হাজার লাখ কোটি ஆயிரம் லட்சம் கோடி \
        nghìn ngàn triệu tỷ tỉ trăm ribu juta miliar triliun libo milyon bilyon elfu milioni bilioni 천 만 억 조 백만 천만 "
    );
    words.contains(word)
}

/// Whether `word`, in lower case and without its last full stop, is an era or a half of the day.
pub(crate) fn is_era(word: &str) -> bool {
    words!(" bc ad bce ce b.c a.d b.c.e c.e v.chr n.chr a.m p.m am pm н.э до uhr ").contains(word)
}

/// Whether `word`, in lower case, before a number is its sign.
pub(crate) fn is_sign_word(word: &str) -> bool {
    words!(" minus plus moins menos meno минус плюс мінус eksi سالب ناقص ऋण माइनस מינוס 영하 負 负 ")
        .contains(word)
}

/// Whether `word` before a number is an era or a half of the day.
pub(crate) fn is_era_before(word: &str) -> bool {
    words!(" 기원전 서기 오전 오후 새벽 ad am ").contains(word)
}

/// Whether `c` is a numeral of Chinese and Japanese, also of those in contracts, or a vague one.
pub(crate) fn is_han_number(c: char) -> bool {
    is_han_numeral(c) || "廿卅壹贰叁肆伍陆柒捌玖拾佰仟多余餘几幾数數半".contains(c)
}

/// Whether `word`, in lower case, makes a statement less certain.
pub(crate) fn is_hedge(word: &str) -> bool {
    let words = words!(
        " about roughly around approximately nearly almost some circa approx perhaps maybe possibly \
        probably likely unlikely apparently allegedly reportedly supposedly seemingly presumably may might could would \
        should can appears appeared seems seemed suggests suggested believed alleged claimed estimated up least most over \
        under fewer more less mostly largely generally often usually sometimes true false untrue fail fails failed deny \
        denies denied doubt doubts doubted \
        etwa rund ungefähr circa zirka fast beinahe vielleicht möglicherweise wahrscheinlich angeblich offenbar mutmaßlich \
        environ presque peut-être probablement apparemment aproximadamente casi quizás probablemente presuntamente \
        circa quasi forse probabilmente presumibilmente cerca quase talvez provavelmente ongeveer bijna misschien \
        waarschijnlijk vermoedelijk أكثر أقل حوالي \
        ungefähr knapp gut mindestens höchstens könnte könnten soll sollen dürfte mehr weniger kaum vermutlich anscheinend \
        près moins plus plusieurs peut pourrait aurait serait semble prétendument selon casi unos unas cerca podría habría \
        supuestamente menos más circa potrebbe sarebbe quasi meno più mais menos teria seria talvez supostamente \
        minst högst cirka ungefär nästan kanske troligen förmodligen omkring cirka næsten måske omtrent nesten kanskje \
        noin lähes melkein ehkä luultavasti około blisko niemal prawie może prawdopodobnie ponad asi přibližně téměř možná \
        údajně přes okolo takmer možno údajne körülbelül majdnem talán állítólag aproximativ aproape poate probabil circa \
        около почти примерно приблизительно возможно вероятно якобы может более менее свыше близько майже можливо ймовірно \
        понад около може би вероятно oko gotovo možda vjerojatno περίπου σχεδόν ίσως πιθανώς yaklaşık neredeyse belki \
        muhtemelen حوالي نحو تقريبا ربما يحتمل زهاء قرابة حدود تقریبا شاید احتمالا כמעט בערך אולי כנראה לכאורה \
        लगभग करीब शायद संभवतः कथित প্রায় সম্ভবত சுமார் khoảng gần hầu sekitar hampir mungkin diduga kira-kira \
        약 거의 아마 가량 정도 "
    );
    words.contains(word)
}

/// Whether `word`, in lower case, is a hedge before a number, and says where or of what before other words.
pub(crate) fn is_preposition(word: &str) -> bool {
    let words = words!(
        " over under about around up gut cerca près około ponad oko okolo přes около близько понад نحو حدود करीब "
    );
    words.contains(word)
}

/// Whether `word`, in lower case, names a month or a day of the week.
pub(crate) fn is_calendar(word: &str) -> bool {
    let words = words!(
        " january february march april may june july august september october november december \
        jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday \
        januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag \
        janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi \
        vendredi samedi dimanche enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre \
        lunes martes miércoles jueves viernes sábado domingo gennaio febbraio aprile maggio giugno luglio settembre ottobre \
        novembre dicembre yesterday today tomorrow "
    );
    words.contains(word)
}

/// Whether `word`, in lower case, is a number word or a multiple such as "dozen".
pub(crate) fn is_number_word(word: &str) -> bool {
    let words = words!(
        " zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
        sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million \
        millions billion billions trillion dozen dozens half third quarter twice double triple hundreds thousands first second \
        eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend million millionen milliarde milliarden \
        deux trois quatre cinq sept huit neuf dix onze douze vingt trente cent mille milliard milliards \
        dos tres cuatro cinco seis siete ocho nueve diez cien mil millón millones percent "
    );
    words.contains(word)
}

/// Whether `word`, as written, is a unit that belongs to the number it follows. The words of verdicts were stored by this
/// list, so it does not grow; what else belongs to a number is in the claim's reach.
pub(crate) fn is_unit(word: &str) -> bool {
    let words = words!(
        " % ‰ ° °C °F K m M k bn tn mn mm cm km km² m² km2 m2 m³ mi ft in yd ha mg g kg t l L ml s ms h min kB MB GB \
        TB kW MW GW kWh MWh GWh TWh Hz kHz MHz GHz V A W J kJ kcal bar hPa Pa mph km/h kt lb lbs oz pt USD EUR GBP CHF JPY CNY \
        INR RUB CAD AUD Mio Mrd Mia $ € £ ¥ "
    );
    let lower = words!(
        " percent pct per cent hundred thousand million billion trillion prozent tausend millionen milliarde \
        milliarden million mille milliard milliards millions billions mil millón millones por ciento pour euro euros dollar \
        dollars pound pounds yen rupees degrees grad degrés km miles kilometres kilometers metres meters tonnes tons "
    );
    words.contains(word) || lower.contains(word.to_lowercase().as_str())
}

/// Whether `word`, as written, is a currency that belongs to the number after it. Like [`is_unit`], this list does not grow.
pub(crate) fn is_currency_word(word: &str) -> bool {
    words!(" USD EUR GBP CHF JPY CNY INR RUB CAD AUD US$ $ € £ ¥ ₹ Rs ").contains(word)
}

/// Whether `word`, in lower case, often begins a sentence and is no name.
pub(crate) fn is_common(word: &str) -> bool {
    words!(" the a an this that these those he she it they we i you his her its their our my in on at by for from to of \
        with after before since until when while where who what which how why and but or if as there then than more most all some \
        many few no not is are was were be been has have had do does did will would can could may might should der die das ein eine \
        er sie es wir ihr le la les un une il elle ils nous vous el los las él ella ellos lo gli i de het een ").contains(word)
}

/// Whether `word`, in lower case, says that something is the first, the most or the only one of its kind. `lang` is the
/// language of the text (ISO 639-1), since “mayor” is a superlative in Spanish only.
pub(crate) fn is_superlative(word: &str, lang: &str) -> bool {
    let english = words!(
        " most least best worst first last only ever never unprecedented unique record highest lowest "
    );
    let others = words!(
        " meisten wenigsten erste ersten erster erstes letzte einzige einzigen größte größten größter höchste höchsten \
        kleinste kleinsten älteste ältesten premier première dernier dernière seul seule unique jamais mayor peor mejor \
        primer primera primero único única último última primo prima unico unica ultimo ultima maggiore "
    );
    let plain = words!(
        " forest harvest interest request protest honest modest arrest invest conquest contest suggest \
        digest priest earnest manifest northwest southwest midwest northeast southeast tempest divest ingest infest \
        attest detest molest behest budapest ernest bucharest everest inquest bequest rainforest disinterest unrest armrest \
        headrest backrest footrest dishonest immodest incest reinvest overinvest underinvest congest decongest retest pretest \
        backtest afforest deforest reforest palimpsest predigest rearrest bullfest songfest funfest slugfest gabfest talkfest \
        filmfest beerfest oktoberfest lovefest hornest wildwest brest leftest redest "
    );
    let last = word.rsplit('-').next().unwrap_or(word);
    let ending = last.len() > 5 && last.ends_with("est") && last.is_ascii() && !plain.contains(last);
    english.contains(word) || if lang == "en" { ending } else { others.contains(word) }
}

/// Whether `word`, in lower case, is a superlative that usually says when, and nothing about a rank.
pub(crate) fn is_recent(word: &str) -> bool {
    words!(
        " latest newest last nearest next neueste neuesten neuester neuestes jüngste jüngsten jüngster jüngstes letzte letzten \
        letzter letztes aktuellste aktuellsten dernier dernière derniers dernières último última últimos últimas ultimo ultima \
        ultimi ultime laatste nieuwste "
    )
    .contains(word)
}

/// Whether `word`, in lower case, begins to say in which group something has its rank.
pub(crate) fn begins_comparison(word: &str) -> bool {
    words!(
        " of in on among worldwide aller im in unter weltweit der de du des del della di en entre parmi tra fra da do dos \
        van onder "
    )
    .contains(word)
}

/// Whether `word`, in lower case, says how long something has had its rank.
pub(crate) fn is_since_word(word: &str) -> bool {
    words!(" ever since jemals seit jamais depuis desde mai dal dalla ooit sinds ").contains(word)
}
