// A small bar beside the selection, once the mouse is let go and the keys rest. What stands in it the page says.
import { StateEffect, StateField, type Extension } from "@codemirror/state";
import { ViewPlugin, showTooltip, tooltips, type Tooltip, type ViewUpdate } from "@codemirror/view";
import { Resting } from "./resting";
import { selectedSpans } from "./selection";

/** How long a selection stays as it is before the bar comes, in milliseconds. */
const REST = 140;

/** Fills the bar, and answers what empties it. */
export type FillBar = (parent: HTMLElement) => () => void;

const show = StateEffect.define<Tooltip | null>();

const bar = StateField.define<Tooltip | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(show)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : value;
  },
  provide: (field) => showTooltip.from(field),
});

export function selectionBar(fill: FillBar): Extension {
  const create = () => {
    const dom = document.createElement("div");
    dom.className = "tm-bar";
    const empty = fill(dom);
    return { dom, destroy: empty };
  };
  const watching = ViewPlugin.define((view) => {
    let held = false;
    const offer = () => {
      const { main } = view.state.selection;
      if (held || !view.hasFocus || view.state.readOnly || selectedSpans(view.state).length === 0) return;
      view.dispatch({ effects: show.of({ pos: main.from, end: main.to, above: true, create }) });
    };
    const rest = new Resting(REST, offer);
    const down = () => (held = true);
    const up = () => {
      if (!held) return;
      held = false;
      if (!view.state.selection.main.empty) rest.again();
    };
    view.contentDOM.addEventListener("mousedown", down);
    document.addEventListener("mouseup", up);
    const left = () => view.dispatch({ effects: show.of(null) });
    view.contentDOM.addEventListener("blur", left);
    return {
      update: (update: ViewUpdate) => {
        // What undo, redo and Find select is not what somebody wants to mark.
        const chosen = update.transactions.some(
          (one) => one.isUserEvent("select") && !one.isUserEvent("select.search"),
        );
        if (chosen && !update.state.selection.main.empty) rest.again();
        else if (update.docChanged || update.selectionSet) rest.stop();
      },
      destroy: () => {
        rest.stop();
        view.contentDOM.removeEventListener("mousedown", down);
        document.removeEventListener("mouseup", up);
        view.contentDOM.removeEventListener("blur", left);
      },
    };
  });
  // It keeps to the page: beside it stands what is done with the claim.
  const room = tooltips({ tooltipSpace: (view) => view.scrollDOM.getBoundingClientRect() });
  return [bar, watching, room];
}
