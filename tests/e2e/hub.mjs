// The hub of a journey: PostgreSQL as scripts/hub.sh starts it, in a folder of its own beside the builds. It can be stopped,
// started again with the same data, and frozen, as a machine is that hangs.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { children } from "./window.mjs";

const root = join(import.meta.dirname, "..", "..");
const target = join(resolve(root, process.env.CARGO_TARGET_DIR ?? "target"), "shared-window");
const folder = join(target, "hub");

/** Why there is no hub on this machine, or false. Nothing is installed for it. */
export function missingHub() {
  const found = "command -v initdb || ls /usr/lib/postgresql/*/bin/initdb";
  try {
    execFileSync("sh", ["-c", found], { stdio: "ignore" });
    return false;
  } catch {
    return "PostgreSQL is not installed.";
  }
}

export class Hub {
  /** Starts it with an empty database. */
  constructor() {
    this.url = script("start").trim();
    this.at = `127.0.0.1:${new URL(this.url).port}`;
    this.authority = join(folder, "ca.crt");
    this.data = join(readFileSync(join(folder, "where"), "utf8").trim(), "pg");
    this.server = Number(readFileSync(join(this.data, "postmaster.pid"), "utf8").split("\n")[0]);
  }

  /** Stops the server and all its connections where they are. */
  freeze() {
    this.signal("SIGSTOP");
  }

  /** Lets a frozen server go on. */
  thaw() {
    this.signal("SIGCONT");
  }

  signal(name) {
    for (const pid of [this.server, ...children({ pid: this.server })]) process.kill(pid, name);
  }

  /** Stops it for good and deletes its data. */
  remove() {
    this.thaw();
    script("stop");
  }
}

function script(wanted) {
  const env = { ...process.env, CARGO_TARGET_DIR: target };
  return execFileSync(join(root, "scripts", "hub.sh"), [wanted], { env, encoding: "utf8" });
}
