import { ChangeSet } from "@codemirror/state";
import type { EditorView, ViewUpdate } from "@codemirror/view";
import { expect, it } from "vitest";
import { Shown } from "./shown";

const view = (from: number, to: number) => ({ viewport: { from, to } }) as EditorView;
const update = (from: number, to: number, changes = ChangeSet.empty(1000)) =>
  ({ view: view(from, to), changes }) as unknown as ViewUpdate;

it("words typed in view move what is drawn, though the end of the view moves with them", () => {
  const shown = new Shown(view(100, 200));
  const typed = ChangeSet.of({ from: 150, insert: "more " }, 1000);
  expect(shown.renew(update(100, 205, typed))).toBe(false);
  expect(shown.renew(update(100, 205))).toBe(false);
});

it("text that comes into view is drawn, and what went out of it was not lost", () => {
  const shown = new Shown(view(100, 200));
  expect(shown.renew(update(150, 250))).toBe(true);
  expect(shown.renew(update(160, 240))).toBe(false);
  expect(shown.renew(update(150, 250))).toBe(false);
  expect(shown.renew(update(140, 240))).toBe(true);
});

it("what was drawn otherwise for less text is drawn again where more comes back into view", () => {
  const shown = new Shown(view(100, 200));
  expect(shown.renew(update(100, 150), true)).toBe(true);
  expect(shown.renew(update(100, 200))).toBe(true);
});
