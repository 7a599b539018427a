// Suggestions drawn in the text as Word draws them: words that would go are struck, words that would come are underlined. They
// move with the typing. While somebody suggests, what is typed is drawn in the same way, against the saved text.
import { StateEffect, StateField, type EditorState, type Extension, type Range } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";
import { composedChanges, savedText } from "./composed";
import type { Stretch } from "./words";

/** Words in the place of others. */
export interface EditorEdit extends Stretch {
  with: string;
}

/** A suggestion as the page hands it to the editor. Its places are those of the saved text. */
export interface EditorSuggestion {
  id: string;
  edits: readonly EditorEdit[];
  /** Who suggests it and when: what a pointer resting on it is told. */
  label: string;
}

/** Replaces all suggestions, as read from the desk. */
export const setSuggestions = StateEffect.define<readonly EditorSuggestion[]>();
/** Selects a suggestion, or none. */
export const selectSuggestion = StateEffect.define<string | null>();
/** Says whether what is typed is drawn as a suggestion. */
export const suggest = StateEffect.define<boolean>();

/** Words that are not in the text: those that would come, or those that were typed away. */
class Words extends WidgetType {
  constructor(
    readonly words: string,
    readonly tag: "ins" | "del",
    readonly id: string | null,
    readonly label: string,
    readonly selected: boolean,
  ) {
    super();
  }
  override eq(other: Words): boolean {
    return (
      other.words === this.words &&
      other.id === this.id &&
      other.selected === this.selected &&
      other.label === this.label
    );
  }
  override toDOM(): HTMLElement {
    const drawn = document.createElement(this.tag);
    drawn.className = className(this.tag, this.selected);
    drawn.title = this.label;
    if (this.id) drawn.dataset["suggestion"] = this.id;
    drawn.textContent = inLine(this.words);
    return drawn;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

/** Words with their breaks of paragraphs shown in one line. */
export function inLine(words: string): string {
  return words.replace(/\n+/g, " ¶ ");
}

function className(tag: "ins" | "del", selected: boolean): string {
  return `tm-suggested tm-suggested-${tag}${selected ? " tm-suggested-selected" : ""}`;
}

interface Suggestions {
  list: readonly EditorSuggestion[];
  drawn: DecorationSet;
  selected: string | null;
}

/** What a decoration keeps to be drawn anew where it is now. */
interface Spec {
  id: string;
  edit: EditorEdit;
  label: string;
  put?: boolean;
}

function drawn(spec: Spec, from: number, to: number, selected: string | null): Range<Decoration> {
  const { id, edit, label, put } = spec;
  const chosen = id === selected;
  if (put) {
    const widget = new Words(edit.with, "ins", id, label, chosen);
    return Decoration.widget({ widget, side: 1, spec }).range(from);
  }
  const attributes = { title: label, "data-suggestion": id };
  return Decoration.mark({ class: className("del", chosen), tagName: "del", attributes, spec }).range(
    from,
    to,
  );
}

function fresh(list: readonly EditorSuggestion[], length: number, selected: string | null): DecorationSet {
  const all = list.flatMap(({ id, label, edits }) =>
    edits
      .filter(({ start, end }) => start <= end && end <= length)
      .flatMap((edit) => [
        ...(edit.end > edit.start ? [drawn({ id, edit, label }, edit.start, edit.end, selected)] : []),
        ...(edit.with ? [drawn({ id, edit, label, put: true }, edit.end, edit.end, selected)] : []),
      ]),
  );
  return Decoration.set(all, true);
}

function chosen(before: DecorationSet, selected: string | null): DecorationSet {
  const all: Range<Decoration>[] = [];
  for (const at = before.iter(); at.value; at.next()) {
    all.push(drawn((at.value.spec as { spec: Spec }).spec, at.from, at.to, selected));
  }
  return Decoration.set(all, true);
}

const field = StateField.define<Suggestions>({
  create: () => ({ list: [], drawn: Decoration.none, selected: null }),
  update(now, transaction) {
    let next = transaction.docChanged ? { ...now, drawn: now.drawn.map(transaction.changes) } : now;
    for (const effect of transaction.effects) {
      if (effect.is(setSuggestions)) {
        const { length } = transaction.newDoc;
        next = { ...next, list: effect.value, drawn: fresh(effect.value, length, next.selected) };
      } else if (effect.is(selectSuggestion)) {
        next = { ...next, selected: effect.value, drawn: chosen(next.drawn, effect.value) };
      }
    }
    return next;
  },
  provide: (self) => EditorView.decorations.from(self, ({ drawn: all }) => all),
});

interface Suggesting {
  on: boolean;
  drawn: DecorationSet;
}

/** What was typed since the text was saved: what came is underlined, what went stands struck in its place. */
function typedDrawn(state: EditorState): DecorationSet {
  const saved = savedText(state);
  const all: Range<Decoration>[] = [];
  composedChanges(state).iterChanges((fromA, toA, fromB, toB) => {
    if (toA > fromA) {
      const widget = new Words(saved.sliceString(fromA, toA), "del", null, "", false);
      all.push(Decoration.widget({ widget, side: -1 }).range(fromB));
    }
    if (toB > fromB)
      all.push(Decoration.mark({ class: className("ins", false), tagName: "ins" }).range(fromB, toB));
  });
  return Decoration.set(all, true);
}

const mode = StateField.define<Suggesting>({
  create: () => ({ on: false, drawn: Decoration.none }),
  update(now, transaction) {
    const said = transaction.effects.find((effect) => effect.is(suggest));
    const on = said?.is(suggest) ? said.value : now.on;
    if (on === now.on && !transaction.docChanged && transaction.effects.length === 0) return now;
    return { on, drawn: on ? typedDrawn(transaction.state) : Decoration.none };
  },
  provide: (self) => EditorView.decorations.from(self, ({ drawn: all }) => all),
});

/** The extension. It reads what `composed` keeps. */
export const suggestions: Extension = [field, mode];

/** Whether suggestions are drawn. */
export const hasSuggestions = (state: EditorState): boolean => state.field(field).list.length > 0;

/** Whether what is typed is drawn as a suggestion. */
export function isSuggesting(state: EditorState): boolean {
  return state.field(mode).on;
}

/** The suggestion that an element of the text belongs to. */
export function suggestionOf(target: EventTarget | null): string | null {
  const drawn = target instanceof Element ? target.closest<HTMLElement>("[data-suggestion]") : null;
  return drawn?.dataset["suggestion"] ?? null;
}

/** Where a suggestion begins in the text as it is now, if it is drawn in it. */
export function beginOfSuggestion(state: EditorState, id: string): number | null {
  for (const at = state.field(field).drawn.iter(); at.value; at.next()) {
    if ((at.value.spec as { spec: Spec }).spec.id === id) return at.from;
  }
  return null;
}
