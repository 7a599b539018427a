// Text work of the desk in memory: simple, bounded, honest. The core's own is far better; nothing here ships.
import type { ChangeSet } from "@codemirror/state";
import type { InfoDto, LeftOutDto, PartDto, RecognisedDto, SpanDto } from "../generated";

/** A change as stretches: where the old text stands in the new one. */
export interface Step {
  kind: "kept" | "deleted" | "inserted";
  old: SpanDto;
  new: SpanDto;
}

/** Words and blanks, so that a comparison reads like prose. */
export function pieces(text: string): string[] {
  return text.match(/\n+|[^\S\n]+|[\p{L}\p{N}]+(?:[.,'’:-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu) ?? [];
}

/** A word diff: equal head and tail, and between them the longest common subsequence where that is affordable. */
export function diff(from: string, to: string): Step[] {
  const a = pieces(from);
  const b = pieces(to);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail += 1;
  const kinds = [
    ...Array<Step["kind"]>(head).fill("kept"),
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...Array<Step["kind"]>(tail).fill("kept"),
  ];
  return steps(kinds, a, b);
}

function middle(a: string[], b: string[]): Step["kind"][] {
  if (a.length * b.length > 4_000_000) {
    return [...a.map(() => "deleted" as const), ...b.map(() => "inserted" as const)];
  }
  const rows = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = rows[i] as Uint32Array;
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const kinds: Step["kind"][] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      kinds.push("kept");
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      kinds.push("deleted");
      i += 1;
    } else {
      kinds.push("inserted");
      j += 1;
    }
  }
  return kinds;
}

function steps(kinds: Step["kind"][], a: string[], b: string[]): Step[] {
  const all: Step[] = [];
  let [i, j, old, now] = [0, 0, 0, 0];
  for (const kind of kinds) {
    const took = kind === "inserted" ? 0 : (a[i++]?.length ?? 0);
    const gave = kind === "deleted" ? 0 : (b[j++]?.length ?? 0);
    const last = all.at(-1);
    if (last?.kind === kind) {
      last.old.end += took;
      last.new.end += gave;
    } else {
      all.push({ kind, old: { start: old, end: old + took }, new: { start: now, end: now + gave } });
    }
    old += took;
    now += gave;
  }
  return all;
}

/** Where the kept stretches put a place. */
export function mapThrough(all: Step[], at: number, end: boolean): number {
  for (const step of all) {
    const within = end
      ? at > step.old.start && at <= step.old.end
      : at >= step.old.start && at < step.old.end;
    if (!within) continue;
    if (step.kind === "kept") return step.new.start + at - step.old.start;
    return end ? step.new.start : step.new.end;
  }
  return all.at(-1)?.new.end ?? 0;
}

/** The steps of an exact change set. */
export function stepsOf(changes: ChangeSet): Step[] {
  const all: Step[] = [];
  changes.iterChanges((fromA, toA, fromB, toB) => {
    const last = all.at(-1);
    const [old, now] = [last?.old.end ?? 0, last?.new.end ?? 0];
    if (fromA > old)
      all.push({ kind: "kept", old: { start: old, end: fromA }, new: { start: now, end: fromB } });
    if (toA > fromA)
      all.push({ kind: "deleted", old: { start: fromA, end: toA }, new: { start: fromB, end: fromB } });
    if (toB > fromB)
      all.push({ kind: "inserted", old: { start: toA, end: toA }, new: { start: fromB, end: toB } });
  }, true);
  return all;
}

export function parts(all: Step[]): PartDto[] {
  return all.map((step) => ({
    kind: step.kind,
    old: step.kind === "inserted" ? null : step.old,
    new: step.kind === "deleted" ? null : step.new,
    pair: null,
  }));
}

/** Recognises the shape of a pasted article: its headline, and a few lines about it. */
export function recognise(
  input: string,
  asIs: boolean,
): {
  text: string;
  info: Partial<InfoDto>;
  leftOut: LeftOutDto[];
  recognised: RecognisedDto[];
} {
  const clean = input.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  if (asIs) return { text: clean.trimEnd(), info: {}, leftOut: [], recognised: [] };
  const info: Partial<InfoDto> = {};
  const leftOut: LeftOutDto[] = [];
  const kept: string[] = [];
  clean.split("\n").forEach((line, index) => {
    const why = about(line.trim(), info);
    if (why) leftOut.push({ line: index + 1, text: line, why });
    else kept.push(line.trim());
  });
  const blocks = joined(kept);
  const first = blocks[0];
  if (first && !first.startsWith("#") && first.length < 160 && blocks.length > 1) blocks[0] = `# ${first}`;
  const text = blocks.join("\n\n");
  const headline = text.startsWith("# ")
    ? [{ kind: "headline", span: { start: 0, end: text.indexOf("\n") } }]
    : [];
  return { text, info, leftOut, recognised: headline };
}

function about(line: string, info: Partial<InfoDto>): string | null {
  const date = /^Date:\s*(.+)$/i.exec(line)?.[1];
  if (date) {
    const day = new Date(`${date} UTC`);
    info.date = Number.isNaN(day.getTime()) ? date : day.toISOString().slice(0, 10);
    return "date";
  }
  const by = /^By\s+(\p{Lu}[\p{L}.-]+(?:\s\p{Lu}[\p{L}.-]+)+)$/u.exec(line)?.[1];
  if (by) {
    info.byline = by;
    return "byline";
  }
  const place = /^(?:Location|Place):\s*(.+)$/i.exec(line)?.[1];
  if (place) {
    info.place = place.replace(/^📍\s*/u, "");
    return "place";
  }
  if (/^\d+ Comments?$/i.test(line)) return "furniture";
  return null;
}

function joined(lines: string[]): string[] {
  const blocks: string[] = [];
  let open = false;
  for (const line of lines) {
    if (!line) open = false;
    else if (open) blocks[blocks.length - 1] += ` ${line}`;
    else blocks.push(line);
    open = line !== "" && !line.startsWith("#") && !/[.!?…"”»]$/u.test(line);
  }
  return blocks;
}
