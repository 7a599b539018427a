// The page starts here: it connects to the desk, takes over how the window looked, and draws.
import { mount } from "svelte";
import App from "./App.svelte";
import Works from "./Works.svelte";
import "./styles/base.css";
import { begin } from "./state/begin";

const target = document.getElementById("app");
if (target) {
  mount(Works, { target });
  void begin().then((ready) => mount(App, { target, props: { ready } }));
}
