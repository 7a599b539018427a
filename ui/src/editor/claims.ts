// The claims of the open article as the editor holds them: their stretches in a RangeSet, which moves with the typing in
// chunks, so that a key costs by what it comes near and not by how many claims there are. A RangeSet drops what
// collapses; so a stretch that a change comes near is mapped as a claim is (mapping.ts), and one that lost its words is
// remembered. What the typing does to a claim's verdict is for the desk to say.
import { invertedEffects } from "@codemirror/commands";
import {
  RangeSet,
  RangeValue,
  StateEffect,
  StateField,
  type ChangeDesc,
  type EditorState,
  type Extension,
  type Range,
  type Transaction,
} from "@codemirror/state";
import { mapClaims } from "./mapping";
import type { Stretch } from "./words";

/** How a claim is drawn: by what its verdict is worth. */
export type Mark = "unchecked" | "holds" | "partly" | "fails" | "open" | "stale" | "query";

/** A claim as the page hands it to the editor. */
export interface EditorClaim {
  id: string;
  spans: readonly Stretch[];
  mark: Mark;
  /** What a pointer resting on it is told. */
  label: string;
}

/** How a claim is to be drawn instead while the typing is not saved. */
export interface Foretold {
  mark: Mark;
  /** Whether its words will not be those of the saved text. */
  changed: boolean;
}

/** One stretch of a claim. */
export class Piece extends RangeValue {
  /** Words typed at its edges are not its own, unless they make one word with it. */
  override startSide = 1;
  override endSide = -1;
  constructor(
    readonly claim: EditorClaim,
    /** Which of the claim's stretches, from 0. */
    readonly nth: number,
  ) {
    super();
  }
  override eq(other: RangeValue): boolean {
    return this === other;
  }
}

/** Beyond the end of any text. */
const END = 1e9;

interface Claims {
  list: readonly EditorClaim[];
  pieces: RangeSet<Piece>;
  /** The pieces that lost all their words. */
  gone: ReadonlySet<Piece>;
  foretold: ReadonlyMap<string, Foretold>;
  selected: string | null;
  /** Another value whenever something is drawn in another way than by moving with the text. */
  look: object;
}

/** Where a piece was before typing that is now undone. */
interface Place extends Stretch {
  id: string;
  nth: number;
}

/** Replaces all claims, as read from the desk. */
export const setClaims = StateEffect.define<readonly EditorClaim[]>();

/** Replaces all claims of a text that is typed on: those that are known stay where they are. */
export const renewClaims = StateEffect.define<{ list: readonly EditorClaim[]; typed: ChangeDesc }>();

/** Selects a claim, or none. */
export const selectClaim = StateEffect.define<string | null>();

/** Says how claims are drawn while the typing is not saved. */
export const foretell = StateEffect.define<ReadonlyMap<string, Foretold>>();

/** Puts pieces back where they were before typing that is now undone. */
const putBack = StateEffect.define<readonly Place[]>({
  map: (places, changes) => places.map((place) => ({ ...place, ...plainly(place, changes) })),
});

const NONE: Claims = {
  list: [],
  pieces: RangeSet.empty,
  gone: new Set(),
  foretold: new Map(),
  selected: null,
  look: {},
};

const field = StateField.define<Claims>({
  create: () => NONE,
  update(claims, transaction) {
    let next = transaction.docChanged ? mapped(claims, transaction) : claims;
    for (const effect of transaction.effects) {
      if (effect.is(setClaims)) next = { ...next, ...fresh(effect.value, transaction.state), look: {} };
      else if (effect.is(renewClaims)) next = { ...next, ...renewed(next, effect.value), look: {} };
      else if (effect.is(selectClaim)) next = { ...next, selected: effect.value, look: {} };
      else if (effect.is(foretell)) next = { ...next, foretold: effect.value, look: {} };
      else if (effect.is(putBack)) next = restored(next, effect.value);
    }
    return next;
  },
});

