// The parts of the page that its first script does not have, so that the start does not wait for them.
import { Later } from "./state/later.svelte";

/** The dialogs and the pages in place of the text: fetched a moment after the start, or as soon as one of them is opened. */
export const later = new Later(() => import("./rest"));

/** What stands beside the text: fetched once the text is painted. */
export const beside = new Later(() => import("./beside"));
