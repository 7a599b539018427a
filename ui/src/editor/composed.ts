// The whole of what was typed since the text was last saved, as one change set: what a draft keeps and a save sends.
// While a save is on its way, what is typed meanwhile is counted from the text that was sent as well.
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

/** Says that the text as it is now is about to be saved. */
export const markSent = StateEffect.define<null>();

/** Says whether the text that was sent is the saved one now. */
export const markAnswered = StateEffect.define<boolean>();

interface Typed {
  saved: Text;
  changes: ChangeSet;
}

interface Typing extends Typed {
  sent: Typed | null;
}

const typing = StateField.define<Typing>({
  create: ({ doc }) => ({ ...savedAs(doc), sent: null }),
  update(now, transaction: Transaction) {
    let next = transaction.docChanged
      ? { ...typed(now, transaction), sent: now.sent && typed(now.sent, transaction) }
      : now;
    for (const effect of transaction.effects) {
      if (effect.is(markSaved)) next = { ...savedAs(transaction.newDoc), sent: null };
      else if (effect.is(markSent)) next = { ...next, sent: savedAs(transaction.newDoc) };
      else if (effect.is(markAnswered)) next = { ...((effect.value && next.sent) || next), sent: null };
    }
    return next;
  },
});

function typed({ saved, changes }: Typed, transaction: Transaction): Typed {
  // Words typed and taken back again are nothing, though their changes are some.
  if (transaction.newDoc.eq(saved)) return savedAs(saved);
  return { saved, changes: changes.compose(transaction.changes) };
}

function savedAs(saved: Text): Typed {
  return { saved, changes: ChangeSet.empty(saved.length) };
}

/** Keeps the composed changes in the editor's state. */
export const composed = typing.extension;

/** What was typed since the text was last saved. */
export function composedChanges(state: EditorState): ChangeSet {
  return state.field(typing).changes;
}

/** The text as it was last saved. */
export function savedText(state: EditorState): Text {
  return state.field(typing).saved;
}

/** Whether something was typed that is not saved. */
export function isDirty(state: EditorState): boolean {
  return !composedChanges(state).empty;
}
