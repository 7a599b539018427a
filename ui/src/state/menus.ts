// What the right mouse button offers on a claim, an article, a source.
import type { MenuItem } from "../components/menu";
import { m } from "../paraglide/messages.js";
import type { ArticleCard, ClaimRow } from "../wire/generated";
import { article } from "./article.svelte";
import { copyClaims } from "./claim_text";
import { commands } from "./commands.svelte";
import { desk } from "./desk.svelte";
import { allows } from "./hub.svelte";
import { shownKeys } from "./keys";
import { library } from "./library.svelte";
import { screen } from "./screen.svelte";
import { doneWithUndo } from "./undo";

/**
 * The commands on a claim; the claim is selected first, as its commands work on what is selected. The list that the menu stands
 * on stays, or the menu would close with it.
 */
export function claimMenu(row: ClaimRow): MenuItem[] {
  if (article.selected !== row.id) article.selectBeside(row.id, true);
  const wanted = ["evidence", "query", "describe", "reaffirm", "sign-off", "retract"];
  const offered = commands().filter(({ id, can }) => wanted.includes(id) && (!can || can()));
  return [
    ...offered.map(({ id, title, keys, run }) => ({
      label: title,
      keys: keys?.[0] && shownKeys(keys[0]),
      run,
      testid: `menu-${id}`,
    })),
    { label: m.menu_copy_claim(), run: () => copyClaims([row]), testid: "menu-copy" },
  ];
}

/** The commands on an article of the library. */
export function articleMenu(card: ArticleCard): MenuItem[] {
  const opened = (then: () => void) => async () => {
    if (card.id !== article.view?.id) await article.open(card.id);
    if (card.id === article.view?.id) then();
  };
  return [
    { label: m.menu_open(), run: opened(() => article.editor?.focus()), testid: "menu-open" },
    ...(allows("set-status")
      ? [{ label: m.do_status(), run: opened(() => screen.open("status")), testid: "menu-status" }]
      : []),
    ...(allows("edit-info")
      ? [{ label: m.do_info(), run: opened(() => screen.open("info")), testid: "menu-info" }]
      : []),
    { label: m.do_export(), run: opened(() => screen.open("export")), testid: "menu-export" },
    ...(allows("archive")
      ? [
          {
            label: card.archived ? m.do_unarchive() : m.do_archive(),
            run: () => archive(card.id, !card.archived),
            testid: "menu-archive",
          },
        ]
      : []),
    ...card.tags.map((tag) => ({
      label: m.menu_tag({ tag }),
      run: () => library.look({ ...library.view, tag }),
    })),
  ];
}

/** Puts an article away, or takes it out again, open or not. */
export async function archive(id: string, archived: boolean): Promise<void> {
  const done =
    id === article.view?.id
      ? await article.act("article.archive", { article: id, archived })
      : await desk.ask("article.archive", { article: id, archived });
  if (!done) return;
  await desk.read();
  doneWithUndo(archived ? m.archived_now() : m.unarchived_now(), done.action);
}
