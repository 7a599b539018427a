// The ways and the terms of a conversation, in words.
import { m } from "../paraglide/messages.js";

export const HOWS = ["phone", "in-person", "video", "mail", "message"] as const;
export const TERMS = ["record", "background", "off"] as const;

const HOW_WORDS: Record<string, () => string> = {
  phone: m.how_phone,
  "in-person": m.how_in_person,
  video: m.how_video,
  mail: m.how_mail,
  message: m.how_message,
};
const TERM_WORDS: Record<string, () => string> = {
  record: m.terms_record,
  background: m.terms_background,
  off: m.terms_off,
};

/** A word this page does not know is told as it came. */
export const howWords = (how: string): string => HOW_WORDS[how]?.() ?? how;
export const termsWords = (terms: string): string => TERM_WORDS[terms]?.() ?? terms;
