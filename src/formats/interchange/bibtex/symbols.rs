//! The commands of TeX that stand for a sign.

/// Commands that show nothing themselves: changes of type, spacing.
pub const SILENT: [&str; 34] = [
    "em",
    "it",
    "bf",
    "sc",
    "sf",
    "tt",
    "rm",
    "sl",
    "itshape",
    "bfseries",
    "scshape",
    "upshape",
    "normalfont",
    "small",
    "tiny",
    "large",
    "Large",
    "footnotesize",
    "normalsize",
    "relax",
    "protect",
    "xspace",
    "ignorespaces",
    "unskip",
    "noindent",
    "null",
    "hfill",
    "left",
    "right",
    "displaystyle",
    "textstyle",
    "limits",
    "allowbreak",
    "nocite",
];

/// Commands and what they stand for.
const NAMED: &str = "ss ß|SS ẞ|ae æ|AE Æ|oe œ|OE Œ|o ø|O Ø|l ł|L Ł|aa å|AA Å|i ı|j ȷ|dh ð|DH Ð|th þ|TH Þ|dj đ|DJ Đ|ng ŋ|NG Ŋ|\
    textendash –|textemdash —|texthyphen -|textquoteright ’|textquoteleft ‘|textquotedblleft “|textquotedblright ”|\
    textquotedbl \"|textquotesingle '|quotesinglbase ‚|quotedblbase „|guillemotleft «|guillemotright »|guillemetleft «|\
    guillemetright »|guilsinglleft ‹|guilsinglright ›|glqq „|grqq “|flqq «|frqq »|lq ‘|rq ’|ldots …|dots …|textellipsis …|\
    cdots ⋯|textregistered ®|texttrademark ™|textcopyright ©|copyright ©|textdegree °|degree °|pounds £|textsterling £|\
    euro €|texteuro €|EUR €|textyen ¥|textcent ¢|textcurrency ¤|S §|P ¶|textsection §|textparagraph ¶|dag †|ddag ‡|\
    textdagger †|textdaggerdbl ‡|textbullet •|textperiodcentered ·|textbackslash \\|backslash \\|textbraceleft {|\
    textbraceright }|lbrace {|rbrace }|textasciitilde ~|textasciicircum ^|textless <|textgreater >|textbar ||\
    textunderscore _|textdollar $|textexclamdown ¡|textquestiondown ¿|textordfeminine ª|textordmasculine º|textmu µ|\
    textonehalf ½|textonequarter ¼|textthreequarters ¾|textonesuperior ¹|texttwosuperior ²|textthreesuperior ³|\
    textasteriskcentered *|textnumero №|slash /|LaTeX LaTeX|TeX TeX|LaTeXe LaTeX2e|BibTeX BibTeX|and &|\
    newline  |par  |quad  |qquad  |enspace  |thinspace  |space  |nobreakspace  |newblock  |linebreak  |addspace  |\
    textvisiblespace  |alpha α|beta β|gamma γ|delta δ|epsilon ε|varepsilon ε|zeta ζ|eta η|theta θ|vartheta ϑ|iota ι|\
    kappa κ|lambda λ|mu μ|nu ν|xi ξ|pi π|rho ρ|sigma σ|varsigma ς|tau τ|upsilon υ|phi φ|varphi φ|chi χ|psi ψ|omega ω|\
    Gamma Γ|Delta Δ|Theta Θ|Lambda Λ|Xi Ξ|Pi Π|Sigma Σ|Upsilon Υ|Phi Φ|Psi Ψ|Omega Ω|leq ≤|le ≤|geq ≥|ge ≥|neq ≠|ne ≠|\
    times ×|texttimes ×|cdot ·|pm ±|textpm ±|mp ∓|div ÷|to →|rightarrow →|leftarrow ←|leftrightarrow ↔|Rightarrow ⇒|\
    infty ∞|sim ∼|simeq ≃|approx ≈|equiv ≡|propto ∝|circ °|prime ′|langle ⟨|rangle ⟩|ell ℓ|partial ∂|nabla ∇|sum ∑|\
    prod ∏|int ∫|in ∈|notin ∉|subset ⊂|cup ∪|cap ∩|forall ∀|exists ∃|emptyset ∅|star ⋆|ast ∗|bullet •|hbar ħ|ll ≪|gg ≫|\
    perp ⊥|parallel ∥|angle ∠|textminus −|textohm Ω|textcelsius ℃|checkmark ✓";

/// What a command stands for.
pub fn named(name: &str) -> Option<&'static str> {
    // One entry, the bar itself, has the sign that parts the others.
    if name == "textbar" {
        return Some("|");
    }
    NAMED.split('|').filter_map(|pair| pair.split_once(' ')).find(|(n, _)| *n == name).map(|(_, sign)| sign)
}

/// The combining mark of an accent that is a letter, such as `\v`.
pub fn letter_accent(name: &str) -> Option<char> {
    Some(match name {
        "c" => '\u{327}',
        "v" => '\u{30c}',
        "u" => '\u{306}',
        "U" => '\u{30e}',
        "H" => '\u{30b}',
        "k" => '\u{328}',
        "r" => '\u{30a}',
        "b" => '\u{331}',
        "d" => '\u{323}',
        "t" => '\u{361}',
        "G" => '\u{30f}',
        "h" => '\u{309}',
        "hat" => '\u{302}',
        "tilde" => '\u{303}',
        "bar" => '\u{304}',
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "ddot" => '\u{308}',
        "textcommabelow" => '\u{326}',
        _ => return None,
    })
}

/// The combining mark of an accent that is a sign, such as `\"`.
pub fn sign_accent(sign: char) -> Option<char> {
    Some(match sign {
        '\'' => '\u{301}',
        '`' => '\u{300}',
        '^' => '\u{302}',
        '"' => '\u{308}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        '.' => '\u{307}',
        _ => return None,
    })
}

/// The sign that an accent without a letter shows.
pub fn alone(mark: char) -> char {
    match mark {
        '\u{301}' => '\'',
        '\u{300}' => '`',
        '\u{302}' => '^',
        '\u{308}' => '"',
        '\u{303}' => '~',
        '\u{304}' => '¯',
        '\u{307}' => '.',
        other => other,
    }
}
