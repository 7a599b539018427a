// In which language the system checks the spelling of what is written.
import { call } from "../wire/client";

/** The language of the open article as BCP 47 has it; empty where it is not known, or none is open. */
let language = "";
/** The language that the system was told; null before the first. */
let told: string | null = null;

/** Checks the spelling in a language from now on, once the checking has begun. */
export function checkIn(other: string | null): void {
  language = other ?? "";
  if (told !== null) beginChecking();
}

/** Begins to check. The system reads its dictionaries then, and no key gets through meanwhile: the start comes first. */
export function beginChecking(): void {
  if (language === told) return;
  told = language;
  void call("shell.language", { language }).catch(() => undefined);
}
