//! Number words of twelve languages, in lower case: stems and whole words, by language (ISO 639-1). `numbers` says how they
//! are put together and inflected.

use std::{collections::HashSet, sync::LazyLock};

/// Words of one language.
pub(super) struct NumberWords {
    /// Whole words that are numbers.
    pub(super) words: HashSet<&'static str>,
    /// Stems that form longer numbers, longest first: “fünf”, “und”, “zwanzig”.
    pub(super) stems: Vec<&'static str>,
    /// Endings that may follow such stems.
    pub(super) endings: Vec<&'static str>,
    /// Groups of small words that are written together with the next word, in their order: “and”, “in”, “the”.
    pub(super) prefixes: &'static [&'static str],
    /// Words for one that are articles too. They are numbers only beside another number.
    pub(super) ones: &'static str,
    /// Words between two parts of one number: “and”.
    pub(super) links: &'static str,
}

impl NumberWords {
    fn new(words: &'static str, stems: &'static str, endings: &'static str) -> Self {
        let mut stems: Vec<_> = stems.split_whitespace().collect();
        stems.sort_by_key(|s| std::cmp::Reverse(s.len()));
        let words = words.split_whitespace().collect();
        let endings = endings.split_whitespace().collect();
        Self { words, stems, endings, prefixes: &[], ones: "", links: "" }
    }

    fn with(self, ones: &'static str, links: &'static str) -> Self {
        Self { ones, links, ..self }
    }

    fn prefixed(self, prefixes: &'static [&'static str]) -> Self {
        Self { prefixes, ..self }
    }
}

/// The number words of a language, if they are listed.
pub(super) fn number_words(lang: &str) -> Option<&'static NumberWords> {
    static ALL: LazyLock<Vec<(&str, NumberWords)>> = LazyLock::new(|| {
        vec![
            ("en", english()),
            ("fr", french()),
            ("es", spanish()),
            ("de", german()),
            ("sv", swedish()),
            ("pl", polish()),
            ("ru", russian()),
            ("tr", turkish()),
            ("ar", arabic()),
            ("hi", hindi()),
            ("he", hebrew()),
            ("ko", korean()),
        ]
    });
    ALL.iter().find(|(code, _)| *code == lang).map(|(_, words)| words)
}

fn english() -> NumberWords {
    NumberWords::new(
        "zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen \
        nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions \
        billion billions trillion trillions dozen dozens half halves third thirds fourth fourths fifth fifths sixth sixths seventh \
        sevenths eighth eighths ninth ninths tenth tenths eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth \
        eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth hundredths \
        thousandth thousandths millionth quarter quarters twice thrice double doubled doubles doubling triple tripled triples \
        tripling quadruple quadrupled halved halving twenties thirties forties fifties sixties seventies eighties nineties percent \
        fifteenths",
        "two three four five six seven eight nine ten twenty hundred thousand",
        "fold",
    )
    .with("one", "and")
}

fn french() -> NumberWords {
    NumberWords::new(
        "zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente quarante \
        cinquante soixante septante huitante octante nonante cent cents mille million millions milliard milliards billion billions \
        demi demie demis demies moitié tiers quart quarts double doublé doubler triple triplé tripler quadruple dizaine dizaines \
        douzaine douzaines quinzaine vingtaine trentaine quarantaine cinquantaine soixantaine centaine centaines millier milliers \
        deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième treizième quatorzième \
        quinzième seizième vingtième trentième quarantième cinquantième soixantième centième millième dixièmes centièmes",
        "",
        "",
    )
    .with("un une unième", "et")
}

fn spanish() -> NumberWords {
    NumberWords::new(
        "cero dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho \
        diecinueve veinte veintiuno veintiún veintiuna veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete \
        veintiocho veintinueve treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos doscientos doscientas \
        trescientos trescientas cuatrocientos cuatrocientas quinientos quinientas seiscientos seiscientas setecientos setecientas \
        ochocientos ochocientas novecientos novecientas mil miles millón millones billón billones millar millares mitad tercio \
        tercios doble dobló duplicó duplicado triple triplicó triplicado docena docenas decena decenas centenar centenares veintena \
        treintena tercero tercera tercer cuarto cuarta quinto quinta sexto sexta séptimo séptima octavo octava noveno novena décimo \
        décima dieciseis veintidos veintitres veintiseis",
        "",
        "",
    )
    .with("un uno una", "y")
}

