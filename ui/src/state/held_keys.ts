// Keys that are pressed before the dialog they are meant for is on the screen. They wait, and go to it then: no letter is
// lost, and none lands in the article.
import { tick } from "svelte";

/**
 * Holds every key from now on. What comes back lets them go, one after the other as a person presses them, to what has the
 * focus then. Keys that are pressed meanwhile come after them.
 */
export function holdKeys(): () => Promise<void> {
  const held: KeyboardEvent[] = [];
  let pressing = false;
  const hold = (event: KeyboardEvent) => {
    if (pressing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held.push(event);
  };
  addEventListener("keydown", hold, true);
  return async () => {
    for (let next = held.shift(); next; next = held.shift()) {
      pressing = true;
      press(next);
      pressing = false;
      await settled();
    }
    removeEventListener("keydown", hold, true);
  };
}

/** What a key changes is on the screen before the next one comes: a list that it filters, a dialog that it opens. */
async function settled(): Promise<void> {
  await tick();
  await new Promise((next) => setTimeout(next));
}

/** Does what the key would have done: its handlers first, then its letter. */
function press(event: KeyboardEvent): void {
  const target = document.activeElement ?? document.body;
  const goesOn = target.dispatchEvent(new KeyboardEvent("keydown", event));
  if (goesOn && isLetter(event)) document.execCommand("insertText", false, event.key);
  // A field may take what was typed when the key is let go.
  document.activeElement?.dispatchEvent(new KeyboardEvent("keyup", event));
}

function isLetter({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  return [...key].length === 1 && !ctrlKey && !altKey && !metaKey;
}
