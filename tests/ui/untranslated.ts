// What of a page in the pseudo-language (ui/dev/pseudo.ts) is neither the catalogue's nor what people wrote, and what of the
// catalogue has no room. One line for each finding.
import type { Page } from "@playwright/test";

/** Everything that people wrote: the strings that crossed between a page and its core, without what only the core says. */
export class Written {
  private readonly all = new Set<string>();
  private readonly waiting: Promise<void>[] = [];

  constructor(page: Page) {
    page.on("response", (response) => {
      if (/\/desk\/[^/]+\/call$/.test(response.url()))
        this.waiting.push(
          response.json().then(
            ({ answer }) => this.take("", answer),
            () => undefined,
          ),
        );
    });
    page.on("request", (request) => {
      if (request.url().endsWith("/call"))
        this.take("", request.postDataJSON());
    });
  }

  async strings(): Promise<string[]> {
    await Promise.all(this.waiting.splice(0));
    return [...this.all];
  }

  private take(key: string, value: unknown): void {
    if (typeof value === "string") {
      // A slug is a name for the page, which must have words for it.
      if (PEOPLES.has(key) || !/^[a-z][a-z0-9]*([-_.][a-z0-9]+)*$/.test(value))
        this.all.add(value);
    } else if (Array.isArray(value))
      value.forEach((one) => this.take(key, one));
    else if (value && typeof value === "object") {
      const own = said(value);
      for (const [name, one] of Object.entries(value))
        if (!own.includes(name)) this.take(name, one);
    }
  }
}

/** Fields in which people may write a single small word. */
const PEOPLES = new Set(
  "text name initials tags tag hashtags quote was words excerpt language encoding old new".split(
    " ",
  ),
);

/** The fields of an answer that hold English words of the core: those that it gives as a message too, and why it left something out. */
function said(value: object): string[] {
  if ("said" in value) return ["message", "what", "why"];
  if ("message" in value) return ["text"];
  if ("aboutMessage" in value) return ["about", "says", "label"];
  if ("slug" in value && "purpose" in value) return ["title", "purpose"];
  return [
    ...("reasonMessages" in value ? ["reasons"] : []),
    ...("warningMessages" in value ? ["warnings"] : []),
    ...("faultMessages" in value ? ["faults"] : []),
    ...("noticeMessages" in value ? ["notices", "onlyRead"] : []),
    "why",
  ];
}

export interface Look {
  screen: string;
  /** What is known to be wrong: a finding that one of them matches is not told. */
  known: readonly RegExp[];
}

/** What is wrong with what the page shows now. */
export async function untranslated(
  page: Page,
  written: Written,
  { screen, known }: Look,
): Promise<string[]> {
  // What comes and goes is looked at when it is there.
  await page.waitForTimeout(250);
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== "running" ||
          effect?.getComputedTiming().endTime === Infinity,
      ),
  );
  await page.evaluate(() => document.fonts.ready);
  const strings = await written.strings();
  const found = [
    ...(await page.evaluate(english, strings)),
    ...(await page.evaluate(cut)),
  ];
  return [...new Set(found)]
    .map((one) => `${screen}: ${one}`)
    .filter((one) => !known.some((pattern) => pattern.test(one)));
}

