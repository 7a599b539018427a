// Claims that overlap or nest are cut into disjoint segments, each with the claims that lie on it; every claim keeps
// one lane of underline over its whole length, so that two underlines never cross.
import type { Stretch } from "./words";

/** One span of a claim with what is needed to draw it. */
export interface Drawn<T> extends Stretch {
  claim: T;
}

/** A stretch on which the same claims lie throughout. */
export interface Segment<T> extends Stretch {
  on: { claim: T; lane: number }[];
}

/** Cuts `spans` at each other's ends, in reading order. */
export function segments<T>(spans: readonly Drawn<T>[]): Segment<T>[] {
  const laned = lanes(spans);
  const cuts = [...new Set(laned.flatMap((span) => [span.start, span.end]))].sort((a, b) => a - b);
  const cut: Segment<T>[] = [];
  let first = 0;
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const start = cuts[i] as number;
    const end = cuts[i + 1] as number;
    while (first < laned.length && (laned[first]?.end ?? 0) <= start) first += 1;
    const on: Segment<T>["on"] = [];
    for (let s = first; s < laned.length; s += 1) {
      const span = laned[s];
      if (!span || span.start >= end) break;
      if (span.end > start) on.push({ claim: span.claim, lane: span.lane });
    }
    if (on.length > 0) cut.push({ start, end, on });
  }
  return cut;
}

/** Gives each span the lowest lane that is free where it begins; wider spans come first. */
function lanes<T>(spans: readonly Drawn<T>[]): (Drawn<T> & { lane: number })[] {
  const sorted = spans
    .filter((span) => span.start < span.end)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const free: number[] = [];
  return sorted.map((span) => {
    const open = free.findIndex((end) => end <= span.start);
    const lane = open < 0 ? free.length : open;
    free[lane] = span.end;
    return { ...span, lane };
  });
}
