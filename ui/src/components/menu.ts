// What stands in a menu.

export interface MenuItem {
  label: string;
  keys?: string | undefined;
  disabled?: boolean;
  testid?: string;
  run: () => unknown;
}

/** Runs what was chosen once the menu has given the focus back, so that what it opens can take it. */
export function menuClosed(run: () => unknown): void {
  setTimeout(() => void run(), 0);
}
