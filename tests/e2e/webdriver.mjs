// A WebDriver client as small as the journeys need: one session, elements by CSS, clicks,
// keys as a person presses them, scripts and screenshots. It waits for what it is asked
// for, at most `patience`, and then says what it waited for. It knows nothing of Tickmark.
//
// Spoken is the W3C protocol; WebKitWebDriver wants `browserName` left out.

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const patience = 10_000;

/** Keys that are no letters, by the protocol's code points. */
export const Key = {
  Backspace: "\uE003", F7: "\uE037", Tab: "\uE004", Enter: "\uE007", Shift: "\uE008", Control: "\uE009", Alt: "\uE00A",
  Escape: "\uE00C", End: "\uE010", Home: "\uE011", Left: "\uE012", Up: "\uE013", Right: "\uE014",
  Down: "\uE015", Delete: "\uE017",
};

export class Session {
  /** Starts the program through the driver at `address` and waits for its window. */
  static async start(address, binary, args) {
    const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary, args } } };
    const { sessionId } = await ask(address, "POST", "/session", { capabilities });
    return new Session(address, sessionId);
  }

  constructor(address, id) {
    this.address = address;
    this.path = `/session/${id}`;
  }

  ask(method, path, body) {
    return ask(this.address, method, this.path + path, body);
  }

  /** Ends the session, which ends the program. */
  quit() {
    return this.ask("DELETE", "");
  }

  /** Runs the body of a function in the page and answers what it returns. */
  run(script, ...args) {
    return this.ask("POST", "/execute/sync", { script, args });
  }

  /** The first element that matches, once there is one. */
  async find(css) {
    const found = await until(`an element ${css}`, () =>
      this.ask("POST", "/element", { using: "css selector", value: css }).catch(ifNone("no such element")));
    return found[ELEMENT];
  }

  async count(css) {
    return (await this.ask("POST", "/elements", { using: "css selector", value: css })).length;
  }

  /** Waits until nothing matches any more. */
  gone(css) {
    return until(`no element ${css}`, async () => (await this.count(css)) === 0);
  }

  async text(css) {
    return this.ask("GET", `/element/${await this.find(css)}/text`);
  }

  /** Waits until the element's text holds `part`, and answers the whole text. */
  async shows(css, part) {
    let last = "";
    try {
      return await until(`"${part}" in ${css}`, async () => {
        last = (await this.run("return document.querySelector(arguments[0])?.innerText ?? ''", css)) ?? "";
        return last.includes(part) && last;
      });
    } catch (error) {
      throw new Error(`${error.message}; it shows: ${JSON.stringify(last.slice(0, 400))}`);
    }
  }

  /** Clicks once the element is there, can be seen and is not disabled. */
  async click(css) {
    await until(`a click on ${css}`, async () => {
      const element = await this.find(css);
      // The protocol takes a click on a disabled button for done.
      const enabled = await this.ask("GET", `/element/${element}/enabled`).catch(ifNone("stale element reference"));
      return enabled && this.ask("POST", `/element/${element}/click`, {}).then(() => true,
        ifNone("element not interactable", "element click intercepted", "stale element reference"));
    });
  }

  /** Types into whatever has the focus, letter by letter as a keyboard does. */
  type(text) {
    const actions = [...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
    return this.ask("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /** Presses keys together, the last one while the others are held. */
  press(...keys) {
    const down = keys.map((value) => ({ type: "keyDown", value }));
    const up = keys.toReversed().map((value) => ({ type: "keyUp", value }));
    return this.ask("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions: [...down, ...up] }] });
  }

  /** Clicks into a field, empties it and types. */
  async fill(css, text) {
    await this.click(css);
    await this.press(Key.Control, "a");
    await this.press(Key.Delete);
    await this.type(text);
  }

  /** Draws the mouse from one place of the view to another with its button held, in CSS pixels. */
  drag(from, to) {
    const move = ({ x, y }) => ({ type: "pointerMove", duration: 50, origin: "viewport", x, y });
    const actions = [move(from), { type: "pointerDown", button: 0 }, move(to), { type: "pointerUp", button: 0 }];
    return this.ask("POST", "/actions", { actions: [{ type: "pointer", id: "mouse", actions }] });
  }

  resize(width, height) {
    return this.ask("POST", "/window/rect", { width, height });
  }

  /** The window's picture as PNG bytes. */
  async picture() {
    return Buffer.from(await this.ask("GET", "/screenshot"), "base64");
  }
}

/** Asks again and again until the answer is truthy, `pause` milliseconds apart; fails with what was waited for. */
export async function until(what, question, milliseconds = patience, pause = 50) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${milliseconds / 1000} s in vain for ${what}`);
    await new Promise((resume) => setTimeout(resume, pause));
  }
}

function ifNone(...codes) {
  return (error) => {
    if (codes.includes(error.code)) return null;
    throw error;
  };
}

async function ask(address, method, path, body) {
  const response = await fetch(address + path, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  const { value } = await response.json();
  if (response.ok) return value;
  const error = new Error(`${method} ${path}: ${value.error}: ${value.message}`);
  error.code = value.error;
  throw error;
}
