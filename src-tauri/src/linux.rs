//! What a person who writes expects of the text and WebKitGTK leaves to us: the spelling check, the words an input method is
//! still composing shown in place, and our commands at the top of the menu of the right mouse button.

use std::{sync::mpsc, time::Duration};

use tauri::{AppHandle, Manager, WebviewWindow};
use webkit2gtk::gio::{SimpleAction, prelude::*};
use webkit2gtk::{
    ContextMenu, ContextMenuExt, ContextMenuItem, HitTestResultExt, InputMethodContextExt, WebContextExt,
    WebViewExt,
};

use crate::text_menu::{self, Command, TextMenu};

/// How long the window's thread may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Shows the words that an input method is still composing in their place.
pub fn show_composed_words(window: &WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|webview| {
        if let Some(input) = webview.inner().input_method_context() {
            input.set_enable_preedit(true);
        }
    })
}

/// Puts the commands of the page above what WebKit offers where text is written; its spelling and its clipboard stay below.
pub fn put_commands_first(window: &WebviewWindow) -> tauri::Result<()> {
    let app = window.app_handle().clone();
    window.with_webview(move |webview| {
        webview.inner().connect_context_menu(move |_, menu, _, hit| {
            if hit.context_is_editable() {
                insert(menu, &app);
            }
            // WebKit shows the menu.
            false
        });
    })
}

fn insert(menu: &ContextMenu, app: &AppHandle) {
    let commands = app.state::<TextMenu>().commands();
    if commands.is_empty() {
        return;
    }
    // From the last to the first, each in front of all others.
    menu.prepend(&ContextMenuItem::new_separator());
    for command in commands.iter().rev() {
        menu.prepend(&entry(command, app.clone()));
    }
}

fn entry(command: &Command, app: AppHandle) -> ContextMenuItem {
    let action = SimpleAction::new(&command.id, None);
    action.connect_activate(move |action, _| text_menu::chosen(&app, &action.name()));
    ContextMenuItem::from_gaction(&action, &command.label, None)
}

/// Lets the spelling be checked in the language of the article that is shown, as BCP 47 has it (`de`, `de-AT`), and in the
/// person's own ones beside it. Answers those that a dictionary is installed for; none where the window does not answer. The
/// check is off until the first call: WebKit reads the dictionaries in the window's thread, a dozen milliseconds each.
pub fn spell_in(window: &WebviewWindow, language: String) -> tauri::Result<Vec<String>> {
    let (told, taken) = mpsc::channel();
    window.with_webview(move |webview| {
        let Some(context) = webview.inner().context() else { return };
        let all: Vec<String> = dictionaries(&language).into_iter().chain(languages()).collect();
        context.set_spell_checking_languages(&all.iter().map(String::as_str).collect::<Vec<_>>());
        context.set_spell_checking_enabled(true);
        let taken = context.spell_checking_languages().iter().map(ToString::to_string).collect();
        // Nobody waits any more where the window took too long.
        let _ = told.send(taken);
    })?;
    Ok(taken.recv_timeout(PATIENCE).unwrap_or_default())
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

#[cfg(test)]
mod tests {
    use super::dictionaries;

    #[test]
    fn a_dictionary_is_sought_with_its_region_and_without() {
        assert_eq!(dictionaries("de-AT"), ["de_AT", "de"]);
        assert_eq!(dictionaries(" nb "), ["nb"]);
        assert_eq!(dictionaries(""), Vec::<String>::new());
    }
}
