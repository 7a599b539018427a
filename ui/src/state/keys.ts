// Keys as a person writes them ("Mod+Shift+S") and as the browser tells them. One notation for the whole window.

const mac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** Whether an event is the key that is written so. */
export function isKey(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split("+");
  const key = parts.pop() || "+";
  const wants = (name: string) => parts.includes(name);
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (mod !== wants("Mod") || other || event.altKey !== wants("Alt")) return false;
  const shiftMatters = key.length > 1 || /[a-z]/i.test(key);
  if (shiftMatters && event.shiftKey !== wants("Shift")) return false;
  return (
    event.key.toLowerCase() === key.toLowerCase() ||
    (wants("Alt") && event.code === `Key${key.toUpperCase()}`) ||
    (wants("Alt") && event.code === `Digit${key}`)
  );
}

const ARROWS = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" };

/** Keys as they stand on this keyboard. */
export function shownKeys(keys: string): string {
  const names: Record<string, string> = mac
    ? { Mod: "⌘", Shift: "⇧", Alt: "⌥", Enter: "↩", ...ARROWS }
    : { Mod: "Ctrl", Enter: "↵", ...ARROWS };
  const parts = keys.split(/\+(?=.)/).map((part) => names[part] ?? part);
  return parts.join(mac ? "" : " ");
}

/** Whether the person is writing in a form field, where keys belong to the field. */
export function inField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")
  );
}

/** Widens the claim that was marked last to the whole number that its edges cut through. */
export const WIDEN_KEYS = "Alt+Shift+M";
