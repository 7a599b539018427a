//! How the window looks: theme and zoom, kept beside the desk and not in it, because they
//! are needed before any desk is open and belong to this machine's screen. A file that is
//! missing or damaged means the defaults; it is never a reason not to start.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use tauri::Theme;

/// The zoom factors the window takes, smallest and largest.
pub const ZOOM: std::ops::RangeInclusive<f64> = 0.5..=3.0;

/// The theme and zoom that a person chose.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// `light`, `dark`, `contrast` or `system`. Contrast is the page's own palette.
    pub theme: String,
    /// 1.0 is as designed; within [`ZOOM`].
    pub zoom: f64,
}

/// What was chosen, and the file that stores it.
pub struct Appearance {
    file: PathBuf,
    chosen: Mutex<Chosen>,
}

impl Appearance {
    /// Reads what was remembered, or takes the defaults.
    pub fn read(file: PathBuf) -> Appearance {
        let kept = std::fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Appearance { file, chosen: Mutex::new(Chosen::from_json(&kept.unwrap_or(Value::Null))) }
    }

    /// What is chosen now.
    pub fn get(&self) -> Chosen {
        self.chosen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes the look and remembers it. That it could not be remembered is no error to
    /// the person: the window shows the change all the same.
    pub fn change(&self, change: impl FnOnce(&mut Chosen)) -> Chosen {
        let mut chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut chosen);
        if let Some(folder) = self.file.parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        let _ = std::fs::write(&self.file, json!({ "theme": chosen.theme, "zoom": chosen.zoom }).to_string());
        chosen.clone()
    }
}

impl Chosen {
    fn from_json(kept: &Value) -> Chosen {
        let theme = kept.get("theme").and_then(Value::as_str).filter(|name| is_theme(name));
        let zoom = kept.get("zoom").and_then(Value::as_f64).unwrap_or(1.0);
        Chosen { theme: theme.unwrap_or("system").into(), zoom: zoom.clamp(*ZOOM.start(), *ZOOM.end()) }
    }

    /// The theme to ask the system for; `None` follows the system.
    pub fn system_theme(&self) -> Option<Theme> {
        match self.theme.as_str() {
            "light" => Some(Theme::Light),
            "dark" => Some(Theme::Dark),
            _ => None,
        }
    }
}

/// Whether the page may choose this theme.
pub fn is_theme(name: &str) -> bool {
    ["light", "dark", "contrast", "system"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_file_means_the_defaults() {
        let plain = Chosen { theme: "system".into(), zoom: 1.0 };
        assert_eq!(Chosen::from_json(&Value::Null), plain);
        assert_eq!(Chosen::from_json(&json!({ "theme": "pink", "zoom": "big" })), plain);
    }

    #[test]
    fn a_zoom_beyond_reason_is_brought_back() {
        assert_eq!(Chosen::from_json(&json!({ "zoom": 900 })).zoom, 3.0);
    }

    #[test]
    fn a_change_is_there_at_the_next_start() {
        let folder = std::env::temp_dir().join(format!("tickmark-appearance-{}", std::process::id()));
        let file = folder.join("appearance.json");
        Appearance::read(file.clone()).change(|chosen| chosen.theme = "dark".into());
        assert_eq!(Appearance::read(file).get().system_theme(), Some(Theme::Dark));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
