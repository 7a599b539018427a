// What is printed: the article with numbered notes on what was checked, never the window.
import { flushSync } from "svelte";
import { m } from "../paraglide/messages.js";
import { call } from "../wire/client";
import { article } from "./article.svelte";
import { desk } from "./desk.svelte";
import * as toast from "./toast";

class Printing {
  /** The article as it is printed, while it is. */
  page = $state.raw<Element | null>(null);

  async print(): Promise<void> {
    const { view } = article;
    if (view && !view.newest) return toast.info(m.print_newest());
    if (!view || !(await article.saveFirst())) return;
    const told = await desk.ask("export.text", { article: view.id, format: "fragment" });
    if (!told) return;
    // Parsed and not run: nothing of it becomes a script.
    const parsed = new DOMParser().parseFromString(told.text, "text/html");
    this.page = parsed.querySelector("article");
    flushSync();
    const done = () => (this.page = null);
    window.addEventListener("afterprint", done, { once: true });
    await call("shell.print", {}).catch(done);
  }
}

export const printing = new Printing();
