// The whole page: it takes over how the window looked, and draws.
import { mount } from "svelte";
import App from "./App.svelte";
import Works from "./Works.svelte";
import { baseLocale, overwriteGetLocale } from "./paraglide/runtime.js";
import { begin } from "./state/begin";

// There is one language. Without this, every message works out anew which one is meant.
overwriteGetLocale(() => baseLocale);

const target = document.getElementById("app");
if (target) {
  mount(Works, { target });
  void begin().then((ready) => mount(App, { target, props: { ready } }));
}
