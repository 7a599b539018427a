// Keeps what is typed as a draft. The changes alone cross where it is known which text they were made on: its digest is
// taken once for each saved text, and the core refuses changes that were made on another one.
import type { Typed } from "../editor/editor";
import { call } from "../wire/client";

type SavedText = Typed["on"];

const digests = new WeakMap<SavedText, string>();

/** Keeps a draft on a revision. The whole text crosses where `whole` asks for it, and once for each saved text. */
export async function keepDraft(
  article: string,
  base: string,
  { on, changes, text }: Typed,
  whole: boolean,
): Promise<void> {
  const baseDigest = whole ? null : (digests.get(on) ?? null);
  if (baseDigest === null) void learn(on);
  await call("draft.keep", { article, base, changes, baseDigest, text: baseDigest === null ? text() : null });
}

/** Learns the digest of a saved text. Where the page can take none, whole texts go on crossing. */
async function learn(saved: SavedText): Promise<void> {
  const bytes = new TextEncoder().encode(saved.toString());
  const digest = await globalThis.crypto?.subtle?.digest("SHA-256", bytes).catch(() => null);
  if (digest) digests.set(saved, hex(new Uint8Array(digest)));
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
