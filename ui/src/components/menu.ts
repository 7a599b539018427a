// What stands in a menu.
import { flushSync } from "svelte";

export interface MenuItem {
  label: string;
  keys?: string | undefined;
  disabled?: boolean;
  testid?: string;
  run: () => unknown;
}

/**
 * Closes the menu and then runs what was chosen, all before the next key comes: the menu has given the focus back by then, so
 * that what opens can take it. Bits would close the menu only later, and is told not to.
 */
export function choose(event: Event, close: () => void, run: () => unknown): void {
  event.preventDefault();
  flushSync(close);
  void run();
  flushSync();
}
