//! The commands that stand at the top of the system's menu in the article's text. The page says ahead which they are and what
//! they are called; what is chosen is told to it as the event `text-command`.

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use tauri::{AppHandle, Emitter, Manager};

use tickmark::messages::message;
use tickmark::wire::ErrorCode;

use crate::answer::{Answer, error, text};

/// The most commands that are taken: more would push the system's own out of sight.
const MOST: usize = 12;

/// One command: its name on the page, and how it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    pub id: String,
    pub label: String,
}

/// What is offered where the pointer is now; empty outside the text, and where nothing is selected.
#[derive(Default)]
pub struct TextMenu(Mutex<Vec<Command>>);

impl TextMenu {
    /// The commands in the order they are shown.
    pub fn commands(&self) -> Vec<Command> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn offer(&self, commands: Vec<Command>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = commands;
    }
}

/// Takes what is offered from now on, `{commands: [{id, label}]}`.
pub fn offer(app: &AppHandle, request: &Value) -> Answer {
    app.state::<TextMenu>().offer(read(request)?);
    Ok(Value::Null)
}

/// Tells the page which command was chosen.
#[cfg(target_os = "linux")]
pub fn chosen(app: &AppHandle, id: &str) {
    // A page that is gone needs no command.
    let _ = app.emit("text-command", json!({ "command": id }));
}

fn read(request: &Value) -> Result<Vec<Command>, Value> {
    let wrong = || error(ErrorCode::WrongRequest, message!("shell_menu", most = MOST as i64));
    let list = request.get("commands").and_then(Value::as_array).filter(|list| list.len() <= MOST);
    let command = |one: &Value| -> Result<Command, Value> {
        Ok(Command { id: text(one, "id")?.to_owned(), label: text(one, "label")?.to_owned() })
    };
    list.ok_or_else(wrong)?.iter().map(command).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_are_those_the_page_offered_last_in_its_order() {
        let menu = TextMenu::default();
        let command = |id: &str| json!({ "id": id, "label": format!("Do {id}") });
        menu.offer(read(&json!({ "commands": [command("mark"), command("ask")] })).unwrap());
        let shown: Vec<_> = menu.commands().into_iter().map(|one| (one.id, one.label)).collect();
        assert_eq!(shown, [("mark".into(), "Do mark".into()), ("ask".into(), "Do ask".into())]);
        menu.offer(read(&json!({ "commands": [] })).unwrap());
        assert_eq!(menu.commands(), []);
    }

    #[test]
    fn what_is_no_list_of_commands_is_refused_by_what_is_missing() {
        let many = vec![json!({ "id": "a", "label": "A" }); MOST + 1];
        for request in [json!({}), json!({ "commands": "mark" }), json!({ "commands": many })] {
            assert_eq!(read(&request).unwrap_err()["code"], "wrong_request");
        }
        let missing = read(&json!({ "commands": [{ "id": "mark" }] })).unwrap_err();
        assert!(missing["message"].as_str().unwrap().contains("\"label\""));
    }
}
