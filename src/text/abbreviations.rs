//! Words that tell whether a full stop ends a sentence, by language (ISO 639-1). Words of all languages are in one list
//! where none of them is an ordinary word of another.

/// Whether a list of words parted by blanks has `word`.
fn has(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_whitespace().any(|w| w == word)
}

/// Whether `word` (without its full stop) is a title, which stands before a name: “Dr”, “св”, “डॉ”.
pub(super) fn is_title(word: &str, lang: &str) -> bool {
    let cased = "Mr Mrs Ms Dr Prof St Ste Mx Rev Sen Gov Gen Col Capt Lt Sgt Cpl Cmdr Hon Pres Rep Mme Mmes Mlle MM Mgr Me \
        Hr Fr Frl Dipl Ing Mag Sr Sra Srta Sres Dra Dr Lic Ing D Dña Excmo Fru Hr Inż Dipl Sig Dott Avv Doç Yrd Av Op Uzm Prof";
    let small = "ws dr prof mgr inż św płk gen ks bp abp hab red por kpt śp hr fr доц акад проф св им г-н г-жа гр тов sv hl dipl ing dott";
    let other = "डॉ डा श्री श्रीमती प्रो पं कु मो सं द أ م ד ר פרופ מר גב";
    match lang {
        "fr" if word == "M" => true,
        "ru" | "uk" | "bg" | "be" if matches!(word, "д" | "г" | "им" | "ул" | "св") => word != "г",
        _ => has(cased, word) || has(small, word) || has(other, word),
    }
}

/// Whether `word` is an abbreviation that stands before a number.
pub(super) fn is_before_number(word: &str) -> bool {
    let list = "no nos nr num núm n art arts vol vols p pp pg s ss str seite ca cca c approx circa fig figs tab tabl abb sec sect \
        ch chap cap kap par para parr ust zob rozdz poz pkt tel fax ext ver ed rs prop op bd hft jg rdnr ziff abs abschn cf vgl al \
        jan feb febr mar mars apr jun jul aug sep sept oct okt nov dec dez janv févr avr juil déc ene abr ago dic genn sty lut kwi \
        cze lip sie wrz paź lis gru янв февр апр авг сент окт нояб дек ст рис табл гл стр тел ок прибл номер п д кв е \
        bldg flight room grade ок около dz ok godz ул m.ö m.s MÖ ص ج रु पृ עמ מס";
    has(list, word) || has(list, &word.to_lowercase())
}

/// Whether `word` abbreviates a year or a century: “r” in “2013 r.”.
pub(super) fn is_time_mark(word: &str, lang: &str) -> bool {
    match lang {
        "pl" => has("r w n.e e", word),
        "ru" | "uk" | "be" | "bg" => has("г гг в вв", word),
        "cs" | "sk" | "sl" | "hr" => has("r st", word),
        _ => false,
    }
}

/// Whether `word` is an abbreviation, in languages whose other short words sentencex takes for abbreviations too.
pub(super) fn is_abbreviation(word: &str, lang: &str) -> bool {
    match lang {
        "sv" | "no" | "nb" | "nn" => has(
            "bl ca dvs d.v.s dr e.d eg ekon enl etc ev exkl f.d f.n fig forts fr följ förf g.m gm ggr hr ibl inkl jfr kap kl kr \
            m.a.o m.fl m.m max milj min mkt mm mom möjl nr nuv o.d obs osv o.s.v p.g.a pga prof red ref resp s.k st t.ex tel \
            t.o.m tom tr trol ung uppl utg vanl vol äv övers bla fl jur kand kand kungl lic mdr mrd mln norr okt nov dec jan feb febr \
            aug sept ons tors fre lör sön mån tis sid ff",
            word,
        ),
        "pl" => has(
            "tys mln mld bln godz min sek proc prof hab mgr inż gen płk ppłk kpt por ppor mjr red np tzn tzw itd itp pkt ust art str tom rys \
            tab woj pow gm zob cdn dol ang niem ros łac pol czes płd zach wsch wyd rozdz lek med dyr jr sen im ks abp dot ds ws wg obj zm ur",
            word,
        ),
        "tr" => has(
            "vb vs bkz dr prof doç yrd öğr gör av sn no sok cad mah apt alb yzb org ltd şti örn krş çev ed hz tel sf cilt uzm arş bul blv gen \
            müd müh yy vd kur tğm kim",
            word,
        ),
        "es" => has(
            "etc pág págs núm núms art arts cap caps vol vols aprox máx mín tel fig figs izq dcha der avda prov dpto depto pdte prof \
            gral tte col cía admón ref reg trad coord dir edit atte apdo ctra entlo esq hnos pral tít univ cfr doc ene feb abr jun jul \
            ago sept oct nov dic sra srta sres dra lic ing arq ed eds incl nro seg seud ss sig",
            word,
        ),
        _ => false,
    }
}

