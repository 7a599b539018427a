// The editor of one article: CodeMirror with the claims drawn in it. It gets plain data and gives callbacks; it
// knows no desk, no command and no message.
import { defaultKeymap, history, historyField, redo, redoDepth, undo, undoDepth } from "@codemirror/commands";
import {
  ChangeSet,
  Compartment,
  EditorSelection,
  EditorState,
  Transaction,
  type Extension,
  type Text,
} from "@codemirror/state";
import { EditorView, drawSelection, keymap } from "@codemirror/view";
import {
  beginOf,
  claims,
  claimsAt,
  foretell,
  renewClaims,
  selectClaim,
  selectedClaim,
  setClaims,
  type EditorClaim,
  type Foretold,
} from "./claims";
import { selectionBar, type FillBar } from "./bar";
import {
  composed,
  composedChanges,
  isDirty,
  markAnswered,
  markSaved,
  markSent,
  savedText,
  takenBack,
} from "./composed";
import { drawing } from "./draw";
import { handles, type OnEdge } from "./handles";
import { headings } from "./headings";
import { mapClaims } from "./mapping";
import { Resting } from "./resting";
import { selectedSpans } from "./selection";
import { coverageStrip } from "./strip";
import {
  hasSuggestions,
  beginOfSuggestion,
  isSuggesting,
  selectSuggestion,
  setSuggestions,
  suggest,
  suggestionOf,
  suggestions,
  type EditorSuggestion,
} from "./suggestions";
import { sentencesOf, setSentences, settled, showOpen, type EditorSentence } from "./coverage";
import type { Stretch } from "./words";

/** A change set as CodeMirror writes it: kept lengths, and replaced lengths with the lines put there. */
export type ChangesJson = (number | (number | string)[])[];

/** What is typed and not saved, as it was when it was asked for. */
export interface Typed {
  /** The saved text that it is typed on: the same object until another text is saved. */
  on: Text;
  changes: ChangesJson;
  /** The whole text, put together when it is asked for. */
  text: () => string;
}

/** What can be undone and redone in a text. */
export interface Past {
  doc: Text;
  steps: unknown;
}

/** What the page is told. */
export interface EditorEvents {
  /** A claim was clicked. */
  onPick(claim: string): void;
  /** A suggestion was clicked. */
  onSuggestion?(suggestion: string): void;
  /** Something was typed anew, or typing was undone or redone. */
  onTyped(dirty: boolean, anew: boolean): void;
  /** The selection is, or is no longer, something that can be marked. */
  onSelection(marks: boolean): void;
  /** The cursor or the text moved. */
  onCursor?(): void;
  /** The cursor rests in claims: those that begin last come first. */
  onRest?(claims: string[]): void;
  /** An edge of a claim was drawn elsewhere: its stretches in the text as it stands. */
  onEdge?: OnEdge;
  /** Fills the bar beside what is selected. */
  fillBar?: FillBar;
}

/** The words of the editor's own parts. */
export interface EditorWords {
  label: string;
  phrases: Record<string, string>;
}

/** A saved text with its claims. */
export interface SavedText {
  text: string;
  claims: readonly EditorClaim[];
  readOnly: boolean;
  /** Its language as BCP 47 has it; nothing where it is not known. */
  language: string | null;
}

const NOTHING: SavedText = { text: "", claims: [], readOnly: false, language: null };

/** How long the cursor rests in a claim before it is shown, in milliseconds. */
const CURSOR_RESTS = 160;

export class ArticleEditor {
  readonly view: EditorView;
  private readonly writable = new Compartment();
  private readonly history = new Compartment();
  private readonly language = new Compartment();
  private readonly rest = new Resting(CURSOR_RESTS, () => this.rested());

