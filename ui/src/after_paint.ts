/** How long a window that draws nothing is waited for, in milliseconds: one that is hidden has no frames. */
const PATIENCE = 100;

/** Calls `next` once what is on the page now is painted. */
export function afterPaint(next: () => void): void {
  let called = false;
  const once = () => {
    if (!called) next();
    called = true;
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, PATIENCE);
}
