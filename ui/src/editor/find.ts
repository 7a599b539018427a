// Find and replace in a text. It says how many places were found and which one is shown, and goes to the first while the
// words are typed. An editor has none of it until somebody looks for something.
import {
  getSearchQuery,
  openSearchPanel,
  search,
  searchKeymap,
  searchPanelOpen,
  setSearchQuery,
  type SearchQuery,
} from "@codemirror/search";
import {
  EditorSelection,
  Prec,
  StateEffect,
  type EditorState,
  type Extension,
  type Text,
} from "@codemirror/state";
import { EditorView, ViewPlugin, keymap, type ViewUpdate } from "@codemirror/view";
import { Resting } from "./resting";

/** How long after the last change the places are counted, in milliseconds. */
const REST = 60;
/** More places than this are not counted: nobody goes through them one by one. */
const MOST = 9_999;

/** Where the places begin, in reading order. */
function placesOf(query: SearchQuery, state: EditorState): number[] {
  const places: number[] = [];
  if (!query.valid || !query.search) return places;
  const cursor = query.getCursor(state);
  for (let next = cursor.next(); !next.done && places.length < MOST; next = cursor.next())
    places.push(next.value.from);
  return places;
}

const foundCount = ViewPlugin.fromClass(
  class {
    /** The places of the last query, in the text they are of. */
    counted: { query: SearchQuery; doc: Text; places: number[] } | null = null;
    told = document.createElement("output");
    counting = new Resting(REST, () => this.count());
    going = new Resting(0, () => this.go());

    constructor(readonly view: EditorView) {
      this.told.className = "tm-found";
      this.told.dataset.testid = "found-count";
    }

    update(update: ViewUpdate) {
      if (!searchPanelOpen(update.state)) return;
      const asked = update.transactions.some(({ effects }) => effects.some((one) => one.is(setSearchQuery)));
      if (asked && searchPanelOpen(update.startState)) this.going.again();
      if (asked || update.docChanged || update.selectionSet || !this.told.isConnected) this.counting.again();
    }

    /** Shows the first place at the cursor or after it; the focus stays in the field. */
    go() {
      const { state } = this.view;
      const query = getSearchQuery(state);
      if (!query.valid || !query.search) return;
      const { from } = state.selection.main;
      const next = query.getCursor(state, from).next();
      const place = next.done ? query.getCursor(state).next() : next;
      if (place.done) return;
      this.view.dispatch({
        selection: EditorSelection.single(place.value.from, place.value.to),
        effects: EditorView.scrollIntoView(place.value.from, { y: "center" }),
        userEvent: "select.search",
      });
    }

    count() {
      const panel = this.view.dom.querySelector(".cm-search");
      if (!panel) return;
      if (!this.told.isConnected) panel.querySelector("[name=search]")?.after(this.told);
      const { state } = this.view;
      const query = getSearchQuery(state);
      if (!this.counted || !this.counted.query.eq(query) || this.counted.doc !== state.doc)
        this.counted = { query, doc: state.doc, places: placesOf(query, state) };
      const { places } = this.counted;
      const at = places.indexOf(state.selection.main.from) + 1;
      this.told.textContent = query.search ? this.words(at, places.length) : "";
    }

    words(at: number, all: number): string {
      const count = all >= MOST ? `${MOST}+` : String(all);
      if (all === 0) return this.view.state.phrase("no match");
      return at > 0
        ? this.view.state.phrase("$1 of $2", at, count)
        : this.view.state.phrase("$ matches", count);
    }

    destroy() {
      this.counting.stop();
      this.going.stop();
      this.told.remove();
    }
  },
);

/** The window's one keymap uses this key for itself. */
const keys = searchKeymap.filter(({ key }) => key !== "Mod-d");

/** All of it, its keys before those of the text: Escape closes the panel first. */
const finding: Extension = [search({ top: true }), foundCount, Prec.high(keymap.of(keys))];

/** Lets somebody find words in an editor. */
export function letFind(view: EditorView): void {
  if (!view.plugin(foundCount)) view.dispatch({ effects: StateEffect.appendConfig.of(finding) });
}

/** Opens the panel that finds words. */
export function openFind(view: EditorView): void {
  letFind(view);
  openSearchPanel(view);
}