  /** The editor of a text. An editor made with its text is drawn once; one that gets its text later is drawn twice. */
  constructor(
    private readonly events: EditorEvents,
    words: EditorWords,
    saved: SavedText = NOTHING,
  ) {
    this.view = new EditorView({
      state: EditorState.create({
        doc: saved.text,
        extensions: [
          EditorState.allowMultipleSelections.of(true),
          EditorState.phrases.of(words.phrases),
          EditorView.lineWrapping,
          EditorView.perLineTextDirection.of(true),
          EditorView.contentAttributes.of({ "aria-label": words.label, spellcheck: "true" }),
          this.writable.of(writableAs(saved.readOnly)),
          this.language.of(spokenIn(saved.language)),
          this.history.of(history()),
          claims(saved.claims),
          composed,
          drawing,
          headings,
          settled,
          coverageStrip,
          suggestions,
          events.onEdge ? handles(events.onEdge) : [],
          drawSelection(),
          events.fillBar ? selectionBar(events.fillBar) : [],
          keymap.of(defaultKeymap.filter(notOurs)),
          EditorView.domEventHandlers({ click: (event) => this.clicked(event) }),
          EditorView.updateListener.of((update) => {
            const shown = update.transactions.some(({ effects }) =>
              effects.some((effect) => effect.is(markSaved)),
            );
            if (update.docChanged && !shown)
              this.events.onTyped(isDirty(update.state), update.transactions.some(isAnew));
            if (update.docChanged || update.selectionSet) {
              this.events.onSelection(selectedSpans(update.state).length > 0);
              this.events.onCursor?.();
              this.rest.again();
            }
          }),
        ],
      }),
    });
  }

  /** Puts the editor on the screen. What it is given before is drawn once, with the page around it. */
  putInto(parent: HTMLElement): void {
    parent.append(this.view.dom);
  }

  /** Shows a saved text with its claims and forgets what was typed before. */
  show(text: string, list: readonly EditorClaim[], readOnly: boolean): void {
    const same = this.view.state.doc.toString() === text;
    const { scrollTop } = this.view.scrollDOM;
    this.view.dispatch({
      ...(same ? {} : { changes: { from: 0, to: this.view.state.doc.length, insert: text } }),
      effects: [
        markSaved.of(null),
        this.history.reconfigure([]),
        this.writable.reconfigure(writableAs(readOnly)),
      ],
      annotations: Transaction.addToHistory.of(false),
    });
    this.view.dispatch({ effects: [this.history.reconfigure(history()), setClaims.of(list)] });
    if (same) this.view.scrollDOM.scrollTop = scrollTop;
  }

  /** Says in which language the text is, as BCP 47 has it; nothing where it is not known. */
  speak(language: string | null): void {
    this.view.dispatch({ effects: this.language.reconfigure(spokenIn(language)) });
  }

  /** What can be undone and redone in the text as it is now. */
  past(): Past {
    const { state } = this.view;
    return { doc: state.doc, steps: state.field(historyField) };
  }

  /** Brings back what could be undone and redone when the text was the same; says whether it was. */
  bringBack(past: Past): boolean {
    if (!past.doc.eq(this.view.state.doc)) return false;
    this.view.dispatch({ effects: this.history.reconfigure([]) });
    this.view.dispatch({
      effects: this.history.reconfigure([history(), historyField.init(() => past.steps)]),
    });
    return true;
  }

  /** Draws claims anew on the text as it is; what was typed stays. Their spans are those of the saved text. */
  redraw(list: readonly EditorClaim[]): void {
    const typed = composedChanges(this.view.state);
    this.view.dispatch({ effects: typed.empty ? setClaims.of(list) : renewClaims.of({ list, typed }) });
  }

  /** Draws claims as the typing will make them; all others as they are. */
  foretell(claims: ReadonlyMap<string, Foretold>): void {
    this.view.dispatch({ effects: foretell.of(claims) });
  }

  /** Says that the text as it is now goes out to be saved; what is typed from now on is typed on it. */
  send(): void {
    this.view.dispatch({ effects: markSent.of(null) });
  }

  /** Says whether the text that was sent was saved. Then the typing before it cannot be undone in the text any more. */
  answered(saved: boolean): void {
    const forget = saved ? [this.history.reconfigure([])] : [];
    this.view.dispatch({ effects: [markAnswered.of(saved), ...forget] });
    if (saved) this.view.dispatch({ effects: this.history.reconfigure(history()) });
  }

  /** Takes what was sent out of the text, since it is a suggestion now; what was typed since stays. */
  takeBack(): void {
    const back = takenBack(this.view.state);
    if (!back) return;
    this.view.dispatch(back, {
      effects: this.history.reconfigure([]),
      annotations: Transaction.addToHistory.of(false),
    });
    this.view.dispatch({ effects: this.history.reconfigure(history()) });
  }

