// What the form for a contact says, wherever it stands.
import { m } from "../paraglide/messages.js";

export function contactWords() {
  return {
    name: m.contact_name(),
    key: m.contact_key(),
    hint: m.contact_key_hint(),
    file: m.contact_file(),
    add: m.contact_add(),
    cancel: m.cancel(),
  };
}
