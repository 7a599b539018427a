// What of the library is shown, and how it is asked for. The first script of the page knows it too, so it needs no other part.
import type { ListRequest, Sort, WorkState } from "../wire/generated";

/** How many articles are asked for at once. */
export const PAGE = 60;

/** What of the library is shown, and in which order. */
export interface LibraryView {
  sort: Sort;
  /** Whether the articles stand under their tags. */
  byTag: boolean;
  /** How far the work is; empty for all. */
  state: WorkState | "";
  tag: string;
  /** The name of the person an article is assigned to. */
  assignee: string;
  /** Only articles with open queries. */
  queries: boolean;
}

export const ALL: LibraryView = {
  sort: "touched",
  byTag: false,
  state: "",
  tag: "",
  assignee: "",
  queries: false,
};
const KEPT = "tickmark-library";

/** What was chosen last, in this run or an earlier one. */
export function keptView(): LibraryView {
  try {
    return { ...ALL, ...(JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Partial<LibraryView>) };
  } catch {
    return { ...ALL };
  }
}

/** Keeps the choice for the next start. */
export function keepView(view: LibraryView): void {
  localStorage.setItem(KEPT, JSON.stringify(view));
}

/** The request for a part of the list, which begins after `skip` articles. */
export function partOf(view: LibraryView, archived: boolean, skip: number, most: number): ListRequest {
  const filters = [archived ? "archived" : "current", ...filtersOf(view)];
  return { sort: view.sort, filters, skip, most };
}

function filtersOf({ state, tag, assignee, queries }: LibraryView): string[] {
  const given = { state, tag, assignee };
  const named = Object.entries(given).filter(([, value]) => value.trim() !== "");
  return [...named.map(([name, value]) => `${name}=${value.trim()}`), ...(queries ? ["queries"] : [])];
}