  /** Whether this is the saved text that is typed on. */
  isOn(text: string): boolean {
    const saved = savedText(this.view.state);
    return saved.length === text.length && saved.toString() === text;
  }

  /** Draws the claims of a text that was just saved; what is typed on it stays. */
  resaved(list: readonly EditorClaim[]): void {
    const { state } = this.view;
    const changes = composedChanges(state);
    const moved = (claim: EditorClaim) => ({
      ...claim,
      spans: mapClaims(claim.spans, changes, savedText(state), state.doc),
    });
    this.view.dispatch({ effects: setClaims.of(changes.empty ? list : list.map(moved)) });
  }

  /** Types a kept draft into the saved text: by its exact changes where they fit, else as one replacement. */
  type(text: string, changes: unknown): void {
    const { state } = this.view;
    const exact = exactChanges(changes, state.doc.length);
    const fits = exact !== null && exact.apply(state.doc).toString() === text;
    this.view.dispatch({
      changes: fits ? exact : replacement(state.doc.toString(), text),
      userEvent: "input.draft",
    });
  }

  /** The text as it stands in the editor. */
  text(): string {
    return this.view.state.doc.toString();
  }

  /** What is typed and not saved. */
  typed(): Typed {
    const { state } = this.view;
    return { on: savedText(state), changes: this.changes(), text: () => state.doc.toString() };
  }

  /** The composed change set against the saved text, as CodeMirror writes it. */
  changes(): ChangesJson {
    return composedChanges(this.view.state).toJSON() as ChangesJson;
  }

  get dirty(): boolean {
    return isDirty(this.view.state);
  }

  /** The stretches that are selected, ready to be marked. */
  selection(): Stretch[] {
    return selectedSpans(this.view.state);
  }

  /** The selected words, or the word at the cursor, where the saved text has them; nothing where they are only typed. */
  savedWords(): Stretch | null {
    const { state } = this.view;
    const { main } = state.selection;
    const { from, to } = main.empty ? (state.wordAt(main.head) ?? main) : main;
    const back = composedChanges(state).invertedDesc;
    const [start, end] = [back.mapPos(from, 1), back.mapPos(to, -1)];
    return start < end ? { start, end } : null;
  }

  /** Fills a claim softly, and brings it into view where asked. */
  select(claim: string | null, reveal: boolean): void {
    if (selectedClaim(this.view.state) !== claim) this.view.dispatch({ effects: selectClaim.of(claim) });
    const begin = reveal && claim ? beginOf(this.view.state, claim) : null;
    if (begin !== null) this.reveal(begin);
  }

  /** Draws the suggestions on the text as it is. Their places are those of the saved text. */
  drawSuggestions(list: readonly EditorSuggestion[]): void {
    const typed = composedChanges(this.view.state);
    const moved = (one: EditorSuggestion) => ({
      ...one,
      edits: one.edits.map((edit) => {
        const start = typed.mapPos(edit.start, 1);
        return { ...edit, start, end: Math.max(start, typed.mapPos(edit.end, -1)) };
      }),
    });
    if (list.length > 0 || hasSuggestions(this.view.state))
      this.view.dispatch({ effects: setSuggestions.of(typed.empty ? list : list.map(moved)) });
  }

  /** Marks a suggestion, and brings it into view where asked. */
  pickSuggestion(id: string | null, reveal: boolean): void {
    this.view.dispatch({ effects: selectSuggestion.of(id) });
    const begin = reveal && id ? beginOfSuggestion(this.view.state, id) : null;
    if (begin !== null) this.reveal(begin);
  }

  /** Says whether what is typed is drawn as a suggestion. */
  suggesting(on: boolean): void {
    if (isSuggesting(this.view.state) !== on) this.view.dispatch({ effects: suggest.of(on) });
  }

  /** Brings a place into view without moving the cursor. */
  reveal(at: number): void {
    const place = Math.min(at, this.view.state.doc.length);
    this.view.dispatch({ effects: EditorView.scrollIntoView(place, { y: "center" }) });
  }

  /** Selects a stretch and brings it into view. */
  point(span: Stretch): void {
    const end = Math.min(span.end, this.view.state.doc.length);
    this.view.dispatch({
      selection: EditorSelection.single(Math.min(span.start, end), end),
      effects: EditorView.scrollIntoView(Math.min(span.start, end), { y: "center" }),
    });
  }

