// The ways and the terms of a conversation, in words.
import type { ConversationMode, Terms } from "../wire/generated";
import { m } from "../paraglide/messages.js";

export const HOWS = [
  "phone",
  "in-person",
  "video",
  "mail",
  "message",
] as const satisfies readonly ConversationMode[];
export const TERMS = ["record", "background", "off"] as const satisfies readonly Terms[];

const HOW_WORDS: Record<ConversationMode, () => string> = {
  phone: m.how_phone,
  "in-person": m.how_in_person,
  video: m.how_video,
  mail: m.how_mail,
  message: m.how_message,
};
const TERM_WORDS: Record<Terms, () => string> = {
  record: m.terms_record,
  background: m.terms_background,
  off: m.terms_off,
};

export const howWords = (how: ConversationMode): string => HOW_WORDS[how]();
export const termsWords = (terms: Terms): string => TERM_WORDS[terms]();
