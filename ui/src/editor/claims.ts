// The claims of the open article as the editor holds them: an own StateField, because a RangeSet drops what
// collapses. It maps, remembers what typing undo must bring back, and says which claims the typing has changed.
import { invertedEffects } from "@codemirror/commands";
import {
  StateEffect,
  StateField,
  type ChangeDesc,
  type EditorState,
  type Extension,
  type Transaction,
} from "@codemirror/state";
import { mapClaims } from "./mapping";
import { sameStatement } from "./statement";
import type { Stretch } from "./words";

/** How a claim is drawn: by what its verdict is worth. */
export type Mark = "unchecked" | "holds" | "partly" | "fails" | "open" | "stale" | "query";

/** A claim as the page hands it to the editor. */
export interface EditorClaim {
  id: string;
  spans: readonly Stretch[];
  mark: Mark;
  /** Whether a verdict stands on its words, so that changing them makes it stale. */
  judged: boolean;
  /** What a pointer resting on it is told. */
  label: string;
}

/** A claim in the text as it is now. */
export interface LiveClaim extends EditorClaim {
  /** The words it had when the text was saved. */
  was: string;
  /** Whether typing has changed its words since. */
  changed: boolean;
}

interface Claims {
  list: readonly LiveClaim[];
  selected: string | null;
}

/** Replaces all claims, as read from the desk. */
export const setClaims = StateEffect.define<readonly EditorClaim[]>();

/** Selects a claim, or none. */
export const selectClaim = StateEffect.define<string | null>();

/** Puts claims back on the spans they had before typing that is now undone. */
const restoreSpans = StateEffect.define<readonly { id: string; spans: readonly Stretch[] }[]>({
  map: (claims, changes) =>
    claims.map(({ id, spans }) => ({ id, spans: spans.map((span) => plainly(span, changes)) })),
});

const field = StateField.define<Claims>({
  create: () => ({ list: [], selected: null }),
  update(claims, transaction) {
    let next = transaction.docChanged ? mapped(claims, transaction) : claims;
    for (const effect of transaction.effects) {
      if (effect.is(setClaims)) next = { ...next, list: fresh(effect.value, transaction.state) };
      else if (effect.is(selectClaim)) next = { ...next, selected: effect.value };
      else if (effect.is(restoreSpans)) next = restored(next, effect.value, transaction.state);
    }
    return next;
  },
});

/** The extension: the field, and its part in the typing undo. */
export const claims: Extension = [
  field,
  invertedEffects.of((transaction) => {
    if (!transaction.docChanged) return [];
    const reach = changedReach(transaction.changes);
    const touched = transaction.startState.field(field).list.filter((claim) => touches(claim, reach));
    return touched.length ? [restoreSpans.of(touched.map(({ id, spans }) => ({ id, spans })))] : [];
  }),
];

/** The claims in the text as it is now, in the order the desk gave them. */
export function claimsOf(state: EditorState): readonly LiveClaim[] {
  return state.field(field).list;
}

/** The id of the selected claim. */
export function selectedClaim(state: EditorState): string | null {
  return state.field(field).selected;
}

/** The claims at a place, the shortest first. */
export function claimsAt(state: EditorState, at: number): LiveClaim[] {
  const length = (claim: LiveClaim) => claim.spans.reduce((sum, span) => sum + span.end - span.start, 0);
  return claimsOf(state)
    .filter((claim) => claim.spans.some((span) => span.start <= at && at <= span.end))
    .sort((a, b) => length(a) - length(b));
}

/** How a claim is to be drawn now: a verdict whose words were changed is about to be stale. */
export function markNow(claim: LiveClaim): Mark {
  return claim.changed && claim.judged ? "stale" : claim.mark;
}

/** The words of the spans, joined as the core joins them. */
export function wordsOf(state: EditorState, spans: readonly Stretch[]): string {
  return spans.map((span) => state.sliceDoc(span.start, span.end)).join(" … ");
}

function fresh(list: readonly EditorClaim[], state: EditorState): LiveClaim[] {
  const within = (span: Stretch) => span.start < span.end && span.end <= state.doc.length;
  return list.map((claim) => {
    const spans = claim.spans.filter(within);
    return { ...claim, spans, was: wordsOf(state, spans), changed: false };
  });
}

function mapped(claims: Claims, transaction: Transaction): Claims {
  const reach = changedReach(transaction.changes);
  const before = transaction.startState.doc;
  const after = transaction.newDoc;
  const list = claims.list.map((claim) => {
    if (claim.spans.every((span) => span.end < reach.start)) return claim;
    if (!touches(claim, reach)) {
      return { ...claim, spans: claim.spans.map((span) => plainly(span, transaction.changes)) };
    }
    return compared({ ...claim, spans: mapClaims(claim.spans, transaction.changes, before, after) }, (span) =>
      after.sliceString(span.start, span.end),
    );
  });
  return { ...claims, list };
}

function restored(
  claims: Claims,
  back: readonly { id: string; spans: readonly Stretch[] }[],
  state: EditorState,
): Claims {
  const spans = new Map(back.map((claim) => [claim.id, claim.spans]));
  const list = claims.list.map((claim) => {
    const were = spans.get(claim.id);
    if (!were) return claim;
    return compared({ ...claim, spans: were }, (span) => state.sliceDoc(span.start, span.end));
  });
  return { ...claims, list };
}

function compared(claim: LiveClaim, read: (span: Stretch) => string): LiveClaim {
  return { ...claim, changed: !sameStatement(claim.was, claim.spans.map(read).join(" … ")) };
}

function plainly(span: Stretch, changes: ChangeDesc): Stretch {
  const start = changes.mapPos(span.start, 1);
  return { start, end: Math.max(start, changes.mapPos(span.end, -1)) };
}

/** From the first changed place to the last. */
function changedReach(changes: ChangeDesc): Stretch {
  let start = Number.POSITIVE_INFINITY;
  let end = -1;
  changes.iterChangedRanges((from, to) => {
    start = Math.min(start, from);
    end = Math.max(end, to);
  });
  return { start, end };
}

/** Whether a change comes near enough to alter a claim's words or grow it. */
function touches(claim: EditorClaim, reach: Stretch): boolean {
  return claim.spans.some((span) => span.start <= reach.end + 2 && reach.start - 2 <= span.end);
}
