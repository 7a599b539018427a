// The words of a message that the core made, from the page's own catalogue. The catalogue is fetched when it is first needed, or
// a moment after the start; what shows a message before that is drawn again when it is here.
import { m } from "../paraglide/messages.js";
import type { MessageArg, MessageDto } from "./generated";

type Words = (inputs: Record<string, unknown>) => string;

let catalogue = $state.raw<Record<string, Words | undefined> | null>(null);
let fetching: Promise<void> | null = null;

/** Fetches the catalogue, unless it is here or on its way. */
export function fetchWords(): Promise<void> {
  return (fetching ??= import("./catalogue").then((all) => {
    catalogue = all.catalogue as unknown as Record<string, Words | undefined>;
  }));
}

/** A message in the language of the page; nothing until the catalogue is here. A code that this page does not know is shown with its arguments, so nothing is lost. */
export function words({ code, args = {} }: MessageDto): string {
  if (!catalogue) {
    void fetchWords();
    return "";
  }
  const all = Object.entries(args).map(([name, value]) => [name, value ?? ""] as const);
  const known = catalogue[code];
  if (known) {
    const inputs = all.map(([name, value]) => [
      name,
      typeof value === "string" ? fenced(value) : shown(value),
    ]);
    return withoutFences(known(Object.fromEntries(inputs)));
  }
  const rest = all
    .map(([name, value]) => [name, shown(value)] as const)
    .map(([name, value]) => `${name}: ${value}`);
  return rest.length ? `${code} (${rest.join("; ")})` : code;
}

function shown(value: MessageArg): string | number {
  if (Array.isArray(value)) return value.map(words).join(m.list_separator());
  return typeof value === "object" ? words(value) : value;
}

/** A text between two characters of private use, so that the quotation marks around it are found. */
const fenced = (text: string) => `\ue000${text.replaceAll(/[\ue000\ue001]/g, "")}\ue001`;
const FENCED = /(.?)\ue000([^\ue000\ue001]*)\ue001(.?)/gsu;
/** Quotation marks that belong together, and the pair for words that have quotation marks of their own. */
const SINGLE: Record<string, string> = {
  "“”": "‘’",
  "„“": "‚‘",
  "«»": "‹›",
  "»«": "›‹",
  "””": "’’",
  "»»": "››",
  "「」": "『』",
  '""': "''",
};
const HAS_MARKS = /[“”„«»「」"]/;

/** Removes the fences. No quotation mark is doubled: words that are a quotation already get no others. The core does the same. */
function withoutFences(text: string): string {
  return text.replaceAll(FENCED, (_, before: string, words: string, after: string) => {
    const single = SINGLE[before + after];
    if (!single || !HAS_MARKS.test(words)) return before + words + after;
    return isQuotation(words) ? words : single.charAt(0) + words + single.charAt(1);
  });
}

function isQuotation(words: string): boolean {
  const bare = words.trim();
  const [open, close, inner] = [bare.charAt(0), bare.slice(1).slice(-1), bare.slice(1, -1)];
  return open + close in SINGLE && !inner.includes(open) && !inner.includes(close);
}

/** The page's words for something that the core names, such as a format; what the core says of it where the page has none. */
export function wordsFor(code: string, said: string): string {
  return catalogue?.[code]?.({}) ?? said;
}