/// Whether `word` often begins a sentence and never follows an ordinal, an initial or an abbreviation of a year.
pub(super) fn is_starter(word: &str, lang: &str) -> bool {
    let list = match lang {
        "de" => {
            "Der Die Das Den Dem Des Ein Eine Einen Einem Einer Er Sie Es Wir Ihr Ich Du Man In Im Am An Auf Aus Bei Beim Bis \
            Dabei Dadurch Dafür Dagegen Daher Dahinter Damit Danach Daneben Dann Daran Darauf Daraufhin Darin Darüber Darum Darunter \
            Davon Davor Dazu Denn Dennoch Deshalb Deswegen Dies Diese Dieser Dieses Diesen Diesem Doch Dort Durch Erst Für Gegen Heute \
            Hier Hinter Ihre Ihren Immer Inzwischen Jede Jeder Jedes Jedoch Jetzt Kein Keine Mit Nach Nachdem Nicht Noch Nun Nur Ob \
            Obwohl Oder Ohne Sein Seine Seinen Seit Seitdem So Sogar Sowohl Trotz Trotzdem Über Um Und Unter Viele Vom Von Vor Was \
            Weder Wegen Weil Welche Wenn Wer Wie Wird Wo Während Zu Zudem Zuletzt Zum Zur Zuvor Zwar Zwischen Aber Als Also Alle \
            Allerdings Auch Außerdem Anschließend Beide Bereits Da"
        }
        "es" => {
            "El La Los Las Un Una Unos Unas Lo En Es Esta Este Estos Estas Esto Su Sus Se Si Sin Con Por Para Pero Y De Del Al A \
            Cuando Como Desde Durante Después Entonces Hay Ha Han No Según Sobre También Tras Muchos Muchas Mientras Aunque Además \
            Fue Era Eran Ya Más Ella Él Ellos Nos Yo"
        }
        "fr" => {
            "Le La Les L Un Une Des Du De D En Il Elle Ils Elles On Nous Vous Je Ce C Cette Ces Cet Son Sa Ses Leur Leurs Dans Sur \
            Pour Par Avec Sans Mais Et Ou Or Donc Car Si Quand Lorsque Comme Depuis Pendant Après Avant Au Aux À Selon Plus Puis Ainsi \
            Aujourd Cependant Toutefois"
        }
        "pl" => {
            "W We Na Z Ze Do Od Po Pod Przed Przez Przy Dla O U I A Ale Lecz Oraz To Ta Ten Te Ci Tego Tej Tym Nie Jest Był Była \
            Było Byli Były Jak Jako Jednak Jego Jej Ich Gdy Kiedy Który Która Które Obecnie Później Potem Tymczasem Więc Za Zgodnie \
            Już Mimo Większość Wówczas Wtedy On Ona Oni Wielu Wiele"
        }
        "ru" | "uk" | "bg" | "be" => {
            "В Во На С Со К Ко О Об От По Под При Про Для До Из За У И А Но Или Это Этот Эта Эти Тот Та Те Он Она Оно Они Мы Вы Я Его Её \
            Ее Их Как Когда Если Что Чтобы Который Так Также Там Тогда Тем Уже Не Однако После Перед Во Все Весь Самым Самый Затем Позже"
        }
        "sv" | "no" | "nb" | "nn" | "da" => {
            "Den Det De Dem Denna Detta Dessa Dette Disse En Ett Et Han Hon Hun Vi Ni Jag Jeg Man I På Av Till Til Från Fra För For Med Men \
            Och Og Eller Om Som När Når Efter Etter Under Sedan Siden Där Der Då Da Här Her Hur Inte Ikke Så Enligt Vid Ved Även Trots"
        }
        "tr" => "Bu Şu O Bir Ve Ama Ancak Fakat Daha Sonra Bunun Onun Bunlar Onlar Her Biz Ben Siz",
        "it" => {
            "Il La Lo I Gli Le Un Una In Nel Nella È E Ma Non Si Per Con Da Di Del Della Questo Questa Dopo Quando"
        }
        "pt" => {
            "O A Os As Um Uma Em No Na É E Mas Não Se Por Para Com De Do Da Este Esta Isso Ele Ela Depois Quando"
        }
        _ => {
            "The A An This That These Those He She It They We You I In On At By For From To With After Before Since Until When While \
            Where What Why How But And Or If As There Then His Her Its Their Our My However Although Because Some Many Most All No Not"
        }
    };
    has(list, word)
}

/// Whether `word` begins a phrase that says when: “in”, “until”.
pub(super) fn begins_time(word: &str, lang: &str) -> bool {
    match lang {
        "pl" => has("W Od Do Po Na Około Ok Już Przed Z Ze Pod Dopiero Jeszcze", word),
        "ru" | "uk" | "be" | "bg" => {
            has("В К С До От После Около Уже Лишь Только Примерно На У І Від Після", word)
        }
        _ => false,
    }
}

/// Whether `word`, in lower case, stands before an ordinal in German: an article, or a preposition with one.
pub(super) fn calls_for_ordinal(word: &str) -> bool {
    has(
        "der die das dem den des im am vom zum zur beim ins ans ab bis und oder seit vor nach gegen anfang mitte ende ein eine \
        einem einen einer eines jede jeder jedes jedem sein seine ihr ihre mein meine kein keine als ihren seinen den",
        word,
    )
}

/// Whether `word`, in lower case, is a German verb that a number may follow and that has an ending like an adjective.
pub(super) fn is_verb(word: &str) -> bool {
    has(
        "waren wurden werden wurde haben hatte hatten kamen kommen zählen sind leben starben gewannen verloren fielen blieben \
        bleiben gingen standen rund über unter aber oder nummer seite platz nur",
        word,
    )
}

/// Whether a German word often follows an ordinal.
pub(super) fn is_ordinal_noun(word: &str) -> bool {
    let stems = [
        "Jahrhundert",
        "Jahrtausend",
        "Jahrestag",
        "Weltkrieg",
        "Lebensjahr",
        "Geburtstag",
        "Spieltag",
        "Stock",
        "Klasse",
    ];
    is_month(word) || stems.iter().any(|s| word.starts_with(s))
}

/// Whether `word` is a month as German writes it.
pub(super) fn is_month(word: &str) -> bool {
    has("Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember", word)
}
