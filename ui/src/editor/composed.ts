// The whole of what was typed since the text was last saved, as one change set: what a draft keeps and a save sends.
// While a save is on its way, what is typed meanwhile is counted from the text that was sent as well.
import {
  ChangeSet,
  StateEffect,
  StateField,
  Transaction,
  type EditorState,
  type Text,
  type TransactionSpec,
} from "@codemirror/state";

/** Says that the text as it is now is the saved one. */
export const markSaved = StateEffect.define<null>();

/** Says that the text as it is now is about to be saved. */
export const markSent = StateEffect.define<null>();

/** Says whether the text that was sent is the saved one now. */
export const markAnswered = StateEffect.define<boolean>();

/** Says that what was sent is out of the text again; these changes of the saved text are left. */
const markTakenBack = StateEffect.define<ChangeSet>();

interface Typed {
  saved: Text;
  changes: ChangeSet;
}

interface Sent extends Typed {
  /** What was typed before it was sent. */
  before: ChangeSet;
}

interface Typing extends Typed {
  sent: Sent | null;
}

const typing = StateField.define<Typing>({
  create: ({ doc }) => ({ ...savedAs(doc), sent: null }),
  update(now, transaction: Transaction) {
    let next = transaction.docChanged
      ? { ...typed(now, transaction), sent: now.sent && { ...now.sent, ...typed(now.sent, transaction) } }
      : now;
    for (const effect of transaction.effects) {
      if (effect.is(markSaved)) next = { ...savedAs(transaction.newDoc), sent: null };
      else if (effect.is(markSent))
        next = { ...next, sent: { ...savedAs(transaction.newDoc), before: next.changes } };
      else if (effect.is(markAnswered)) next = answered(next, effect.value);
      else if (effect.is(markTakenBack))
        next = { ...left(now.saved, effect.value, transaction.newDoc), sent: null };
    }
    return next;
  },
});

function typed({ saved, changes }: Typed, { changes: more, newDoc }: Transaction): Typed {
  return left(saved, changes.compose(more), newDoc);
}

/** What is left of the typing. Words typed and taken back again are nothing, though their changes are some. */
function left(saved: Text, changes: ChangeSet, now: Text): Typed {
  return now.eq(saved) ? savedAs(saved) : { saved, changes };
}

function answered(now: Typing, isSaved: boolean): Typing {
  const { saved, changes } = (isSaved && now.sent) || now;
  return { saved, changes, sent: null };
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

/** Takes what was sent out of the text. What was typed since stays; nothing where no words are sent. */
export function takenBack(state: EditorState): TransactionSpec | null {
  const { saved, sent } = state.field(typing);
  if (!sent) return null;
  const back = sent.before.invert(saved);
  const left = sent.changes.map(back);
  return { changes: back.map(sent.changes, true), effects: markTakenBack.of(left) };
}

/** Whether something was typed that is not saved. */
export function isDirty(state: EditorState): boolean {
  return !composedChanges(state).empty;
}
