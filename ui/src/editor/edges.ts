// The edges of a claim, moved by whole words and sentences. Pure: offsets are UTF-16, in the text that is given.
import { once } from "../once";
import type { Stretch } from "./words";

/** Which edge is moved, which way, by what. */
export interface EdgeMove {
  edge: "start" | "end";
  step: 1 | -1;
  unit: "word" | "sentence";
}

const segmenters = {
  word: once(() => new Intl.Segmenter(undefined, { granularity: "word" })),
  sentence: once(() => new Intl.Segmenter(undefined, { granularity: "sentence" })),
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

/** How far words and sentences are looked for: breaking up a text costs more than its length. In UTF-16 units. */
const REACH = 2_000;

/** The place where the line with words before or after `at` breaks, within what is near. */
function lineBreak(near: string, at: number, step: 1 | -1): number {
  const found = step > 0 ? /^\s*[^\n]*/.exec(near) : /[^\n]*\s*$/.exec(near);
  const length = found?.[0].length ?? 0;
  return step > 0 ? at + length : at - length;
}

/** Where words or sentences begin or end, in the line of `at`, or in the next where it stands at its end. */
function stopsAround(text: string, at: number, unit: "word" | "sentence", edge: "start" | "end"): number[] {
  const begin = lineBreak(text.slice(Math.max(0, at - REACH), at), at, -1);
  const end = lineBreak(text.slice(at, at + REACH), at, 1);
  const piece = text.slice(begin, end);
  const stops: number[] = [];
  for (const { segment, index, isWordLike } of segmenters[unit]().segment(piece)) {
    if (unit === "word" && !isWordLike) continue;
    const lead = segment.length - segment.trimStart().length;
    const tail = index + segment.trimEnd().length;
    if (segment.trim()) stops.push(begin + (edge === "start" ? index + lead : tail));
  }
  return stops;
}
