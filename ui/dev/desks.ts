// The real core for a page in a browser: a part of Vite's server, in `npm run dev` and in the browser tests only. Each
// window gets a temporary desk and a program of its own that answers for it (`tickmark call`, a request a line in, an
// answer a line out). The program ends when its window closes, the desks go when the server ends.
//
//   POST /desk             opens a new desk, or with {"desk": ID} one of before; the first line of the answer is
//                          {"desk": ID, "folder": PATH}, and the desk is open until the connection closes
//   POST /desk/ID/call     {"command", "request"} gives {"answer"} or {"error"}
//   POST /desk/ID/NAME     puts the body into the desk's folder as a file and gives {"path"}
import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Connect, Plugin } from "vite";

const root = resolve(import.meta.dirname, "..", "..");
const target = resolve(root, process.env["CARGO_TARGET_DIR"] ?? "target");
const program = process.env["TICKMARK_CLI"] ?? join(target, "debug", "tickmark");

/** A program that has a desk open, and the requests that wait for its answers, in their order. */
class Running {
  private readonly process: ChildProcess;
  private readonly ended: Promise<void>;
  private readonly waiting: ((line: string) => void)[] = [];
  private live = true;

  constructor(folder: string) {
    const desk = join(folder, "newsroom.desk");
    this.process = spawn(program, ["--desk", desk, "call"], { stdio: ["pipe", "pipe", "inherit"] });
    createInterface({ input: this.process.stdout! }).on("line", (line) => this.waiting.shift()?.(line));
    this.process.stdin!.on("error", () => undefined);
    this.ended = new Promise((end) => {
      this.process.once("close", end);
      this.process.once("error", (cause) => {
        console.error(
          `${program} cannot be started (${cause.message}); build it with: cargo build --bin tickmark`,
        );
        end();
      });
    });
    void this.ended.then(() => this.gone());
  }

  /** Sends one request on and gives the line that answers it. */
  ask(request: unknown): Promise<string> {
    if (!this.live) return Promise.resolve(ENDED);
    return new Promise((answer) => {
      this.waiting.push(answer);
      this.process.stdin!.write(`${JSON.stringify(request)}\n`);
    });
  }

  /** Lets the program answer what it was asked and end. */
  async close(): Promise<void> {
    this.process.stdin!.end();
    await this.ended;
  }

  kill(): void {
    this.process.kill("SIGKILL");
  }

  private gone(): void {
    this.live = false;
    for (const answer of this.waiting.splice(0)) answer(ENDED);
  }
}

const ENDED = JSON.stringify({
  error: { code: "ended", message: "The program that answers for this desk has ended. Load the page again." },
});

/** All desks of one server, in one temporary folder. */
class Desks {
  private readonly folder = mkdtempSync(join(tmpdir(), "tickmark-desks-"));
  private readonly running = new Map<string, Running>();
  private files = 0;

  constructor() {
    process.once("exit", () => this.remove());
    // Without this a program that is interrupted would end before it could clean up.
    process.once("SIGINT", () => process.exit(130));
  }

  /** Opens a desk and keeps it open until `response` is closed. */
  async open(before: string | undefined, response: ServerResponse): Promise<void> {
    const desk = before !== undefined && this.running.has(before) ? before : randomUUID();
    await this.running.get(desk)?.close();
    const folder = join(this.folder, desk);
    mkdirSync(folder, { recursive: true });
    const running = new Running(folder);
    this.running.set(desk, running);
    response.once("close", () => void running.close());
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    response.write(`${JSON.stringify({ desk, folder })}\n`);
  }

  ask(desk: string, request: unknown): Promise<string> {
    return this.running.get(desk)?.ask(request) ?? Promise.resolve(ENDED);
  }

  /** Keeps a file that a person chose, under its own name, and says where it is. */
  put(desk: string, name: string, bytes: Buffer): string {
    if (!this.running.has(desk)) return ENDED;
    const folder = join(this.folder, desk, `chosen-${(this.files += 1)}`);
    mkdirSync(folder);
    const path = join(folder, basename(name));
    writeFileSync(path, bytes);
    return JSON.stringify({ path });
  }

  private remove(): void {
    for (const running of this.running.values()) running.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function desks(): Plugin {
  let all: Desks | null = null;
  const heed: Connect.NextHandleFunction = (request, response, next) => {
    if (!isOwn(request)) return void response.writeHead(403).end();
    answer((all ??= new Desks()), request, response).catch(next);
  };
  return {
    name: "tickmark-desks",
    configureServer: ({ middlewares }) => void middlewares.use("/desk", heed),
    configurePreviewServer: ({ middlewares }) => void middlewares.use("/desk", heed),
  };
}

/** Whether a page of this very server asks: the program reads and writes files wherever it is told. */
function isOwn({ method, headers }: IncomingMessage): boolean {
  const here = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(headers.host ?? "");
  return method === "POST" && here && headers.origin === `http://${headers.host}`;
}

async function answer(all: Desks, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [desk = "", what = ""] = (request.url ?? "").split("/").filter(Boolean).map(decodeURIComponent);
  const body = await bodyOf(request);
  const json = () => JSON.parse(body.toString() || "{}") as { desk?: string };
  if (!desk) return all.open(json().desk, response);
  response.setHeader("content-type", "application/json");
  response.end(what === "call" ? await all.ask(desk, json()) : all.put(desk, what, body));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