/** Runs in the page: what is shown and is neither the catalogue's nor in `strings`. */
function english(strings: string[]): string[] {
  const flat = (text: string) =>
    text
      .replace(/[^\S\n]+/g, " ")
      .replace(/ ?\n ?/g, "\n")
      .trim();
  const bare = (text: string) =>
    text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  const exact = new Set(strings.map((one) => bare(flat(one))));
  const all = strings.map(flat).join("\n");
  // The names of months and halves of a day are the system's (Intl), keys are what stands on the keyboard, and the
  // product's name is the same in every language.
  const months =
    "January|February|March|April|May|June|July|August|September|October|November|December";
  const short = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec";
  const units = "byte|bytes|kB|MB|GB";
  const keys = "Ctrl|Alt|alt|Shift|F\\d+|[A-Z]";
  const allowed = new RegExp(
    `^(?:(?:${months}|${short}|AM|PM|at|${units}|${keys}|Tickmark)(?![\\p{L}])|[^\\p{L}])*$`,
    "u",
  );
  // What stands between two things that people wrote, and what may stand within one too.
  const BETWEEN = [/ [·→–] |\n/u, /[,;] /u];
  const pseudo = "ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ";

  /** The parts of a text that are not the catalogue's: outside of all marks, or an argument. */
  function rests(text: string): string[] {
    const stack: string[] = [];
    const parts = [""];
    for (const one of text) {
      if ("⟦⟨⟧⟩".includes(one)) {
        if ("⟦⟨".includes(one)) stack.push(one);
        else stack.pop();
        parts.push("");
      } else if (stack.at(-1) !== "⟦") parts.push(parts.pop() + one);
    }
    return parts;
  }
  function isWritten(raw: string, inText: boolean, between = BETWEEN): boolean {
    const text = bare(flat(raw));
    const [by, ...rest] = between;
    if (isOne(text, inText)) return true;
    return (
      by !== undefined &&
      text.split(by).every((one) => isWritten(one, inText, rest))
    );
  }
  function isOne(text: string, inText: boolean): boolean {
    if (!/\p{L}/u.test(text) || allowed.test(text)) return true;
    // A search that marks what it found cuts a text of the catalogue to pieces.
    if ([...text].every((one) => !/\p{L}/u.test(one) || pseudo.includes(one)))
      return true;
    if (exact.has(text)) return true;
    return (
      (inText || text.length >= 10 || /[^\p{ASCII}]/u.test(text)) &&
      all.includes(text)
    );
  }
  const seen = (element: Element) =>
    element.checkVisibility({
      visibilityProperty: true,
      opacityProperty: true,
    });
  const where = (element: Element) => {
    const named = element.closest("[data-testid]");
    return `${element.tagName.toLowerCase()}.${[...element.classList].filter((one) => !one.startsWith("svelte-")).join(".")} in ${named?.getAttribute("data-testid") ?? "page"}`;
  };

  const found: string[] = [];
  // Texts of people, drawn in pieces.
  const TEXT =
    ".cm-content, [data-testid=past-text], ins, del, mark, [dir=auto]";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!element || element.closest("script, style")) continue;
    // A closed list does not draw its lines.
    if (!seen(element.closest("select") ?? element)) continue;
    // What is typed reaches the core a moment later.
    if (
      element.closest(".cm-line") &&
      !element.closest("[contenteditable=false]")
    )
      continue;
    const inText = element.closest(TEXT) !== null;
    for (const rest of rests(node.nodeValue ?? ""))
      if (!isWritten(rest, inText))
        found.push(`“${flat(rest)}” at ${where(element)}`);
  }
  for (const name of [
    "aria-label",
    "title",
    "placeholder",
    "alt",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
  ])
    for (const element of document.querySelectorAll(`[${name}]`)) {
      if (!seen(element)) continue;
      for (const rest of rests(element.getAttribute(name) ?? ""))
        if (!isWritten(rest, true))
          found.push(`${name} “${flat(rest)}” at ${where(element)}`);
    }
  return found;
}

