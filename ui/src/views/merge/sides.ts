// What the two sides of a merge are called: the article and a file, a bundle of another desk, or two versions.
import { m } from "../../paraglide/messages.js";
import { desk } from "../../state/desk.svelte";
import { formatTime } from "../../state/format";
import type { Deciding } from "../../state/returned.svelte";
import type { RevisionRow } from "../../wire/generated";

export interface SideWords {
  ours: string;
  theirs: string;
  /** What chooses one of them. */
  takeOurs: string;
  takeTheirs: string;
}

export const fileSides = (): SideWords => ({
  ours: m.merge_ours(),
  theirs: m.merge_theirs(),
  takeOurs: m.merge_take_ours(),
  takeTheirs: m.merge_take_theirs(),
});

export const bundleSides = (): SideWords => ({
  ours: m.join_ours(),
  theirs: m.join_theirs(),
  takeOurs: m.join_take_ours(),
  takeTheirs: m.join_take_theirs(),
});

export const versionSides = ({ ours, theirs }: Deciding): SideWords => ({
  ours: titled(ours),
  theirs: titled(theirs),
  takeOurs: taken(ours),
  takeTheirs: taken(theirs),
});

function titled({ by, at }: RevisionRow): string {
  const when = formatTime(at);
  return by.id === desk.me?.id ? m.version_side_mine({ when }) : m.version_side({ name: by.name, when });
}

function taken({ by }: RevisionRow): string {
  return by.id === desk.me?.id ? m.version_take_mine() : m.version_take({ name: by.name });
}
