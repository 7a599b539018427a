// Who wrote which words, in the desk in memory: what a revision kept stays with whoever wrote it before.
import type { AuthoredDto } from "../generated";
import type { Revision } from "./state";
import { diff } from "./text";

export function authored(revisions: readonly Revision[]): AuthoredDto[] {
  let known: AuthoredDto[] = [];
  let before = "";
  for (const { row, text } of revisions) {
    const by = { revision: row.id, number: row.number, by: row.by, at: row.at };
    known = diff(before, text).flatMap(({ kind, old, new: now }) => {
      if (now.start === now.end) return [];
      if (kind !== "kept") return [{ ...by, span: now }];
      const cut = known.filter(({ span }) => span.start < old.end && span.end > old.start);
      return cut.map((one) => ({
        ...one,
        span: {
          start: Math.max(one.span.start, old.start) - old.start + now.start,
          end: Math.min(one.span.end, old.end) - old.start + now.start,
        },
      }));
    });
    before = text;
  }
  return known;
}
