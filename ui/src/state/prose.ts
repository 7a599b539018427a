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
    let past = 0;
    shown.text.split("\n").forEach((text, at) => {
      if (at > 0) lines.push([]);
      const beyond = (place: number | null) => (place === null ? null : place + past);
      if (text) lines.at(-1)?.push({ ...shown, text, now: beyond(shown.now), was: beyond(shown.was) });
      past += text.length + 1;
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

/** Paragraphs of the older and the newer text side by side; those that share kept words stand in one row. */
export function rows(comparison: Comparison): { old: Block | null; new: Block | null }[] {
  const older = blocks(comparison, "old");
  const newer = blocks(comparison, "new");
  const paired: { old: Block | null; new: Block | null }[] = [];
  let next = 0;
  for (const block of older) {
    const mate = newer.findIndex((other, at) => at >= next && shares(block, other));
    if (mate >= 0) {
      for (const added of newer.slice(next, mate)) paired.push({ old: null, new: added });
      next = mate + 1;
    }
    paired.push({ old: block, new: mate < 0 ? null : (newer[mate] ?? null) });
  }
  return [...paired, ...newer.slice(next).map((added) => ({ old: null, new: added }))];
}

/** Whether two paragraphs share a kept run, which has the same place in both texts. */
function shares(old: Block, now: Block): boolean {
  const kept = new Set(
    old.runs.filter(({ kind, text }) => kind === "kept" && text.trim()).map(({ now: at }) => at),
  );
  return now.runs.some(({ kind, text, now: at }) => kind === "kept" && text.trim() !== "" && kept.has(at));
}
