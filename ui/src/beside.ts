// What stands beside the text. It is a part of the program of its own (later.svelte.ts fetches it): the text comes first.
export { Toaster } from "svelte-sonner";
export { default as Menu } from "./components/Menu.svelte";
export { default as CoverageBar } from "./views/article/CoverageBar.svelte";
export { default as WhoWrote } from "./views/article/WhoWrote.svelte";
export { default as ClaimList } from "./views/claims/ClaimList.svelte";
export { default as Inspector } from "./views/inspector/Inspector.svelte";
export { default as Library } from "./views/library/Library.svelte";
export { default as QueryList } from "./views/queries/QueryList.svelte";
export { default as SuggestionList } from "./views/suggestions/SuggestionList.svelte";
