// Keys that are pressed before the dialog they are meant for is on the screen. They wait, and go to it then: no letter is
// lost, and none lands in the article.

/** Holds every key from now on. What comes back lets them go, in order, to what has the focus then. */
export function holdKeys(): () => void {
  const held: KeyboardEvent[] = [];
  const hold = (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    held.push(event);
  };
  addEventListener("keydown", hold, true);
  return () => {
    removeEventListener("keydown", hold, true);
    held.forEach(press);
  };
}

/** Does what the key would have done: its handlers first, then its letter. */
function press(event: KeyboardEvent): void {
  const target = document.activeElement ?? document.body;
  const goesOn = target.dispatchEvent(new KeyboardEvent("keydown", event));
  if (goesOn && isLetter(event)) document.execCommand("insertText", false, event.key);
}

function isLetter({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  return [...key].length === 1 && !ctrlKey && !altKey && !metaKey;
}
