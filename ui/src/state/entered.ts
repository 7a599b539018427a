// Where the next key lands: what opens takes the caret into its first field, what closes gives the focus back.
import type { Attachment } from "svelte/attachments";

const FIELDS = "input:not([type=hidden]):not(:disabled), textarea:not(:disabled), select:not(:disabled)";

/** For a form: the caret goes into its first field (or the one marked `data-first`) as soon as it is there, wherever the focus was. */
export const entered: Attachment<HTMLElement> = (node) => {
  const before = document.activeElement;
  enter(node);
  return () => giveBack(node, before);
};

/** Moves the caret into the first field. */
export function enter(node: Element): void {
  const first = node.querySelector<HTMLElement>("[data-first]") ?? node.querySelector<HTMLElement>(FIELDS);
  first?.focus();
}

/** Only where the focus is still in what goes, or went with it: somebody who is elsewhere by now stays there. */
function giveBack(node: HTMLElement, before: Element | null): void {
  const now = document.activeElement;
  const lost = now === document.body || now === null || node.contains(now);
  if (lost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
}