fn german() -> NumberWords {
    NumberWords::new(
        "null zwei zweier zweien drei dreier dreien vier fünf sechs sieben acht neun zehn elf zwölf hundert hunderte hunderten \
        hunderter tausend tausende tausenden tausender million millionen milliarde milliarden billion billionen dutzend dutzende \
        dutzenden halb halbe halben halber halbes hälfte anderthalb eineinhalb drittel viertel doppelt doppelte doppelten verdoppelt \
        verdoppelte verdoppelten verdreifacht verdreifachte halbiert halbierte prozent dritte dritten \
        dritter drittes vierte vierten vierter fünfte fünften sechste sechsten siebte siebten achte achten achter neunte neunten \
        zehnte zehnten elfte elften zwölfte zwölften",
        "ein zwei drei vier fünf sechs sech sieben sieb acht neun zehn elf zwölf zwan dreißig dreissig zig ßig und hundert tausend",
        "te ten ter tes ste sten ster stes mal fach fache fachen er jährige jährigen jähriger hundert tausend tel stel",
    )
    .with("ein eine eins einer einem einen", "und")
}

fn swedish() -> NumberWords {
    NumberWords::new(
        "noll två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton aderton nitton tjugo \
        trettio fyrtio femtio sextio sjuttio åttio nittio hundra hundratals tusen tusentals miljon miljoner miljonen miljonerna \
        miljontals miljard miljarder miljarderna biljon biljoner dussin dussintals halv halva halvt hälften tredjedel tredjedelar \
        fjärdedel fjärdedelar femtedel tiondel kvart dubbel dubbelt dubbla fördubblades fördubblats tredje fjärde femte sjätte \
        sjunde åttonde nionde tionde elfte tolfte trettonde fjortonde femtonde sextonde sjuttonde artonde nittonde tjugonde \
        procent tiotals tjugotal femtiotal",
        "en ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton tjugo trettio fyrtio \
        femtio sextio sjuttio åttio nittio hundra tusen",
        "talet tal tals dubbling faldigt årig åriga procentig",
    )
    .with("en ett", "och")
}

fn polish() -> NumberWords {
    NumberWords::new(
        "zero dwa dwie dwaj dwóch dwu dwom dwóm dwoma dwiema dwoje dwojga trzy trzej trzech trzem trzema troje \
        cztery czterej czterech czterem czterema czworo pięć pięciu pięcioma pięcioro sześć sześciu sześcioma siedem siedmiu \
        siedmioma osiem ośmiu ośmioma dziewięć dziewięciu dziewięcioma dziesięć dziesięciu dziesięcioma dwadzieścia dwudziestu \
        dwudziestoma trzydzieści trzydziestu trzydziestoma czterdzieści czterdziestu czterdziestoma pięćdziesiąt pięćdziesięciu \
        sześćdziesiąt sześćdziesięciu siedemdziesiąt siedemdziesięciu osiemdziesiąt osiemdziesięciu dziewięćdziesiąt \
        dziewięćdziesięciu sto stu stoma setki setek setkami dwieście dwustu trzysta trzystu czterysta czterystu pięćset pięciuset \
        sześćset sześciuset siedemset siedmiuset osiemset ośmiuset dziewięćset dziewięciuset tys tysiąc tysiąca tysiące tysięcy \
        tysiącom tysiącami tysiącach tysiącem mln mld milion miliona miliony milionów milionom milionami milionach milionem miliard \
        miliarda miliardy miliardów miliardom miliardami miliardach miliardem bilion biliona biliony bilionów pół połowa połowę \
        połowy połowie półtora półtorej ćwierć tuzin tuziny dwukrotnie trzykrotnie czterokrotnie dwukrotny podwoił podwoiła podwoiły \
        podwoiło trzeci trzecia trzecie trzeciego trzeciej trzecim czwarty czwarta czwarte czwartego czwartej piąty piąta piąte \
        piątego piątej szósty szósta szóste szóstego szóstej siódmy siódma siódme siódmego siódmej ósmy ósma ósme ósmego ósmej \
        dziewiąty dziewiąta dziewiątego dziewiątej dziesiąty dziesiąta dziesiątego dziesiątej procent proc dziesiątki dziesiątek kilkanaście \
        kilkadziesiąt kilkaset kilkuset kilkunastu kilkudziesięciu",
        "jedenast dwunast trzynast czternast piętnast szesnast siedemnast osiemnast dziewiętnast dwu trzy cztero pięcio sześcio \
        siedmio ośmio dziewięcio dziesięcio dwudziesto trzydziesto czterdziesto stu",
        "u oma a e y ego ej ym letni letnia letniego letniej letnich krotnie krotny osobowy dniowy tysięczny",
    )
    .with("jeden jedna jedno jednego jednej jednym", "i")
}

