// Where words end, by the same rule as the core: a number keeps its sign, currency, percent sign and unit, a
// compound is one word, and scripts without blanks are cut by character, but their numbers are whole. It compares
// nothing and knows no claim.

/** How far around a place a word is looked for, in UTF-8 bytes, as in the core. */
const REACH = 128;

/** Invisible and combining characters, which belong to the character before them; what a character class holds. */
const EXTENDS = String.raw`\u00ad\u061c\u200b-\u200f\u2060\ufeff\p{M}`;
const HAN_POWERS = "十百千万萬亿億兆";
const HAN_NUMERALS = `〇零一二三四五六七八九两兩廿卅${HAN_POWERS}`;

const WORDLY = /[\p{L}\p{N}\p{Alphabetic}]/u;
const EXTEND = new RegExp(`[${EXTENDS}]`, "u");
/** What is one character with the mark before it. */
const JOINED = /[\u200c\u200d\p{M}]/u;
const NUMERIC = /\p{N}/u;
const CURRENCY = /\p{Sc}/u;
const SIGN = /[-+±−‐‑‒–﹣－＋]/u;
const HAN_NUMERAL = new RegExp(`[${HAN_NUMERALS}]`, "u");
const HAN_NUMBER = new RegExp(String.raw`[${HAN_NUMERALS}${EXTENDS}\p{N}]`, "u");
const HAN_POWER = new RegExp(`[${HAN_POWERS}]`, "u");
const BLANK = /\s/u;
const SPACELESS =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;

/** A stretch of a text in UTF-16 units, end exclusive. */
export interface Stretch {
  start: number;
  end: number;
}

/** The word that lies on both sides of `at`, if one does. */
export function wordAcross(text: string, at: number): Stretch | null {
  const from = reachBack(text, at);
  const to = reachOn(text, at);
  for (let next = from; next < to;) {
    const end = Math.min(tokenEnd(text, next, from), to);
    if (next < at && at < end) return { start: next, end };
    if (end >= at) return null;
    next = end;
  }
  return null;
}

/** The words of a text, without marks and blanks. */
export function words(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (let at = 0; at < text.length;) {
    const end = tokenEnd(text, at, 0);
    if (isWord(text, at, end)) found.push({ start: at, end });
    at = end;
  }
  return found;
}

function isWord(text: string, at: number, end: number): boolean {
  const first = charAt(text, at);
  return wordly(first) || (end - at > first.length && NUMERIC.test(text.slice(at, end)));
}

function reachBack(text: string, at: number): number {
  let from = at;
  for (let bytes = 0; from > 0;) {
    const char = charBefore(text, from);
    bytes += byteLength(char);
    if (bytes > REACH) break;
    from -= char.length;
    if (BLANK.test(char)) break;
  }
  return from;
}

function reachOn(text: string, at: number): number {
  let to = at;
  for (let bytes = 0; to < text.length;) {
    const char = charAt(text, to);
    bytes += byteLength(char);
    if (bytes > REACH || BLANK.test(char)) break;
    to += char.length;
  }
  return to;
}

function tokenEnd(text: string, at: number, floor: number): number {
  const first = charAt(text, at);
  const head = numberHead(text, at, first, floor);
  if (head !== null) return wordEnd(text, head);
  if (BLANK.test(first)) return runEnd(text, at, BLANK);
  if (HAN_NUMERAL.test(first)) return runEnd(text, at, HAN_NUMBER);
  if (SPACELESS.test(first) && !NUMERIC.test(first)) return runEnd(text, at + first.length, EXTEND);
  if (wordly(first)) return wordEnd(text, at);
  return runEnd(text, at + first.length, JOINED);
}

function numberHead(text: string, at: number, first: string, floor: number): number | null {
  const sign = SIGN.test(first);
  if (!sign && !CURRENCY.test(first)) return null;
  const before = at > floor ? charBefore(text, at) : "";
  const glued = sign && (wordly(before) || before === "%");
  let head = at + first.length;
  const second = charAt(text, head);
  if (second && SIGN.test(second) !== sign && (SIGN.test(second) || CURRENCY.test(second))) {
    head += second.length;
  }
  return !glued && NUMERIC.test(charAt(text, head)) ? head : null;
}

function wordEnd(text: string, at: number): number {
  let end = at;
  let last = "";
  for (let char = charAt(text, end); char; char = charAt(text, end)) {
    const next = charAt(text, end + char.length);
    if (wordly(char) && (!SPACELESS.test(char) || goesOn(last, char))) {
      last = EXTEND.test(char) ? last : char;
    } else if (NUMERIC.test(last) && (/[%‰°％]/u.test(char) || CURRENCY.test(char))) {
      last = char;
    } else if (!joins(last, char, next)) {
      break;
    }
    end += char.length;
  }
  return end;
}

/** Whether a character of a script without blanks goes on with the number whose last character is `last`. */
function goesOn(last: string, char: string): boolean {
  if (NUMERIC.test(char)) return !last || NUMERIC.test(last);
  return HAN_POWER.test(char) && (NUMERIC.test(last) || HAN_POWER.test(last));
}

function joins(last: string, mark: string, next: string): boolean {
  if (!last || !next) return false;
  const digits = NUMERIC.test(last) && NUMERIC.test(next);
  if (/[.,:/–٫٬]/u.test(mark)) return digits;
  if (/['’ʼ\-‐‑_·]/u.test(mark)) {
    return WORDLY.test(last) && WORDLY.test(next) && (digits || !SPACELESS.test(next));
  }
  return CURRENCY.test(mark) && /\p{Alphabetic}/u.test(last) && NUMERIC.test(next);
}

function runEnd(text: string, at: number, holds: RegExp): number {
  let end = at;
  for (let char = charAt(text, end); char && holds.test(char); char = charAt(text, end)) end += char.length;
  return end;
}

function wordly(char: string): boolean {
  return char !== "" && (WORDLY.test(char) || EXTEND.test(char));
}

function charAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? "" : String.fromCodePoint(code);
}

function charBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  const pair = low >= 0xdc00 && low <= 0xdfff && at > 1;
  return charAt(text, pair ? at - 2 : at - 1);
}

function byteLength(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