  /** Takes what is settled of the saved text, sentence by sentence. */
  settle(list: readonly EditorSentence[]): void {
    const changes = composedChanges(this.view.state);
    const moved = ({ start, end }: Stretch) => ({
      start: changes.mapPos(start, 1),
      end: changes.mapPos(end, -1),
    });
    const now = isDirty(this.view.state)
      ? list.map((one) => ({ ...one, ...moved(one), details: [] })).filter(({ start, end }) => start < end)
      : list;
    this.view.dispatch({ effects: setSentences.of(now) });
  }

  /** Draws what is open in the text, or draws it no more. */
  showOpen(shown: boolean): void {
    this.view.dispatch({ effects: showOpen.of(shown) });
  }

  /** Selects the next open sentence, or the one before, round the end. Says whether there is one. */
  nextSentence(step: 1 | -1): boolean {
    const open = sentencesOf(this.view.state, "open");
    const { from, to } = this.view.state.selection.main;
    const next =
      step > 0
        ? (open.find(({ start }) => start >= to) ?? open[0])
        : (open.findLast(({ end }) => end <= from) ?? open.at(-1));
    if (next) {
      this.point(next);
      this.focus();
    }
    return next !== undefined;
  }

  collapse(): void {
    this.view.dispatch({ selection: { anchor: this.view.state.selection.main.to } });
  }

  canUndo(): boolean {
    return undoDepth(this.view.state) > 0;
  }
  canRedo(): boolean {
    return redoDepth(this.view.state) > 0;
  }
  undo(): boolean {
    return undo(this.view);
  }
  redo(): boolean {
    return redo(this.view);
  }
  focus(): void {
    this.view.focus();
  }
  destroy(): void {
    this.rest.stop();
    this.view.destroy();
  }

  /** The claims that the cursor is in, while nothing is selected. */
  claimsHere(): string[] {
    const { main } = this.view.state.selection;
    return main.empty ? claimsAt(this.view.state, main.head) : [];
  }

  private rested(): void {
    const here = this.view.hasFocus ? this.claimsHere() : [];
    if (here.length > 0) this.events.onRest?.(here);
  }

  private clicked(event: MouseEvent): boolean {
    if (!this.view.state.selection.main.empty) return false;
    const suggestion = suggestionOf(event.target);
    if (suggestion) this.events.onSuggestion?.(suggestion);
    if (suggestion) return false;
    const at = this.view.posAtCoords({ x: event.clientX, y: event.clientY });
    const here = at === null ? [] : claimsAt(this.view.state, at);
    if (here.length === 0) return false;
    // A second click on the same words goes on to the claim that lies around.
    const now = here.indexOf(selectedClaim(this.view.state) ?? "");
    const next = here[(now + 1) % here.length];
    if (next) this.events.onPick(next);
    return false;
  }
}

/** Whether the text was changed by typing now: not by undo or redo, and not by bringing a draft back. */
function isAnew(transaction: Transaction): boolean {
  return (
    transaction.docChanged && !["undo", "redo", "input.draft"].some((kind) => transaction.isUserEvent(kind))
  );
}

const writableAs = (readOnly: boolean): Extension =>
  readOnly
    ? [
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ tabindex: "0" }),
      ]
    : [];

const spokenIn = (language: string | null): Extension =>
  language ? EditorView.contentAttributes.of({ lang: language }) : [];

/** Keys that the window's one keymap uses for itself. */
function notOurs(binding: { key?: string }): boolean {
  return ![
    "Mod-Enter",
    "Mod-i",
    "Alt-l",
    "Alt-ArrowLeft",
    "Alt-ArrowRight",
    "Shift-Alt-ArrowUp",
    "Shift-Alt-ArrowDown",
  ].includes(binding.key ?? "");
}

function exactChanges(json: unknown, length: number): ChangeSet | null {
  try {
    const changes = ChangeSet.fromJSON(json);
    return changes.length === length ? changes : null;
  } catch {
    return null;
  }
}

/** The smallest single replacement that turns `from` into `to`. */
function replacement(from: string, to: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
  return { from: head, to: from.length - tail, insert: to.slice(head, to.length - tail) };
}
