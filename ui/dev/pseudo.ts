// A pseudo-language, in the browser tests only: every text of the catalogue is accented, about 40 % longer, and marked,
// so that a test sees what is left in English and what has no room (tests/ui/pseudo.test.ts). It changes the compiled
// messages while the page is built.
//
//   Saved by {name}     ⟦Şȧṽḗḓ ƀẏ ⟨{name}⟩ ẋẋẋẋ⟧
import type { Plugin } from "vite";

const PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ACCENTED = [..."ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ"];
const LONGER = 0.4;
const PAD = "ẋ";
/** Padding comes in words of this many letters, so that it wraps as words do. */
const WORD = 6;

/** Template literals as the compiler of the messages writes them, and the arguments in them. */
const TEXT = /\(`((?:[^`\\]|\\.)*)`\)/g;
const ARGUMENT = /(\$\{[^}]*\})/;

export function pseudo(): Plugin {
  return {
    name: "tickmark-pseudo",
    transform(code, id) {
      if (!/\/paraglide\/messages\/[^/]+\.js$/.test(id)) return null;
      return { code: code.replace(TEXT, (_, text: string) => `(\`${pseudoText(text)}\`)`), map: null };
    },
  };
}

/** The source of a message in the pseudo-language. A message of spaces and signs alone, such as a separator, is only marked. */
function pseudoText(text: string): string {
  const parts = text.split(ARGUMENT);
  const letters = parts.filter((part) => !ARGUMENT.test(part)).join("").length;
  const said = parts.map((part) => (ARGUMENT.test(part) ? `⟨${part}⟩` : accented(part))).join("");
  return /[a-z]/i.test(text.replace(new RegExp(ARGUMENT, "g"), ""))
    ? `⟦${said}${padding(letters)}⟧`
    : `⟦${said}⟧`;
}

/** Letters in their accented form; what a backslash escapes stays. */
function accented(part: string): string {
  return part.replace(/\\.|[a-z]/gi, (one) => (one.length > 1 ? one : (ACCENTED[PLAIN.indexOf(one)] ?? one)));
}

function padding(letters: number): string {
  const all = PAD.repeat(Math.ceil(letters * LONGER));
  return ` ${(all.match(new RegExp(`.{1,${WORD}}`, "g")) ?? []).join(" ")}`;
}
