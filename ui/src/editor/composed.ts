// The whole of what was typed since the text was last saved, as one change set: what a draft keeps and a save sends.
import { ChangeSet, StateEffect, StateField, Transaction, type EditorState } from "@codemirror/state";

/** Says that the text as it is now is the saved one. */
export const markSaved = StateEffect.define<null>();

export const composed = StateField.define<ChangeSet>({
  create: (state) => ChangeSet.empty(state.doc.length),
  update(changes, transaction: Transaction) {
    if (transaction.effects.some((effect) => effect.is(markSaved))) {
      return ChangeSet.empty(transaction.newDoc.length);
    }
    return transaction.docChanged ? changes.compose(transaction.changes) : changes;
  },
});

/** Whether something was typed that is not saved. Words typed and taken back again are nothing. */
export function isDirty(state: EditorState): boolean {
  return !state.field(composed).empty;
}
