//! Closed lists of words that carry weight in a statement: negations, hedges, months and weekdays,
//! number words and units. They only name the class of a change; that something changed is told
//! without them, so a language that is not listed loses a label and never a warning.

/// Whether `word`, in lower case, negates.
pub(crate) fn negates(word: &str) -> bool {
    const WORDS: &str = " no not never none nobody nothing nowhere neither nor without cannot \
        nicht kein keine keinen keinem keiner keines nie niemals nichts niemand ohne weder \
        ne pas jamais rien aucun aucune sans ni nunca jamás nada nadie ningún ninguno ninguna sin \
        non mai niente nessun nessuno nessuna senza não nenhum nenhuma ninguém sem \
        niet geen nooit niets niemand zonder ";
    word.ends_with("n't") || listed(WORDS, word)
}

/// Whether `word`, in lower case, makes a statement less certain.
pub(crate) fn hedges(word: &str) -> bool {
    const WORDS: &str = " about roughly around approximately nearly almost some circa approx perhaps maybe possibly \
        probably likely unlikely apparently allegedly reportedly supposedly seemingly presumably may might could would \
        should can appears appeared seems seemed suggests suggested believed alleged claimed estimated up least most over \
        under more less mostly largely generally often usually sometimes \
        etwa rund ungefähr circa zirka fast beinahe vielleicht möglicherweise wahrscheinlich angeblich offenbar mutmaßlich \
        environ presque peut-être probablement apparemment aproximadamente casi quizás probablemente presuntamente \
        circa quasi forse probabilmente presumibilmente cerca quase talvez provavelmente ongeveer bijna misschien \
        waarschijnlijk vermoedelijk ";
    listed(WORDS, word)
}

/// Whether `word`, in lower case, names a month or a day of the week.
pub(crate) fn is_calendar(word: &str) -> bool {
    const WORDS: &str = " january february march april may june july august september october november december \
        jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday \
        januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag \
        janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi \
        vendredi samedi dimanche enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre \
        lunes martes miércoles jueves viernes sábado domingo gennaio febbraio aprile maggio giugno luglio settembre ottobre \
        novembre dicembre yesterday today tomorrow ";
    listed(WORDS, word)
}

/// Whether `word`, in lower case, is a number written out or a scale of one.
pub(crate) fn counts(word: &str) -> bool {
    const WORDS: &str = " zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
        sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million \
        millions billion billions trillion dozen dozens half third quarter twice double triple hundreds thousands first second \
        eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend million millionen milliarde milliarden \
        deux trois quatre cinq sept huit neuf dix onze douze vingt trente cent mille milliard milliards \
        dos tres cuatro cinco seis siete ocho nueve diez cien mil millón millones percent ";
    listed(WORDS, word)
}

/// Whether `word`, as written, is a unit that belongs to the number it follows.
pub(crate) fn is_unit(word: &str) -> bool {
    const WORDS: &str = " % ‰ ° °C °F K m M k bn tn mn mm cm km km² m² km2 m2 m³ mi ft in yd ha mg g kg t l L ml s ms h min kB MB GB \
        TB kW MW GW kWh MWh GWh TWh Hz kHz MHz GHz V A W J kJ kcal bar hPa Pa mph km/h kt lb lbs oz pt USD EUR GBP CHF JPY CNY \
        INR RUB CAD AUD Mio Mrd Mia $ € £ ¥ ";
    const LOWER: &str = " percent pct per cent hundred thousand million billion trillion prozent tausend millionen milliarde \
        milliarden million mille milliard milliards millions billions mil millón millones por ciento pour euro euros dollar \
        dollars pound pounds yen rupees degrees grad degrés km miles kilometres kilometers metres meters tonnes tons ";
    listed(WORDS, word) || listed(LOWER, &word.to_lowercase())
}

/// Whether `word`, as written, is a currency that belongs to the number it stands before.
pub(crate) fn is_money(word: &str) -> bool {
    listed(" USD EUR GBP CHF JPY CNY INR RUB CAD AUD US$ $ € £ ¥ ₹ Rs ", word)
}

fn listed(words: &str, word: &str) -> bool {
    !word.is_empty() && words.split_whitespace().any(|w| w == word)
}
