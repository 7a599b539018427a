// What is not on the first screen. It is a part of the program of its own (later.svelte.ts fetches it), so that the start
// does not wait for it.
export { default as Dialogs } from "./Dialogs.svelte";
export { default as ComparePage } from "./views/compare/ComparePage.svelte";
export { default as PastPage } from "./views/past/PastPage.svelte";
