// What a person does on the page, in words the journeys are written with. Everything goes
// through the mouse, the keyboard and the clipboard; scripts only look where things are.

import { Key, until } from "./webdriver.mjs";

/** The element that the page names so for tests. */
export const at = (name) => `[data-testid="${name}"]`;

/** Fills a field by its name. */
export const put = (page, name, text) => page.fill(at(name), text);

/** Brings a text in through the clipboard, and takes it as it is proposed. */
export async function pasteArticle(window, text) {
  const page = window.session;
  await page.click(at("import-open"));
  await page.click(at("import-text"));
  await window.call("shell.copy", { text });
  await page.press(Key.Control, "v");
  await page.click(at("import-preview"));
  await page.click(at("import-confirm"));
}

/** Chooses a file in the dialog, up to where it is looked over. */
export async function bringFile(desk, page, path) {
  desk.answerDialogs(path);
  await page.click(at("import-open"));
  await page.click(at("import-file"));
  await page.find(at("import-confirm"));
}

/** Draws the mouse over words of the text; `within` says in which words they stand. */
export async function select(page, words, within = words) {
  await until(`the words "${words}" selected`, async () => {
    const place = await page.run(PLACE, words, within);
    if (!place) return false;
    await page.drag(place.from, place.to);
    // Another try at once would count as a double click.
    await new Promise((resume) => setTimeout(resume, 600));
    return (await page.run("return getSelection().toString()")) === words;
  });
}

const PLACE = `
  const [words, within] = arguments;
  const content = document.querySelector(".cm-content");
  if (!content) return null;
  const nodes = [];
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const around = nodes.map((node) => node.data).join("").indexOf(within);
  if (around < 0) return null;
  const start = around + within.indexOf(words);
  const place = (offset, after) => {
    for (const node of nodes) {
      if (offset < node.length || (after && offset === node.length)) return [node, offset];
      offset -= node.length;
    }
  };
  const range = document.createRange();
  range.setStart(...place(start, false));
  range.setEnd(...place(start + words.length, true));
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  const lines = [...range.getClientRects()].filter((box) => box.width > 0);
  const [first, last] = [lines[0], lines.at(-1)];
  const middle = (box) => Math.round(box.top + box.height / 2);
  return {
    from: { x: Math.round(first.left), y: middle(first) },
    to: { x: Math.round(last.right), y: middle(last) },
  };`;
