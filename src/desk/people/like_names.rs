//! Whether a name that the desk does not know is nearly the name of somebody it knows: misspelt, in another order, without
//! accents, or with initials. A person who hurries means that one, and not somebody new.

use crate::text::{bare, edit_distance};

/// The most letters that a whole name may be misspelt by.
const MOST: usize = 2;

/// Whether two different names may be meant for one person. Names that differ in a digit, in a lone letter, or in a word without
/// capital and small letters are names of two people.
pub(super) fn are_like(one: &str, other: &str) -> bool {
    let (one, other) = (words_of(one), words_of(other));
    let (few, many) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if few.is_empty() {
        return false;
    }
    few.concat() == many.concat() || fit(&few, &many)
}

/// The words of a name in small letters without accents.
fn words_of(name: &str) -> Vec<String> {
    let words = bare(name).split(|c: char| !c.is_alphanumeric()).map(Into::into).collect::<Vec<String>>();
    words.into_iter().filter(|w| !w.is_empty()).collect()
}

/// Whether each of the few words has one of its own among the many. Where words are left over, none may be misspelt, and one word
/// alone says too little.
fn fit(few: &[String], many: &[String]) -> bool {
    let (mut free, mut misspelt, mut whole) = (many.to_vec(), 0, false);
    for word in few {
        let nearest = free.iter().enumerate().filter_map(|(at, w)| Some((wrong_letters(word, w)?, at))).min();
        let Some((wrong, at)) = nearest else { return false };
        whole |= !is_initial(word) && !is_initial(&free[at]);
        misspelt += wrong;
        free.remove(at);
    }
    // A short name that stands alone differs from another one by a letter: Ann, Ada, Ida.
    let short = few.len() == 1 && few[0].chars().count() < 5;
    let allowed = if free.is_empty() && !short { MOST } else { 0 };
    whole && misspelt <= allowed && (free.is_empty() || few.len() > 1)
}

/// How many letters one of two words is misspelt by; nothing if they are two words. An initial fits a word that begins with it.
fn wrong_letters(one: &str, other: &str) -> Option<usize> {
    if one == other || ((is_initial(one) || is_initial(other)) && one.chars().next() == other.chars().next())
    {
        return Some(0);
    }
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let most = match a.len().min(b.len()) {
        _ if !is_spelt(one) || !is_spelt(other) => 0,
        // Hardly anybody misses the first letter, and a short word with another one is another name.
        0..=5 if a.first() != b.first() => 0,
        0..=2 => 0,
        3..=5 => 1,
        _ => MOST,
    };
    let wrong = edit_distance(&a, &b);
    (wrong <= most || (wrong <= MOST && most > 0 && same_letters(a, b))).then_some(wrong)
}

fn is_initial(word: &str) -> bool {
    word.chars().nth(1).is_none()
}

/// Whether a word is of letters that have a capital form, so that a wrong letter is a misspelling and not another word.
fn is_spelt(word: &str) -> bool {
    word.chars().all(char::is_lowercase)
}

fn same_letters(mut a: Vec<char>, mut b: Vec<char>) -> bool {
    a.sort_unstable();
    b.sort_unstable();
    a == b
}

#[cfg(test)]
mod tests {
    use super::are_like;

    #[test]
    fn a_misspelt_name_is_like_the_right_one() {
        for given in [
            "Mara Lnd",
            "mara lind",
            "MARA LIND",
            "Lind, Mara",
            "Lind Mara",
            "Mara Lidn",
            "Marra Lind",
            "Mára Lind",
            "M. Lind",
            "Mara K. Lind",
            "MaraLind",
            "Mara  Lind.",
        ] {
            assert!(are_like(given, "Mara Lind") && are_like("Mara Lind", given), "{given}");
        }
        assert!(
            are_like("Jerome Besancon", "Jérôme Besançon")
                && are_like("Katharina Schmitt", "Katarina Schmidt")
        );
    }

    #[test]
    fn another_name_is_not() {
        for (one, other) in [
            ("Jo Hall", "Mara Lind"),
            ("Peter Lind", "Paula Lind"),
            ("Bob Short", "Ben Short"),
            ("Ada Long", "Ada Short"),
            ("Editor 1", "Editor 2"),
            ("User A", "User B"),
            ("Jo Berg", "Bo Berg"),
            ("Rob Short", "Bob Short"),
            ("Ann", "Anna"),
            ("Eve", "Eva"),
            ("王小明", "王小红"),
            ("M L", "Mara Lind"),
            ("Mara", "Mara Lind"),
            ("Mara Lin", "Mara Lind Berg"),
            ("", "Mara Lind"),
            ("…", "Mara Lind"),
        ] {
            assert!(!are_like(one, other) && !are_like(other, one), "{one} and {other}");
        }
    }
}
