// The claim list as plain text, to be pasted into a mail.
import { m } from "../paraglide/messages.js";
import { call } from "../wire/client";
import type { ClaimRow } from "../wire/generated";
import { fetchWords, words } from "../wire/words.svelte";
import { standingWords } from "./standing";
import * as toast from "./toast";

export function claimText(rows: readonly ClaimRow[]): string {
  return rows
    .map((row) => {
      const lines = [`C${row.number}  ${standingWords(row)}`, `  “${row.quote}”`];
      if (row.assertion) lines.push(`  ${row.assertion}`);
      const changes = [...row.reasonMessages, ...row.contextMessages];
      return [...lines, ...changes.map((reason) => `  ${words(reason)}`)].join("\n");
    })
    .join("\n\n");
}

export async function copyClaims(rows: readonly ClaimRow[]): Promise<void> {
  await fetchWords();
  await copy(claimText(rows), m.copied({ count: rows.length }));
}

/** Puts a text on the clipboard and says so. */
export async function copy(text: string, said: string): Promise<void> {
  try {
    await call("shell.copy", { text });
    toast.success(said);
  } catch (cause) {
    toast.error(cause);
  }
}
