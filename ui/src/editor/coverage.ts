// What is settled of the text, sentence by sentence: kept beside the claims in a RangeSet that moves with the typing.
// A sentence that is typed in counts as open until the desk has read it again.
import {
  RangeSet,
  RangeSetBuilder,
  RangeValue,
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
} from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { Shown } from "./shown";
import type { Stretch } from "./words";

/** checked: under a verdict that holds. waved: somebody said it needs none. */
export type Cover = "checked" | "waved" | "open";

/** A sentence as the page hands it to the editor, with what in it can be checked. */
export interface EditorSentence extends Stretch {
  cover: Cover;
  details: readonly (Stretch & { cover: Cover })[];
}

class Sentence extends RangeValue {
  /** Words typed at its edges are not its own. */
  override startSide = 1;
  override endSide = -1;
  constructor(
    readonly cover: Cover,
    /** Counted from the sentence's start. */
    readonly details: EditorSentence["details"],
  ) {
    super();
  }
  override eq(other: RangeValue): boolean {
    return this === other;
  }
}

/** Replaces all sentences, as read from the desk. */
export const setSentences = StateEffect.define<readonly EditorSentence[]>();
/** Draws what is open in the text, or draws it no more. */
export const showOpen = StateEffect.define<boolean>();

interface Settled {
  sentences: RangeSet<Sentence>;
  shown: boolean;
  /** Another value whenever something is drawn in another way than by moving with the text. */
  look: object;
}

const field = StateField.define<Settled>({
  create: () => ({ sentences: RangeSet.empty, shown: false, look: {} }),
  update(settled, transaction) {
    let next = settled;
    if (transaction.docChanged) {
      let { sentences } = settled;
      const touched: { from: number; to: number }[] = [];
      transaction.changes.iterChangedRanges((from, to) =>
        sentences.between(from, to, (start, end) => {
          if (from < end && to > start) touched.push({ from: start, to: end });
        }),
      );
      const all = new Set(touched.map(({ from }) => from));
      if (all.size > 0) next = { ...next, look: {} };
      if (all.size > 0) sentences = opened(sentences, touched, all);
      next = { ...next, sentences: sentences.map(transaction.changes) };
    }
    for (const effect of transaction.effects) {
      if (effect.is(setSentences)) next = { ...next, sentences: setOf(effect.value), look: {} };
      else if (effect.is(showOpen)) next = { ...next, shown: effect.value, look: {} };
    }
    return next;
  },
});

function opened(
  sentences: RangeSet<Sentence>,
  touched: readonly { from: number; to: number }[],
  starts: ReadonlySet<number>,
): RangeSet<Sentence> {
  const first = Math.min(...touched.map(({ from }) => from));
  const last = Math.max(...touched.map(({ to }) => to));
  const again = touched.filter(({ from }, at) => touched.findIndex((one) => one.from === from) === at);
  return sentences.update({
    filterFrom: first,
    filterTo: last,
    filter: (from) => !starts.has(from),
    add: again.map(({ from, to }) => new Sentence("open", []).range(from, to)),
    sort: true,
  });
}

function setOf(list: readonly EditorSentence[]): RangeSet<Sentence> {
  const builder = new RangeSetBuilder<Sentence>();
  for (const { start, end, cover, details } of list) {
    const own = details.map((one) => ({ ...one, start: one.start - start, end: one.end - start }));
    builder.add(start, end, new Sentence(cover, own));
  }
  return builder.finish();
}

/** The sentences of one cover in the text as it is now, in reading order. */
export function sentencesOf(state: EditorState, cover: Cover): Stretch[] {
  const all: Stretch[] = [];
  state.field(field).sentences.between(0, state.doc.length, (start, end, { cover: is }) => {
    if (is === cover) all.push({ start, end });
  });
  return all;
}

/** Whether another reading of the desk, or the typing, changed what is settled, or whether it is drawn. */
export function settledOtherwise(before: EditorState, now: EditorState): boolean {
  return before.field(field).look !== now.field(field).look;
}

function drawn(view: EditorView): DecorationSet {
  const { sentences, shown } = view.state.field(field);
  const marks: { start: number; end: number; name: string }[] = [];
  if (!shown) return Decoration.none;
  const { from, to } = view.viewport;
  sentences.between(from, to, (start, end, { cover, details }) => {
    if (cover !== "checked") marks.push({ start, end, name: `tm-sentence tm-sentence-${cover}` });
    for (const one of details) {
      if (one.cover === "open")
        marks.push({ start: start + one.start, end: start + one.end, name: "tm-detail" });
    }
  });
  return Decoration.set(
    marks.map(({ start, end, name }) => Decoration.mark({ class: name }).range(start, end)),
    true,
  );
}

/** The extension: the field, and the drawing of what is open. */
export const settled: Extension = [
  field,
  ViewPlugin.fromClass(
    class {
      marks: DecorationSet;
      shown: Shown;
      constructor(view: EditorView) {
        this.marks = drawn(view);
        this.shown = new Shown(view);
      }
      update(update: ViewUpdate) {
        const different = settledOtherwise(update.startState, update.state);
        if (this.shown.renew(update, different)) this.marks = drawn(update.view);
        else if (update.docChanged) this.marks = this.marks.map(update.changes);
      }
    },
    { decorations: (plugin) => plugin.marks },
  ),
];