/** What typing did to claims is undone with it. */
const undone: Extension = invertedEffects.of((transaction) => {
  if (!transaction.docChanged) return [];
  const near = touched(transaction.startState.field(field).pieces, transaction.changes);
  const places = [...near].map(([{ claim, nth }, span]) => ({ id: claim.id, nth, ...span }));
  return places.length ? [putBack.of(places)] : [];
});

/** The extension, for a text that has these claims at first. */
export const claims = (atFirst: readonly EditorClaim[] = []): Extension => [
  field.init((state) => ({ ...NONE, ...fresh(atFirst, state) })),
  undone,
];

/** The claims with their places in the text as it is now, in the order the desk gave them. Reads all of them. */
export function claimsOf(state: EditorState): { claim: EditorClaim; spans: Stretch[] }[] {
  const { list, pieces } = state.field(field);
  const places = placesOf(pieces);
  return list.map((claim) => ({ claim, spans: stretches(places.get(claim.id)) }));
}

/** The pieces that touch a stretch of the text, in no certain order. */
export function eachPiece(
  state: EditorState,
  { start, end }: Stretch,
  tell: (piece: Piece, span: Stretch) => void,
): void {
  state.field(field).pieces.between(start, end, (from, to, piece) => tell(piece, { start: from, end: to }));
}

/** Whether a claim begins with this piece: those before it have no words left. */
export function isFirst(state: EditorState, { claim, nth }: Piece): boolean {
  if (nth === 0) return true;
  const { gone } = state.field(field);
  const before = [...gone].filter((piece) => piece.claim === claim && piece.nth < nth);
  return before.length === nth;
}

/** The id of the selected claim. */
export function selectedClaim(state: EditorState): string | null {
  return state.field(field).selected;
}

/** The ids of the claims at a place, the shortest claim first. */
export function claimsAt(state: EditorState, at: number): string[] {
  const here = new Set<string>();
  eachPiece(state, { start: at, end: at }, ({ claim }) => here.add(claim.id));
  const places = placesOf(state.field(field).pieces, here);
  const length = (id: string) =>
    stretches(places.get(id)).reduce((sum, { start, end }) => sum + end - start, 0);
  return [...here].sort((a, b) => length(a) - length(b));
}

/** Where a claim begins in the text as it is now, if it stands in it. */
export function beginOf(state: EditorState, id: string): number | null {
  const places = placesOf(state.field(field).pieces, new Set([id]));
  return stretches(places.get(id))[0]?.start ?? null;
}

/** How a claim is to be drawn now. */
export function lookOf(state: EditorState, claim: EditorClaim): Foretold {
  return state.field(field).foretold.get(claim.id) ?? { mark: claim.mark, changed: false };
}

/** Whether claims are drawn otherwise than by moving with the text. */
export function looksDifferent(before: EditorState, now: EditorState): boolean {
  return before.field(field).look !== now.field(field).look;
}

type Placed = Pick<Claims, "list" | "pieces" | "gone">;

function fresh(list: readonly EditorClaim[], state: EditorState): Placed {
  const within = (span: Stretch) => span.start < span.end && span.end <= state.doc.length;
  const place = (claim: EditorClaim, nth: number) => {
    const span = claim.spans[nth];
    return span && within(span) ? span : null;
  };
  return placed(list, place);
}

function renewed(
  claims: Claims,
  { list, typed }: { list: readonly EditorClaim[]; typed: ChangeDesc },
): Placed {
  const places = placesOf(claims.pieces);
  const known = new Set(claims.list.map(({ id }) => id));
  return placed(list, ({ id, spans }, nth) => {
    if (known.has(id)) return places.get(id)?.get(nth) ?? null;
    const span = plainly(spans[nth] as Stretch, typed);
    return span.start < span.end ? span : null;
  });
}

function placed(
  list: readonly EditorClaim[],
  place: (claim: EditorClaim, nth: number) => Stretch | null,
): Placed {
  const ranges: Range<Piece>[] = [];
  const gone = new Set<Piece>();
  for (const claim of list) {
    claim.spans.forEach((_, nth) => {
      const [piece, span] = [new Piece(claim, nth), place(claim, nth)];
      if (span) ranges.push(piece.range(span.start, span.end));
      else gone.add(piece);
    });
  }
  return { list, pieces: RangeSet.of(ranges, true), gone };
}

