// How a claim's standing is said and drawn: one word and one mark for each, the same in every list.
import type { Mark, EditorClaim, Foretold } from "../editor/claims";
import { m } from "../paraglide/messages.js";
import type { ClaimRow, EffectDto, Family, MessageDto } from "../wire/generated";

/** What the typing that is not saved will do to a claim, where it does something. */
type Typed = EffectDto | undefined;

/** The mark a claim is drawn with. A stale verdict outweighs a query, a query what is settled. */
export function markOf(row: ClaimRow, typed?: Typed): Mark {
  const mark = verdictMark(row, typed);
  return mark !== "stale" && row.openQueries > 0 ? "query" : mark;
}

/** The mark of a rating's family: they have the same names. */
export function family(name: Family | undefined): Mark {
  return name ?? "open";
}

/** The mark of the verdict alone, whatever is asked beside it. */
export function verdictMark(row: ClaimRow, typed?: Typed): Mark {
  const standing = typed?.standing ?? row.standing;
  if (standing === "stale" || standing === "orphaned") return "stale";
  return standing === "checked" ? family(row.rating?.family) : "unchecked";
}

/** What is said of a claim's standing: what the typing will do to it where that is something else than it is. */
export function standingWords(row: ClaimRow, typed?: Typed): string {
  if (typed && typed.standing !== row.standing) {
    if (typed.standing === "orphaned") return m.standing_will_be_orphaned();
    return typed.standing === "stale" ? m.standing_will_be_stale() : m.standing_will_hold();
  }
  if (row.standing === "orphaned") return m.standing_orphaned();
  if (row.standing === "stale") return m.standing_stale();
  if (row.standing === "unchecked") return m.standing_unchecked();
  return row.rating?.label ?? m.standing_checked();
}

/** How the editor draws what typing will do to claims. */
export function foretold(
  rows: readonly ClaimRow[],
  typed: ReadonlyMap<string, EffectDto>,
): Map<string, Foretold> {
  const touched = typed.size > 0 ? rows.filter(({ id }) => typed.has(id)) : [];
  return new Map(
    touched.map((row) => {
      const effect = typed.get(row.id);
      return [row.id, { mark: markOf(row, effect), changed: effect?.placement === "changed" }];
    }),
  );
}

/** Whether somebody still has to do something about it. */
export function isOpen(row: ClaimRow): boolean {
  return row.standing !== "checked" || row.openQueries > 0 || row.contextOpen;
}

/** What changes around a claim whose own words stay: by what is typed where something is, else since its verdict. */
export function contextOf(row: ClaimRow, typed?: Typed): readonly MessageDto[] {
  return typed ? typed.contextMessages : row.contextMessages;
}

export function editorClaim(row: ClaimRow): EditorClaim {
  const title = row.assertion ? `${row.assertion}\n` : "";
  return {
    id: row.id,
    spans: row.spans,
    mark: markOf(row),
    label: `${title}C${row.number} · ${standingWords(row)}`,
  };
}
