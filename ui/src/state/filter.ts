// The claim list filtered and sorted. Pure.
import type { ClaimRow } from "../wire/generated";
import { markOf } from "./standing";

export interface Filter {
  standing: string;
  kind: string;
  risk: string;
  claimant: string;
  checker: string;
  /** The short name of the rating that stands. */
  rating: string;
  /** Whom it is assigned to; "none" for no one. */
  assignee: string;
  /** Words of the claim. */
  words: string;
  /** Only verdicts without evidence. */
  bare: boolean;
  /** Only verdicts that nobody else signed off. */
  alone: boolean;
  mine: boolean;
  sort: "place" | "standing" | "kind" | "risk" | "number";
}

export const NO_FILTER: Filter = {
  standing: "",
  kind: "",
  risk: "",
  claimant: "",
  checker: "",
  rating: "",
  assignee: "",
  words: "",
  bare: false,
  alone: false,
  mine: false,
  sort: "place",
};

/** Most urgent first. */
const URGENCY = ["stale", "query", "unchecked", "fails", "partly", "open", "holds"];

/** What can be filtered by beside the standings themselves. */
const OTHER_STANDINGS: Record<string, (row: ClaimRow) => boolean> = {
  query: (row) => row.openQueries > 0,
  context: (row) => row.contextOpen,
};

export function filtered(rows: readonly ClaimRow[], filter: Filter, me: string | null): ClaimRow[] {
  const kept = rows.filter(
    (row) =>
      (!filter.standing || (OTHER_STANDINGS[filter.standing]?.(row) ?? row.standing === filter.standing)) &&
      (!filter.kind || row.kind === filter.kind) &&
      (!filter.risk || row.risk === filter.risk) &&
      (!filter.claimant || row.claimant === filter.claimant) &&
      (!filter.checker || row.checker?.id === filter.checker) &&
      (!filter.rating || row.rating?.slug === filter.rating) &&
      (!filter.assignee || (row.assignee?.id ?? "none") === filter.assignee) &&
      (!filter.bare || (row.rating !== null && row.evidence === 0)) &&
      (!filter.alone || (row.standing === "checked" && row.signOffs === 0)) &&
      holds(row, filter.words) &&
      (!filter.mine || row.assignee?.id === me || (row.assignee === null && row.checker?.id === me)),
  );
  return filter.sort === "place"
    ? kept
    : kept.sort((a, b) => order(a, filter.sort) - order(b, filter.sort) || a.number - b.number || 0);
}

function order(row: ClaimRow, by: Filter["sort"]): number {
  if (by === "standing") return URGENCY.indexOf(markOf(row));
  if (by === "risk") return row.risk === "high" ? 0 : 1;
  if (by === "kind")
    return row.kind
      ? (row.kind.codePointAt(0) ?? 0) * 256 + (row.kind.codePointAt(1) ?? 0)
      : Number.MAX_SAFE_INTEGER;
  return row.number;
}

/** Whether the claim's words, as they stand or in plain form, hold all words that are sought. */
function holds(row: ClaimRow, sought: string): boolean {
  const words = `${row.quote}\n${row.assertion ?? ""}`.toLocaleLowerCase();
  return sought
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}

/** Whether anything is left out. */
export function isFiltered(filter: Filter): boolean {
  const { sort: _, ...rest } = filter;
  return Object.values(rest).some(Boolean);
}
