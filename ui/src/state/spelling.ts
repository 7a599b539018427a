// In which language the system checks the spelling of what is written.
import { call } from "../wire/client";

let begun = false;
/** The language of the open article as BCP 47 has it; empty where it is not known, or none is open. */
let language = "";
/** The language that the system was told last; null where it was told none. */
let told: string | null = null;

/** Checks the spelling in a language from now on, once the checking has begun. */
export function checkIn(other: string | null): void {
  language = other ?? "";
  tell();
}

/** Begins to check. The system reads its dictionaries then, and no key gets through meanwhile: the start comes first. */
export function beginChecking(): void {
  begun = true;
  tell();
}

function tell(): void {
  if (!begun || language === told) return;
  told = language;
  // The next reading of an article tells it again.
  void call("shell.language", { language }).catch(() => (told = null));
}
