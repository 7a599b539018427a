// How a claim's standing is said and drawn: one word and one mark for each, the same in every list.
import type { Mark, EditorClaim } from "../editor/claims";
import { m } from "../paraglide/messages.js";
import type { ClaimRow } from "../wire/generated";

const FAMILIES: Record<string, Mark> = { holds: "holds", partly: "partly", fails: "fails", open: "open" };

/** The mark a claim is drawn with. A stale verdict outweighs a query, a query what is settled. */
export function markOf(row: ClaimRow): Mark {
  if (row.standing === "stale" || row.standing === "orphaned") return "stale";
  if (row.openQueries > 0) return "query";
  return row.standing === "checked" ? family(row.rating?.family) : "unchecked";
}

export function family(name: string | undefined): Mark {
  return FAMILIES[name ?? ""] ?? "open";
}

/** The mark of the verdict alone, whatever is asked beside it. */
export function verdictMark(row: ClaimRow, changed = false): Mark {
  if (row.standing === "stale" || row.standing === "orphaned" || (changed && row.rating)) return "stale";
  return row.standing === "checked" ? family(row.rating?.family) : "unchecked";
}

/** What is said of a claim's standing; `changed` while typing has changed its words. */
export function standingWords(row: ClaimRow, changed = false): string {
  if (row.standing === "orphaned") return m.standing_orphaned();
  if (row.standing === "stale") return m.standing_stale();
  if (row.standing === "unchecked") return m.standing_unchecked();
  return changed ? m.standing_will_be_stale() : (row.rating?.label ?? m.standing_checked());
}

/** Whether somebody still has to do something about it. */
export function isOpen(row: ClaimRow): boolean {
  return row.standing !== "checked" || row.openQueries > 0;
}

export function editorClaim(row: ClaimRow): EditorClaim {
  const title = row.assertion ? `${row.assertion}\n` : "";
  return {
    id: row.id,
    spans: row.spans,
    mark: markOf(row),
    judged: row.rating !== null,
    label: `${title}C${row.number} · ${standingWords(row)}`,
  };
}
