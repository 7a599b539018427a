// A comparison as it is drawn: runs of words, cut into paragraphs. Pure.
import type { Comparison, PartDto } from "../wire/generated";

export interface Run {
  kind: string;
  text: string;
  /** Where the run begins in the newer and in the older text. */
  now: number | null;
  was: number | null;
}
/** A paragraph with its heading level, 0 for none. */
export interface Block {
  runs: Run[];
  heading: number;
}

/** The parts of one side, or of both woven into one text. */
export function blocks(comparison: Comparison, side: "old" | "new" | "both"): Block[] {
  const lines: Run[][] = [[]];
  for (const part of comparison.parts) {
    const shown = run(comparison, part, side);
    if (!shown) continue;
    shown.text.split("\n").forEach((text, at) => {
      if (at > 0) lines.push([]);
      if (text) lines.at(-1)?.push({ ...shown, text });
    });
  }
  return lines.filter((runs) => runs.some(({ text }) => text.trim())).map(block);
}

function run(comparison: Comparison, part: PartDto, side: "old" | "new" | "both"): Run | null {
  const use = side === "old" ? part.old : side === "new" ? part.new : (part.new ?? part.old);
  if (!use) return null;
  const text = side === "old" || (side === "both" && !part.new) ? comparison.oldText : comparison.newText;
  return {
    kind: part.kind,
    text: text.slice(use.start, use.end),
    now: part.new?.start ?? null,
    was: part.old?.start ?? null,
  };
}

function block(runs: Run[]): Block {
  const marks = /^(#{1,6}) +/.exec(runs.map(({ text }) => text).join(""));
  if (!marks?.[1] || runs[0]?.kind !== "kept") return { runs, heading: 0 };
  const [first, ...rest] = runs;
  return {
    runs: first ? [{ ...first, text: first.text.replace(/^#{1,6} +/, "") }, ...rest] : rest,
    heading: Math.min(marks[1].length, 3),
  };
}
