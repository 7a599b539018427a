// What the page asks at the start, as far as it is known before the desk has answered.
import type { Call } from "../wire/early";
import { lastOpen } from "./last_open";
import { PAGE, keptView, partOf } from "./library_view";

/** The calls of a start. */
export function firstCalls(): Call[] {
  const last = lastOpen();
  const view = keptView();
  return [
    ["shell.start", {}],
    ["desk.overview", { articles: false }],
    ["hub.status", {}],
    view.byTag ? ["article.tags", {}] : ["article.list", partOf(view, false, 0, PAGE)],
    ...(last === null ? [] : ([["article.open", { article: last, revision: null }]] as const)),
  ];
}
