// What of the text is selected to be marked: every selected stretch, without the blanks at its ends, never cutting a
// grapheme in two.
import type { EditorState } from "@codemirror/state";
import { once } from "../once";
import type { Stretch } from "./words";

const graphemes = once(() => new Intl.Segmenter(undefined, { granularity: "grapheme" }));

/** The selected stretches in reading order; empty where nothing but blanks is selected. */
export function selectedSpans(state: EditorState): Stretch[] {
  return state.selection.ranges
    .filter((range) => !range.empty)
    .map((range) =>
      trimmed(state, { start: snap(state, range.from, false), end: snap(state, range.to, true) }),
    )
    .filter((span) => span.start < span.end);
}

function trimmed(state: EditorState, span: Stretch): Stretch {
  const text = state.sliceDoc(span.start, span.end);
  const lead = text.length - text.trimStart().length;
  const tail = text.length - text.trimEnd().length;
  const heading = /^#{1,6} +/.exec(text.trimStart());
  const atLine = state.doc.lineAt(span.start).from === span.start;
  const marks = heading && atLine && lead === 0 ? heading[0].length : 0;
  return { start: Math.min(span.start + lead + marks, span.end), end: Math.max(span.end - tail, span.start) };
}

/** The nearest grapheme boundary at or outside of `at`. */
function snap(state: EditorState, at: number, forward: boolean): number {
  const line = state.doc.lineAt(at);
  const inside = at - line.from;
  if (inside <= 0 || inside >= line.length) return at;
  const around = graphemes().segment(line.text).containing(inside);
  if (!around || around.index === inside) return at;
  return line.from + (forward ? around.index + around.segment.length : around.index);
}
