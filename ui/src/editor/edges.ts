// The edges of a claim, moved by whole words and sentences. Pure: offsets are UTF-16, in the text that is given.
import type { Stretch } from "./words";

/** Which edge is moved, which way, by what. */
export interface EdgeMove {
  edge: "start" | "end";
  step: 1 | -1;
  unit: "word" | "sentence";
}

const segmenters = {
  word: new Intl.Segmenter(undefined, { granularity: "word" }),
  sentence: new Intl.Segmenter(undefined, { granularity: "sentence" }),
};

/** The stretch with its edge moved; the same stretch where nothing is left to move over, or nothing would be left of it. */
export function movedEdge(text: string, span: Stretch, { edge, step, unit }: EdgeMove): Stretch {
  const from = span[edge];
  const stops = stopsAround(text, from, unit, edge);
  const next = step > 0 ? stops.find((at) => at > from) : stops.findLast((at) => at < from);
  const moved = { ...span, [edge]: next ?? from };
  return moved.start < moved.end ? moved : span;
}

/** The nearest place where a word begins (for a start) or ends (for an end), none between two words of a line. */
export function nearestEdge(text: string, at: number, edge: "start" | "end"): number {
  const stops = stopsAround(text, at, "word", edge);
  const distance = (stop: number) => Math.abs(stop - at);
  return stops.reduce((best, stop) => (distance(stop) < distance(best) ? stop : best), stops[0] ?? at);
}

/** Where words or sentences begin or end, in the paragraph of `at` and those next to it. */
function stopsAround(text: string, at: number, unit: "word" | "sentence", edge: "start" | "end"): number[] {
  const before = text.lastIndexOf("\n\n", Math.max(0, text.lastIndexOf("\n\n", at - 1) - 1));
  const begin = before < 0 ? 0 : before;
  const after = text.indexOf("\n\n", at + 2);
  const last = after < 0 ? text.length : text.indexOf("\n\n", after + 2);
  const piece = text.slice(begin, last < 0 ? text.length : last);
  const stops: number[] = [];
  for (const { segment, index, isWordLike } of segmenters[unit].segment(piece)) {
    if (unit === "word" && !isWordLike) continue;
    const lead = segment.length - segment.trimStart().length;
    const end = index + segment.trimEnd().length;
    if (segment.trim()) stops.push(begin + (edge === "start" ? index + lead : end));
  }
  return stops;
}
