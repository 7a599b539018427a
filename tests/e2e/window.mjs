// A Tickmark window for a journey: starts the driver and the program on a desk in a folder
// of the journey's own, answers its file dialogs, takes its picture, ends both.

import { execFile, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Session, until } from "./webdriver.mjs";

/** One journey's folder, desk and windows, one after the other. */
export class Desk {
  /** `name` is who works there on the command line. */
  constructor(name = "Mara Lind") {
    this.name = name;
    this.folder = mkdtempSync(join(tmpdir(), "journey with spaces-"));
    this.file = join(this.folder, "journey.desk");
    this.dialog = join(this.folder, "dialog-answer");
  }

  /** Makes the desk a copy of another one. */
  copy(from) {
    copyFileSync(from, this.file);
    return true;
  }

  /** What the next file dialogs answer. */
  answerDialogs(path) {
    writeFileSync(this.dialog, path);
  }

  /** A window on the desk; `program` is another one than Tickmark's where it is held against that. */
  async open(program = process.env.TICKMARK_WINDOW) {
    const port = await freePort();
    const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
      env: {
        ...process.env,
        TICKMARK_DIALOG_PATH: `@${this.dialog}`,
        // A look of its own as well: what one journey chose must not meet the next.
        XDG_CONFIG_HOME: join(this.folder, "config"),
        XDG_DATA_HOME: join(this.folder, "data"),
      },
      stdio: ["ignore", "inherit", "inherit"],
    });
    const address = `http://127.0.0.1:${port}`;
    try {
      await until("the driver's answer", () =>
        fetch(`${address}/status`, { signal: AbortSignal.timeout(1_000) }).then((answer) => answer.ok, () => false));
      const session = await Session.start(address, program, [this.file]);
      await until("the window to be shown", () => session.run("return innerWidth > 0"), 10_000, 5);
      return new Window(driver, session);
    } catch (error) {
      await ended(driver);
      throw error;
    }
  }

  /** Runs the command line on the desk; answers `{code, stdout, stderr}`. */
  tickmark(...args) {
    return new Promise((resolve) => {
      const options = { timeout: 60_000, maxBuffer: 64 << 20 };
      execFile(process.env.TICKMARK_CLI, ["--desk", this.file, ...args], options, (error, stdout, stderr) =>
        resolve({ code: error ? (error.code ?? 1) : 0, stdout, stderr }));
    });
  }

  /** Runs the command line on the desk, which must do it; answers what it told scripts. */
  async told(...args) {
    const done = await this.tickmark("--as", this.name, "--json", ...args);
    if (done.code !== 0) throw new Error(`${args.join(" ")}: ${done.stderr}`);
    return JSON.parse(done.stdout);
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

class Window {
  constructor(driver, session) {
    this.driver = driver;
    this.session = session;
  }

  /** Calls the shell's one command as the page does; rejects with what it refuses with. */
  async call(name, request = {}) {
    const { value, refused } = await this.session.ask("POST", "/execute/async", {
      script: `const [name, request, done] = arguments;
        window.__TAURI_INTERNALS__.invoke("call", { name, request })
          .then((value) => done({ value }), (refused) => done({ refused }));`,
      args: [name, request],
    });
    if (refused) throw Object.assign(new Error(refused.message ?? String(refused)), { code: refused.code });
    return value;
  }

  /** Leaves the window's picture as out/NAME.png. */
  async picture(name) {
    writeFileSync(join(process.env.TICKMARK_E2E_OUT, `${name}.png`), await this.session.picture());
  }

  /** What the program and all that it started hold in memory, shared pages by their share (PSS), in bytes, by process. */
  memory() {
    const own = (pid) => [pid, ...children({ pid }).flatMap(own)];
    return children(this.driver).flatMap(own).map(held).filter(({ bytes }) => bytes > 0);
  }

  /** Kills the program as a power cut does; `close` is still to follow. */
  kill() {
    for (const program of children(this.driver)) endProgram(program);
  }

  /** Stops the program so that it answers nothing; it can still be killed. */
  hang() {
    for (const program of children(this.driver)) process.kill(program, "SIGSTOP");
  }

  async close() {
    const programs = children(this.driver);
    // A window that has closed itself has no session left to end.
    await this.session.quit().catch(() => {});
    await ended(this.driver);
    // The driver ends the page, and now and then goes before it has ended the program.
    for (const program of programs) endProgram(program);
    // One that still ends would be asked to open the next window on the same desk.
    await until("the program's end", () => programs.every(isGone));
  }
}

/** The processes a process has started, by Linux's own account. */
export function children({ pid }) {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const lists = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8"));
    return lists.flatMap((list) => list.split(" ").filter(Boolean).map(Number));
  } catch {
    return [];
  }
}

function held(pid) {
  try {
    const [, kilobytes] = /^Pss: +([0-9]+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"));
    return { name: readFileSync(`/proc/${pid}/comm`, "utf8").trim(), bytes: kilobytes * 1024 };
  } catch {
    // It has ended meanwhile.
    return { name: "", bytes: 0 };
  }
}

function endProgram(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

function isGone(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return true;
  }
}

async function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resume) => child.once("exit", resume));
  child.kill("SIGTERM");
  const hard = setTimeout(() => child.kill("SIGKILL"), 3_000);
  await gone;
  clearTimeout(hard);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