function mapped(claims: Claims, { changes, startState, newDoc }: Transaction): Claims {
  const moved = new Map<Piece, Stretch | null>();
  const reach = { start: END, end: 0 };
  for (const [piece, span] of touched(claims.pieces, changes)) {
    const now = mapClaims([span], changes, startState.doc, newDoc)[0] ?? null;
    const plain = plainly(span, changes);
    if (now?.start === plain.start && now.end === plain.end) continue;
    moved.set(piece, now);
    reach.start = Math.min(reach.start, span.start);
    reach.end = Math.max(reach.end, span.end);
  }
  if (moved.size === 0) return { ...claims, pieces: claims.pieces.map(changes) };
  return put({ ...claims, pieces: without(claims.pieces, moved, reach).map(changes) }, moved);
}

function restored(claims: Claims, places: readonly Place[]): Claims {
  const back = new Map(places.map((place) => [`${place.nth} ${place.id}`, place]));
  const moved = new Map<Piece, Stretch>();
  const take = (piece: Piece) => {
    const place = back.get(`${piece.nth} ${piece.claim.id}`);
    if (place) moved.set(piece, place);
  };
  claims.pieces.between(0, END, (_from, _to, piece) => take(piece));
  claims.gone.forEach(take);
  return put({ ...claims, pieces: without(claims.pieces, moved, { start: 0, end: END }) }, moved);
}

/** Puts pieces that are not in the set where they belong now; those that belong nowhere are remembered as gone. */
function put(claims: Claims, moved: ReadonlyMap<Piece, Stretch | null>): Claims {
  const gone = new Set(claims.gone);
  const add: Range<Piece>[] = [];
  for (const [piece, span] of moved) {
    if (span && span.start < span.end) add.push(piece.range(span.start, span.end));
    if (span && span.start < span.end) gone.delete(piece);
    else gone.add(piece);
  }
  return { ...claims, pieces: claims.pieces.update({ add, sort: true }), gone, look: {} };
}

/** The pieces but for some, all of which lie in a stretch. */
function without(
  pieces: RangeSet<Piece>,
  out: ReadonlyMap<Piece, unknown>,
  within: Stretch,
): RangeSet<Piece> {
  const [filterFrom, filterTo] = [within.start, within.end];
  return pieces.update({ filter: (_from, _to, piece) => !out.has(piece), filterFrom, filterTo });
}

/** The pieces that a change comes near enough to that it may take their words or grow them. */
function touched(pieces: RangeSet<Piece>, changes: ChangeDesc): Map<Piece, Stretch> {
  const near = new Map<Piece, Stretch>();
  changes.iterChangedRanges((from, to) =>
    pieces.between(from - 2, to + 2, (start, end, piece) => void near.set(piece, { start, end })),
  );
  return near;
}

/** Where the pieces stand, by claim and by which of its pieces. */
function placesOf(
  pieces: RangeSet<Piece>,
  only: ReadonlySet<string> | null = null,
): Map<string, Map<number, Stretch>> {
  const places = new Map<string, Map<number, Stretch>>();
  pieces.between(0, END, (start, end, { claim, nth }) => {
    if (only && !only.has(claim.id)) return;
    const own = places.get(claim.id) ?? new Map<number, Stretch>();
    places.set(claim.id, own.set(nth, { start, end }));
  });
  return places;
}

function stretches(places: ReadonlyMap<number, Stretch> | undefined): Stretch[] {
  return [...(places ?? [])].sort(([a], [b]) => a - b).map(([, span]) => span);
}

function plainly({ start, end }: Stretch, changes: ChangeDesc): Stretch {
  const from = changes.mapPos(start, 1);
  return { start: from, end: Math.max(from, changes.mapPos(end, -1)) };
}
