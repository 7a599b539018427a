// The words of a message that the core made, from the page's own catalogue.
import { m } from "../paraglide/messages.js";
import type { MessageArg, MessageDto } from "./generated";

type Words = (inputs: Record<string, unknown>) => string;
const catalogue = m as unknown as Record<string, Words | undefined>;

/** A message in the language of the page. A code that this page does not know is shown with its arguments, so nothing is lost. */
export function words({ code, args = {} }: MessageDto): string {
  const inputs = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, shown(value ?? "")]));
  const known = catalogue[code];
  if (known) return known(inputs);
  const rest = Object.entries(inputs).map(([name, value]) => `${name}: ${value}`);
  return rest.length ? `${code} (${rest.join("; ")})` : code;
}

function shown(value: MessageArg): string | number {
  if (Array.isArray(value)) return value.map(words).join(m.list_separator());
  return typeof value === "object" ? words(value) : value;
}

/** The page's words for something that the core names, such as a format; what the core says of it where the page has none. */
export function wordsFor(code: string, said: string): string {
  return catalogue[code]?.({}) ?? said;
}
