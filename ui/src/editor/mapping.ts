// Where claims stand after an edit whose exact changes are known. Pure: it looks for nothing that was deleted and
// judges no verdict; the core does both when the text is saved, and its own mapping is held equal to this one.
import type { ChangeDesc, Text } from "@codemirror/state";
import { wordAcross, type Stretch } from "./words";

/** How much text around a place is enough to know the word there: more than the reach of a word on both sides. */
const AROUND = 160;

/**
 * Maps spans of `before` to `after`. Starts stay with what follows, ends with what precedes, so that typing beside a
 * claim stays outside; but typing that touches its first or last word without a break grows it to the whole word.
 * A span that was emptied is left out.
 */
export function mapClaims(
  spans: readonly Stretch[],
  changes: ChangeDesc,
  before: Text,
  after: Text,
): Stretch[] {
  const mapped: Stretch[] = [];
  for (const span of spans) {
    const start = changes.mapPos(span.start, 1);
    const end = changes.mapPos(span.end, -1);
    if (start >= end) continue;
    const grows = (edge: number) => reaches(changes, edge, before) && !across(before, edge);
    mapped.push({
      start: grows(span.start) ? (across(after, start)?.start ?? start) : start,
      end: grows(span.end) ? (across(after, end)?.end ?? end) : end,
    });
  }
  return mapped;
}

/** Whether a change may be in one word with a place: near it, and no blank that stays is between them. */
function reaches(changes: ChangeDesc, at: number, before: Text): boolean {
  let found = false;
  changes.iterChangedRanges((from, to) => {
    const [start, end] = to < at ? [to, at] : [at, Math.max(at, from)];
    found ||= end - start <= AROUND && !/\s/u.test(before.sliceString(start, end));
  });
  return found;
}

function across(text: Text, at: number): Stretch | null {
  const from = Math.max(0, at - AROUND);
  const word = wordAcross(text.sliceString(from, Math.min(text.length, at + AROUND)), at - from);
  return word && { start: word.start + from, end: word.end + from };
}