/** Runs in the page: the texts of the catalogue that are cut off, and controls that stand out of where they belong. */
function cut(): string[] {
  const SLACK = 1;
  const seen = (element: Element) =>
    element.checkVisibility({
      visibilityProperty: true,
      opacityProperty: true,
    });
  const where = (element: Element) => {
    const named = element.closest("[data-testid]");
    return `${element.tagName.toLowerCase()}.${[...element.classList].filter((one) => !one.startsWith("svelte-")).join(".")} in ${named?.getAttribute("data-testid") ?? "page"}`;
  };
  const hides = (overflow: string) =>
    overflow === "hidden" || overflow === "clip";
  const scrolls = (overflow: string) =>
    overflow === "auto" || overflow === "scroll";
  /** What is there for screen readers only. */
  const unseen = (element: Element) => {
    if (element.closest(".unseen")) return true;
    const { width, height } = element.getBoundingClientRect();
    return width <= 2 && height <= 2;
  };

  /** By what a box is cut off: an element that hides what is outside of it, or the window. */
  function cutBy(box: DOMRect, from: Element): string | null {
    let [across, down] = [true, true];
    for (
      let one: Element | null = from;
      one && (across || down);
      one = one.parentElement
    ) {
      if (unseen(one)) return null;
      const style = getComputedStyle(one);
      const frame = one.getBoundingClientRect();
      if (
        across &&
        hides(style.overflowX) &&
        (box.left < frame.left - SLACK || box.right > frame.right + SLACK)
      )
        return `across by ${where(one)}`;
      if (
        down &&
        hides(style.overflowY) &&
        (box.top < frame.top - SLACK || box.bottom > frame.bottom + SLACK)
      )
        return `down by ${where(one)}`;
      // What can be scrolled to is not cut off.
      if (scrolls(style.overflowX)) across = false;
      if (scrolls(style.overflowY)) down = false;
      if (style.position === "fixed") break;
    }
    if (across && (box.left < -SLACK || box.right > innerWidth + SLACK))
      return "across by the window";
    if (down && (box.top < -SLACK || box.bottom > innerHeight + SLACK))
      return "down by the window";
    return null;
  }

  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (
      !element ||
      !(node.nodeValue ?? "").includes("⟦") ||
      !seen(element) ||
      unseen(element)
    )
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
    const text = `“${node.nodeValue?.replace(/\s+/g, " ").trim()}”`;
    const by = boxes
      .map((box) => cutBy(box, element))
      .find((one) => one !== null);
    if (by) found.push(`${text} at ${where(element)} is cut off ${by}`);
    // An ellipsis hides letters whose box is reported within.
    const style = getComputedStyle(element);
    if (
      hides(style.overflowX) &&
      !unseen(element) &&
      element.scrollWidth > element.clientWidth + SLACK
    )
      found.push(`${text} at ${where(element)} is wider than its place`);
    const control = element.closest(
      "button, [role=tab], [role=menuitem], .badge",
    );
    const frame = control?.getBoundingClientRect();
    if (
      control &&
      frame &&
      !unseen(control) &&
      boxes.some(
        (box) =>
          box.left < frame.left - SLACK ||
          box.right > frame.right + SLACK ||
          box.top < frame.top - 3 ||
          box.bottom > frame.bottom + 3,
      )
    )
      found.push(
        `${text} at ${where(element)} stands out of ${where(control)}`,
      );
  }
  const ruler = document.createElement("canvas").getContext("2d");
  for (const field of document.querySelectorAll<
    HTMLInputElement | HTMLSelectElement
  >("input[placeholder], select")) {
    const text =
      field instanceof HTMLInputElement
        ? field.placeholder
        : (field.selectedOptions[0]?.text ?? "");
    if (!ruler || !text.includes("⟦") || !seen(field)) continue;
    const style = getComputedStyle(field);
    ruler.font = style.font;
    const room =
      field.clientWidth -
      Number.parseFloat(style.paddingLeft) -
      Number.parseFloat(style.paddingRight);
    if (ruler.measureText(text).width > room + SLACK)
      found.push(`“${text}” is wider than its ${where(field)}`);
  }
  for (const control of document.querySelectorAll(
    "button, input, select, textarea, label, [role=tab]",
  )) {
    if (!seen(control) || unseen(control)) continue;
    const by = cutBy(
      control.getBoundingClientRect(),
      control.parentElement ?? control,
    );
    const named =
      control.getAttribute("aria-label") ?? control.textContent?.trim() ?? "";
    if (by) found.push(`“${named}” ${where(control)} is cut off ${by}`);
  }
  return found;
}
