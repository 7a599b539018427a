// Find says how many places were found and which one is shown, and goes to the first while the words are typed.
import { getSearchQuery, searchPanelOpen, setSearchQuery } from "@codemirror/search";
import { EditorSelection, type Extension } from "@codemirror/state";
import { EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { Resting } from "./resting";

/** How long after the last change the places are counted, in milliseconds. */
const REST = 60;
/** More places than this are not counted: nobody goes through them one by one. */
const MOST = 9_999;

export const foundCount: Extension = ViewPlugin.fromClass(
  class {
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
      let [all, at] = [0, 0];
      if (query.valid && query.search) {
        const { from } = state.selection.main;
        const places = query.getCursor(state);
        for (let next = places.next(); !next.done && all < MOST; next = places.next()) {
          all += 1;
          if (next.value.from === from) at = all;
        }
      }
      this.told.textContent = query.search ? this.words(at, all) : "";
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
