//! Two things a person who writes expects and WebKitGTK has switched off: the spelling
//! check, and the words an input method is still composing shown in place.

use tauri::WebviewWindow;
use webkit2gtk::{InputMethodContextExt, WebContextExt, WebViewExt};

/// Switches both on. The spelling check takes the languages of the environment and stays
/// off where none of their dictionaries is installed.
pub fn let_people_write(window: &WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|webview| {
        let view = webview.inner();
        if let Some(context) = view.context() {
            let languages = languages();
            let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
            context.set_spell_checking_languages(&languages);
            context.set_spell_checking_enabled(true);
        }
        if let Some(input) = view.input_method_context() {
            input.set_enable_preedit(true);
        }
    })
}

/// Lets the spelling be checked in the language of the article that is shown, as BCP 47 has it (`de`, `de-AT`), and in the
/// person's own ones beside it.
pub fn spell_in(window: &WebviewWindow, language: String) -> tauri::Result<()> {
    window.with_webview(move |webview| {
        let Some(context) = webview.inner().context() else { return };
        let all: Vec<String> = dictionaries(&language).into_iter().chain(languages()).collect();
        context.set_spell_checking_languages(&all.iter().map(String::as_str).collect::<Vec<_>>());
    })
}

/// How the dictionaries of a language may be named: with its region where one is given, and alone.
fn dictionaries(language: &str) -> Vec<String> {
    let whole = language.trim().replace('-', "_");
    let alone = whole.split('_').next().unwrap_or_default().to_owned();
    let mut names = vec![whole, alone];
    names.retain(|name| !name.is_empty());
    names.dedup();
    names
}

/// The person's languages as the dictionaries are named, `de_DE` for `de_DE.UTF-8`.
fn languages() -> Vec<String> {
    let set =
        ["LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let mut languages: Vec<String> = set
        .flat_map(|value| value.split(':').map(str::to_owned).collect::<Vec<_>>())
        .map(|value| value.split(['.', '@']).next().unwrap_or_default().to_owned())
        .filter(|value| !value.is_empty() && value != "C" && value != "POSIX")
        .collect();
    languages.dedup();
    if languages.is_empty() {
        languages.push("en_US".into());
    }
    languages
}
