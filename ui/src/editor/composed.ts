// The whole of what was typed since the text was last saved, as one change set: what a draft keeps and a save sends.
import {
  ChangeSet,
  StateEffect,
  StateField,
  Transaction,
  type EditorState,
  type Text,
} from "@codemirror/state";

/** Says that the text as it is now is the saved one. */
export const markSaved = StateEffect.define<null>();

interface Typed {
  saved: Text;
  changes: ChangeSet;
}

const typed = StateField.define<Typed>({
  create: ({ doc }) => savedAs(doc),
  update(now, transaction: Transaction) {
    if (transaction.effects.some((effect) => effect.is(markSaved))) return savedAs(transaction.newDoc);
    if (!transaction.docChanged) return now;
    const { saved, changes } = now;
    // Words typed and taken back again are nothing, though their changes are some.
    if (transaction.newDoc.eq(saved)) return savedAs(saved);
    return { saved, changes: changes.compose(transaction.changes) };
  },
});

function savedAs(saved: Text): Typed {
  return { saved, changes: ChangeSet.empty(saved.length) };
}

/** Keeps the composed changes in the editor's state. */
export const composed = typed.extension;

/** What was typed since the text was last saved. */
export function composedChanges(state: EditorState): ChangeSet {
  return state.field(typed).changes;
}

/** Whether something was typed that is not saved. */
export function isDirty(state: EditorState): boolean {
  return !composedChanges(state).empty;
}
