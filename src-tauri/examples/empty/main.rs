//! An empty Tauri window with one field to type in: what tests/e2e/speed.mjs holds Tickmark's start against.

fn main() {
    let context = tauri::generate_context!("examples/empty/tauri.conf.json");
    tauri::Builder::default().run(context).expect("Tauri starts with the configuration it was built with");
}
