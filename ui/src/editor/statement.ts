// Whether two stretches of text make the same statement, as far as can be told while somebody types. The core
// decides when the text is saved; this only lets the page say at once what will happen.

const SIGNS = /[−–‒‐‑﹣－](?=\p{N})/gu;
const DASH_BETWEEN_DIGITS = /(?<=\p{N})[-–—](?=\p{N})/gu;

/** Whether `now` says what `was` says: typography alone is no difference. */
export function sameStatement(was: string, now: string): boolean {
  return was === now || bare(was) === bare(now);
}

/** The words of a statement without what is typography alone. */
function bare(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\u00ad|[\u{fe00}-\u{fe0f}]/gu, "")
    .replace(/^#{1,6} /gmu, "")
    .replace(/^(?:[-*+]|\d+[.)]) /gmu, "")
    .replace(/(?<![\p{L}\p{N}])[*_]{1,3}|[*_]{1,3}(?![\p{L}\p{N}])/gu, "")
    .replace(/(?<!\p{N})[‘’‚‛']/gu, "'")
    .replace(/(?<!\p{N})[“”„‟«»"]/gu, '"')
    .replace(DASH_BETWEEN_DIGITS, "-")
    .replace(SIGNS, "-")
    .replace(/—/gu, "–")
    .replace(/\s+/gu, " ")
    .trim();
}