fn russian() -> NumberWords {
    NumberWords::new(
        "ноль нуль ноля нуля один одна одно одного одной одному одним одном одну два две двух двум двумя три трех трем тремя четыре \
        четырех четырем четырьмя пять пяти пятью шесть шести шестью семь семи восемь восьми восемью девять девяти девятью \
        десять десяти десятью двадцать двадцати двадцатью тридцать тридцати тридцатью сорок сорока пятьдесят пятидесяти пятьюдесятью \
        шестьдесят шестидесяти семьдесят семидесяти восемьдесят восьмидесяти девяносто девяноста сто ста сотня сотни сотен сотню \
        сотнями сотням двести двухсот двумстам триста трехсот тремстам четыреста четырехсот пятьсот пятисот шестьсот шестисот семьсот \
        семисот восемьсот восьмисот девятьсот девятисот тыс млн млрд трлн полтора полторы полутора половина половины половину половине \
        половиной треть трети третью четверть четверти вдвое втрое вчетверо впятеро дважды трижды четырежды оба обе обоих обеих обоим \
        обеим обоими двое троих двоих двоим трое четверо четверых пятеро пятерых шестеро семеро третий третья третье третьего третьей \
        третьему третьим третьем четвертый четвертая четвертое четвертого четвертой четвертом пятый пятая пятое пятого пятой пятом \
        шестой шестая шестое шестого шестом седьмой седьмая седьмого седьмом восьмой восьмая восьмого восьмом девятый девятая \
        девятого девятой десятый десятая десятого десятой дюжина дюжины дюжину удвоился удвоилась удвоилось удвоились утроился \
        утроилась утроились процент процента процентов проценту процентам проценты десятки десятков десятками несколько нескольких \
        нескольким несколькими полмиллиона",
        "одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат тридцат тысяч \
        миллион миллиард триллион сот двух трех четырех пяти шести семи восьми девяти десяти двадцати тридцати сорока пятидесяти",
        "ь и ью ый ая ое ого ой ому ым ом ую а у е ей ам ами ах ов ы летний летняя летнего летней летнее летних кратно кратный дневный \
        этажный",
    )
}

fn turkish() -> NumberWords {
    NumberWords::new(
        "sıfır iki üç dört beş altı yedi sekiz dokuz on yirmi otuz kırk elli altmış yetmiş seksen doksan yüz bin milyon milyar trilyon \
        yarım yarısı yarısını yarısının yarı çeyrek buçuk yüzde düzine düzinelerce onlarca yüzlerce binlerce milyonlarca milyarlarca \
        birinci birincisi ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu ikisi ikisini \
        ikisinin ikisine üçü üçünü üçünün üçüne dördü dördünü dördünün beşi beşini beşinin altısı yedisi sekizi dokuzu ikiye üçe \
        dörde ikişer üçer ikili üçlü dörtlü ikiz katına ikide üçte dörtte beşte",
        "bir iki üç dört beş altı yedi sekiz dokuz on yirmi otuz kırk elli altmış yetmiş seksen doksan yüz bin milyon milyar",
        "inci ıncı uncu üncü nci ncı ncu ncü lik lık luk lük yıllık i ı u ü",
    )
    .with("bir biri birini birinin", "ve")
}

fn arabic() -> NumberWords {
    NumberWords::new(
        "صفر واحد واحدة اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي ثلاث ثلاثة اربع اربعة خمس خمسة ست ستة سبع سبعة ثمان \
        ثماني ثمانية تسع تسعة عشر عشرة عشرون عشرين ثلاثون ثلاثين اربعون اربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون \
        تسعين عشرات مئة مائة مية مئتان مئتين مائتان مائتين مئات ثلاثمئة ثلاثمائة اربعمئة اربعمائة خمسمئة خمسمائة ستمئة ستمائة سبعمئة \
        سبعمائة ثمانمئة ثمانمائة تسعمئة تسعمائة الف الفا الفان الفين الاف الوف مليون مليونا مليونان مليونين ملايين مليار مليارا \
        ملياران مليارين مليارات بليون تريليون تريليونات نصف ثلث ثلثا ثلثي ثلثين ثلثان ربع ارباع خمسا ضعف ضعفي ضعفين ضعفا اضعاف تضاعف تضاعفت \
        عقدين عقدان مرتين مرتان ثالث ثالثة رابع رابعة خامس خامسة سادس سادسة سابع سابعة ثامن ثامنة تاسع تاسعة عاشر عاشرة \
        عامين يومين شهرين",
        "",
        "",
    )
    .prefixed(&["و ف", "ب ل ك", "ال ل"])
}

