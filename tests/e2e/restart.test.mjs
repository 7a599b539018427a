// A window that is opened while the one before it on the same desk ends.

import { after, test } from "node:test";

import { Desk } from "./window.mjs";

const desk = new Desk("Ada Long");
const windows = [];
after(async () => {
  for (const window of windows) await window.close();
  desk.remove();
});

test("a second start takes the place of a window that ends instead of coming to the front", async () => {
  const first = await desk.open();
  windows.push(first);
  first.hang();
  const second = desk.open();
  // Until it has asked the first one.
  await new Promise((resume) => setTimeout(resume, 3_000));
  first.kill();
  windows.push(await second);
  await windows[1].session.find("button");
});
