// A shared desk for the journeys: PostgreSQL as scripts/hub.sh starts it, in a folder of its own beside the builds, and the
// members' desks on the command line.
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { folder, program } from "./core";

const root = join(__dirname, "..", "..");
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
const script = join(root, "scripts", "hub.sh");
const env = { ...process.env, CARGO_TARGET_DIR: join(target, "shared-ui") };

/** The database, and why there is none. */
export type Database = { url: string; port: string } | { missing: string };

/** Starts the database. Nothing is installed for it. */
export function startDatabase(): Database {
  if (!hasPostgres()) return { missing: "PostgreSQL is not installed." };
  const url = execFileSync(script, ["start"], { env, encoding: "utf8" }).trim();
  return { url, port: new URL(url).port };
}

export function stopDatabase(): void {
  execFileSync(script, ["stop"], { env });
}

function hasPostgres(): boolean {
  const found = "command -v initdb || ls /usr/lib/postgresql/*/bin/initdb";
  try {
    execFileSync("sh", ["-c", found], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** One shared desk of the database, and the folder of its invites. */
export class Shared {
  private readonly place = folder();

  private constructor(
    readonly invite: string,
    private readonly name: string,
  ) {}

  /** Founds a shared desk; Ada Long is its chief. */
  static found(database: { url: string; port: string }, name: string): Shared {
    const shared = new Shared("", name);
    const invite = join(shared.place, "ada.invite");
    const at = `127.0.0.1:${database.port}`;
    const ca = join(target, "shared-ui", "hub", "ca.crt");
    const who = ["--url", database.url, "--name", name, "--chief", "Ada Long"];
    run("hub", "init", ...who, "--at", at, "--ca", ca, "--to", invite);
    return Object.assign(shared, { invite });
  }

  /** What the database's administrator does with it: closes it, or opens it again. */
  administered(database: { url: string }, what: "close" | "open"): void {
    const ca = join(target, "shared-ui", "hub", "ca.crt");
    run("hub", what, this.name, "--url", database.url, "--ca", ca);
  }

  /** Ada's desk on the command line, with the invite that the page would take otherwise. */
  ada(): Desk {
    return this.joined("ada", this.invite);
  }

  /** Somebody's invite, written by the chief's desk. */
  invited(chief: Desk, name: string, role: string): string {
    const file = join(this.place, `${name}.invite`);
    chief.run("hub", "invite", name, "--role", role, "--to", file);
    return file;
  }

  /** The desk of somebody who joined. */
  joined(name: string, invite: string): Desk {
    const desk = new Desk(join(this.place, `${name}.desk`));
    desk.run("hub", "join", invite);
    return desk;
  }
}

/** A desk of the command line. */
export class Desk {
  constructor(readonly file: string) {}

  run(...args: string[]): string {
    return run("--desk", this.file, ...args);
  }

  /** Sends and receives, and says how it stands then. */
  sync(): { state: string; received: number; sent: number } {
    return JSON.parse(this.run("sync", "--json"));
  }
}

function run(...args: string[]): string {
  return execFileSync(program, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}