fn hindi() -> NumberWords {
    NumberWords::new(
        "शून्य जीरो दो तीन चार पांच पाँच छह छः छ सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह पन्द्रह सोलह सत्रह अठारह अट्ठारह उन्नीस बीस इक्कीस बाईस बाइस \
        तेईस तेइस चौबीस पच्चीस छब्बीस सत्ताईस सत्ताइस अट्ठाईस अट्ठाइस उनतीस उन्तीस तीस इकतीस इकत्तीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अडतीस उनतालीस \
        उन्तालीस चालीस इकतालीस बयालीस तैंतालीस चौवालीस चवालीस पैंतालीस छियालीस सैंतालीस अडतालीस उनचास पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन \
        अट्ठावन उनसठ साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सडसठ अडसठ उनहत्तर सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उनासी अस्सी \
        इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे सौ सैकडा \
        सैकडों हजार हजारों लाख लाखों करोड करोडों अरब अरबों खरब मिलियन बिलियन ट्रिलियन दर्जन दर्जनों आधा आधे आधी डेढ ढाई पौने सवा साढे तीनों चारों पांचों \
        दोगुना दोगुनी दोगुने दुगुना दुगुनी तिगुना तिगुनी चौगुना तिहाई चौथाई प्रतिशत फीसदी तीसरा तीसरी तीसरे चौथा चौथी चौथे पांचवां पांचवीं \
        पांचवें छठा छठी छठे सातवां सातवीं सातवें आठवां आठवीं आठवें नौवां नौवीं नौवें दसवां दसवीं दसवें",
        "",
        "",
    )
    .with("एक", "")
}

fn hebrew() -> NumberWords {
    NumberWords::new(
        "אפס אחד אחת שניים שתיים שתים שני שתי שניהם שתיהן שלוש שלושה שלושת ארבע ארבעה ארבעת חמש חמישה חמשה חמשת חמישת שש שישה ששה \
        ששת שבע שבעה שבעת שמונה שמונת תשע תשעה תשעת עשר עשרה עשרת עשרות עשרים שלושים ארבעים חמישים שישים ששים שבעים שמונים תשעים מאה \
        מאתיים מאתים מאות אלף אלפיים אלפים אלפי מיליון מיליוני מיליונים מליון מליוני מיליארד מיליארדי מיליארדים ביליון טריליון חצי מחצית \
        שליש רבע שלישים רבעים שנייה שניה שלישי שלישית רביעי רביעית חמישי חמישית שישי שישית שביעי שביעית שמיני שמינית תשיעי תשיעית עשירי \
        עשירית כפול כפולה הוכפל הוכפלה פעמיים תריסר אחוז אחוזים יומיים שבועיים חודשיים שנתיים",
        "",
        "",
    )
    .prefixed(&["ו", "ש", "ב ל כ מ", "ה"])
}

fn korean() -> NumberWords {
    NumberWords::new(
        "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 스물 스무 서른 마흔 쉰 예순 일흔 여든 아흔 두 세 네 백 천 억 절반 첫 첫째 둘째 셋째 넷째 \
        다섯째 수십 수백 수천 수만 수억 두배 세배 열두 열한 열세 열네 수십만 수백만 수천만 제로 양쪽",
        "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 스물 스무 서른 마흔 쉰 예순 일흔 여든 아흔 일 이 삼 사 오 육 칠 팔 구 십 백 천 만 억 조 수 몇",
        "명 명이 명의 명을 명은 개 개의 개가 개를 년 년간 년에 년대 개월 월 일 원 번 번째 배 배로 세 살 퍼센트 달러 건 대 곳 마리 가지 시간 분 초 주 회 차 층 \
        인 국 째 여 여명 은 는 이 가 을 를 의 에 에는 와 과 도 로 에서 만 중",
    )
}
