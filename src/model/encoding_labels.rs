//! The labels of encodings: those of the WHATWG Encoding Standard, and a few that programs write besides.
//!
//! Labels that the standard reads as an error (ISO-2022-KR, ISO-2022-CN, HZ) are not here. GBK is read as GB 18030, which has all of it.

/// The labels of each encoding, besides its name, with blanks between them.
const LABELS: &[(&str, &str)] = &[
    ("big5", "csbig5 cn-big5 x-x-big5 big5-hkscs cp950"),
    ("euc-jp", "x-euc-jp cseucpkdfmtjapanese"),
    (
        "euc-kr",
        "korean ksc5601 cseuckr ksc_5601 iso-ir-149 windows-949 csksc56011987 ks_c_5601-1987 \
        ks_c_5601-1989 cp949 uhc",
    ),
    ("gb18030", "gbk x-gbk gb2312 gb_2312 chinese csgb2312 iso-ir-58 gb_2312-80 csiso58gb231280 cp936"),
    ("ibm866", "866 cp866 csibm866"),
    ("iso-2022-jp", "csiso2022jp"),
    ("iso-8859-2", "l2 latin2 iso88592 iso8859-2 iso-ir-101 iso_8859-2 csisolatin2 iso_8859-2:1987"),
    ("iso-8859-3", "l3 latin3 iso88593 iso8859-3 iso_8859-3 iso-ir-109 csisolatin3 iso_8859-3:1988"),
    ("iso-8859-4", "l4 latin4 iso88594 iso8859-4 iso-ir-110 iso_8859-4 csisolatin4 iso_8859-4:1988"),
    ("iso-8859-5", "iso88595 cyrillic iso8859-5 iso-ir-144 iso_8859-5 iso_8859-5:1988 csisolatincyrillic"),
    (
        "iso-8859-6",
        "arabic ecma-114 iso88596 asmo-708 iso8859-6 iso_8859-6 iso-ir-127 csiso88596e \
        csiso88596i iso-8859-6-e iso-8859-6-i iso_8859-6:1987 csisolatinarabic",
    ),
    (
        "iso-8859-7",
        "greek greek8 iso88597 ecma-118 elot_928 iso8859-7 iso-ir-126 iso_8859-7 sun_eu_greek \
        iso_8859-7:1987 csisolatingreek",
    ),
    (
        "iso-8859-8",
        "visual hebrew logical iso88598 iso8859-8 iso_8859-8 iso-ir-138 csiso88598e \
        csiso88598i iso-8859-8-e iso-8859-8-i iso_8859-8:1988 csisolatinhebrew",
    ),
    ("iso-8859-10", "l6 latin6 iso885910 iso8859-10 iso-ir-157 csisolatin6"),
    ("iso-8859-13", "iso885913 iso8859-13"),
    ("iso-8859-14", "iso885914 iso8859-14"),
    ("iso-8859-15", "l9 iso885915 iso8859-15 iso_8859-15 csisolatin9"),
    ("koi8-r", "koi koi8 koi8_r cskoi8r"),
    ("koi8-u", "koi8-ru"),
    ("macintosh", "mac csmacintosh x-mac-roman"),
    ("shift_jis", "sjis ms932 x-sjis ms_kanji shift-jis csshiftjis windows-31j cp932"),
    ("utf-8", "utf8 unicode20utf8 unicode11utf8 x-unicode20utf8 unicode-1-1-utf-8"),
    ("utf-16be", "unicodefffe utf16be"),
    ("utf-16le", "ucs-2 utf-16 unicode csunicode unicodefeff iso-10646-ucs-2 utf16 utf16le"),
    ("windows-874", "tis-620 dos-874 iso885911 iso8859-11 iso-8859-11"),
    ("windows-1250", "cp1250 x-cp1250"),
    ("windows-1251", "cp1251 x-cp1251"),
    (
        "windows-1252",
        "l1 cp819 ascii latin1 cp1252 ibm819 iso88591 x-cp1252 us-ascii iso8859-1 iso-ir-100 \
        iso-8859-1 iso_8859-1 csisolatin1 ansi_x3.4-1968 iso_8859-1:1987",
    ),
    ("windows-1253", "cp1253 x-cp1253"),
    (
        "windows-1254",
        "l5 cp1254 latin5 x-cp1254 iso88599 iso8859-9 iso-ir-148 iso-8859-9 iso_8859-9 \
        csisolatin5 iso_8859-9:1989",
    ),
    ("windows-1255", "cp1255 x-cp1255"),
    ("windows-1256", "cp1256 x-cp1256"),
    ("windows-1257", "cp1257 x-cp1257"),
    ("windows-1258", "cp1258 x-cp1258"),
    ("x-mac-cyrillic", "x-mac-ukrainian"),
];

/// The name of the encoding with that label in lower case.
pub fn named(label: &str) -> Option<&'static str> {
    let has = |labels: &str| labels.split(' ').any(|l| l == label);
    LABELS.iter().find(|(_, labels)| has(labels)).map(|(name, _)| *name)
}

/// Every label besides the names.
#[cfg(test)]
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    LABELS.iter().flat_map(|(name, labels)| labels.split(' ').map(move |label| (*name, label)))
}
