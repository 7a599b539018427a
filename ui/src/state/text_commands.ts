// What can be done with the words that are selected: in the bar beside them, and at the top of the system's menu in the text.
import type { ClaimKind } from "../wire/generated";
import { m } from "../paraglide/messages.js";
import { article } from "./article.svelte";
import { askAbout, keysOf } from "./commands.svelte";
import { allows } from "./hub.svelte";
import { coverage } from "./coverage.svelte";
import { kindWords } from "./kinds";

export interface TextCommand {
  id: string;
  /** As short as the bar needs it. */
  short: string;
  /** As it is called where it stands alone. */
  label: string;
  /** Its key as it stands on this keyboard, where it has one. */
  keys?: string;
  run: () => unknown;
}

export function textCommands(): TextCommand[] {
  const as = (kind: ClaimKind): TextCommand => ({
    id: kind,
    short: kindWords(kind),
    label: m.do_mark_as({ kind: kindWords(kind) }),
    run: () => article.mark(kind),
  });
  const [mark, exempt] = [() => article.mark(), () => coverage.exempt()];
  return [
    { id: "mark", short: m.bar_mark(), label: m.do_mark_short(), keys: keysOf("mark"), run: mark },
    ...(["figure", "quotation", "name"] as const).map(as),
    ...(allows("wave-through")
      ? [
          {
            id: "exempt",
            short: m.bar_exempt(),
            label: m.do_exempt_short(),
            keys: keysOf("exempt"),
            run: exempt,
          },
        ]
      : []),
    { id: "ask", short: m.bar_ask(), label: m.do_ask_short(), run: askAbout },
  ];
}

/** Gives the command that was chosen in the system's menu. */
export function giveTextCommand(id: string): void {
  void textCommands()
    .find((one) => one.id === id)
    ?.run();
}
