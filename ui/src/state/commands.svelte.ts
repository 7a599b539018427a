// Every command of the window, once: its name, its key, when it can be given, what it does. The palette, the list of
// shortcuts and the keyboard all read from here.
import { flushSync } from "svelte";
import type { EdgeMove } from "../editor/edges";
import { m } from "../paraglide/messages.js";
import { call } from "../wire/client";
import { fetchWords, words } from "../wire/words.svelte";
import { article } from "./article.svelte";
import { coverage } from "./coverage.svelte";
import { copyClaims } from "./claim_text";
import { desk } from "./desk.svelte";
import { allows, hub } from "./hub.svelte";
import { WIDEN_KEYS, inField, isKey, shownKeys } from "./keys";
import { enter } from "./entered";
import { Later } from "./later.svelte";
import { look } from "./look.svelte";
import { verifyBundle } from "./outgoing";
import { bringFile } from "./incoming.svelte";
import { printing } from "./printing.svelte";
import { screen } from "./screen.svelte";
import { syncNow } from "./sharing";
import { suggestions } from "./suggestions.svelte";
import * as toast from "./toast";
import { doneWithUndo, redo, undo } from "./undo";
import { choose, verdictForm } from "./verdict";
import type { ActionLabel, ClaimRow, MessageDto } from "../wire/generated";

export interface Command {
  id: string;
  title: string;
  group: string;
  /** The keys, the first one shown. */
  keys?: readonly string[];
  can?: () => boolean;
  run: () => unknown;
  /** Whether the key also works while a form field is written in. */
  inFields?: boolean;
}

/** Finding words in the text. */
const find = new Later(() => import("../editor/find"));

const hasArticle = () => article.view !== null;
const writable = () => article.view !== null && !article.readOnly;
const hasWritableClaim = () => writable() && article.row !== null;
/** Whether something can be done to the open article, and the person's role allows it. */
const mayHere = (kind: ActionLabel) => () => writable() && allows(kind);

/** The commands in the order they are listed. */
export function commands(): Command[] {
  return [
    ...onText(),
    ...onClaim(),
    ...onEdges(),
    ...onSuggestions(),
    ...onArticle(),
    ...onDesk(),
    ...onWindow(),
  ];
}

/** The first key of each command by its id. It is always the same, and the views ask for many. */
const firstKeys = new Map<string, string>();

/** The first key of a command as it stands on this keyboard. Views show keys only through this. */
export function keysOf(id: string): string {
  if (firstKeys.size === 0) for (const { id, keys } of commands()) if (keys?.[0]) firstKeys.set(id, keys[0]);
  const keys = firstKeys.get(id);
  if (!keys) throw new Error(`no command with a key is called ${id}`);
  return shownKeys(keys);
}

/** The keys that move an edge of the selected claim. */
function onEdges(): Command[] {
  const move = (id: string, title: string, keys: string, how: EdgeMove): Command => {
    const run = () => article.moveEdge(how);
    return { id, title, group: m.group_claim(), keys: [keys], can: hasWritableClaim, run };
  };
  const edge = (edge: "start" | "end", step: 1 | -1, unit: "word" | "sentence") => ({ edge, step, unit });
  return [
    move("edge-end-on", m.do_edge_end_on(), "Alt+Shift+ArrowRight", edge("end", 1, "word")),
    move("edge-end-back", m.do_edge_end_back(), "Alt+Shift+ArrowLeft", edge("end", -1, "word")),
    move("edge-start-on", m.do_edge_start_on(), "Mod+Alt+Shift+ArrowRight", edge("start", 1, "word")),
    move("edge-start-back", m.do_edge_start_back(), "Mod+Alt+Shift+ArrowLeft", edge("start", -1, "word")),
    move("edge-sentence-end", m.do_edge_sentence_end(), "Alt+Shift+ArrowDown", edge("end", 1, "sentence")),
    move(
      "edge-sentence-start",
      m.do_edge_sentence_start(),
      "Alt+Shift+ArrowUp",
      edge("start", -1, "sentence"),
    ),
  ];
}

function onSuggestions(): Command[] {
  const group = m.group_suggestions();
  const waiting = () => (article.view?.suggestions.length ?? 0) > 0;
  const decidable = () => waiting() && writable() && allows("accept-suggestion");
  return [
    {
      id: "suggestion-next",
      title: m.do_next_suggestion(),
      group,
      keys: ["F7"],
      can: waiting,
      run: () => suggestions.next(1),
    },
    {
      id: "suggestion-previous",
      title: m.do_previous_suggestion(),
      group,
      keys: ["Shift+F7"],
      can: waiting,
      run: () => suggestions.next(-1),
    },
    {
      id: "suggestion-accept",
      title: m.do_accept_suggestion(),
      group,
      keys: ["Alt+Y"],
      can: decidable,
      run: () => suggestions.decideSelected("accept"),
    },
    {
      id: "suggestion-reject",
      title: m.do_reject_suggestion(),
      group,
      keys: ["Alt+N"],
      can: decidable,
      run: () => suggestions.decideSelected("reject"),
    },
    {
      id: "suggesting",
      title: m.do_suggesting(),
      group,
      keys: ["Alt+G"],
      can: writable,
      run: () => article.toggleSuggesting(),
    },
  ];
}

/** The commands by the group they are listed in. */
export function grouped(list: readonly Command[]): [string, Command[]][] {
  const groups = new Map<string, Command[]>();
  for (const command of list) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups];
}

function onText(): Command[] {
  const group = m.group_text();
  return [
    {
      id: "mark",
      title: m.do_mark(),
      group,
      keys: ["Mod+Enter", "Alt+M"],
      can: writable,
      run: () => article.mark(),
    },
    {
      id: "next",
      title: m.do_next_open(),
      group,
      keys: ["F8"],
      can: hasArticle,
      run: () => article.nextOpen(1),
      inFields: true,
    },
    {
      id: "previous",
      title: m.do_previous_open(),
      group,
      keys: ["Shift+F8"],
      can: hasArticle,
      run: () => article.nextOpen(-1),
      inFields: true,
    },
    {
      id: "next-sentence",
      title: m.do_next_sentence(),
      group,
      keys: ["F9"],
      can: hasArticle,
      run: () => coverage.next(1),
      inFields: true,
    },
    {
      id: "previous-sentence",
      title: m.do_previous_sentence(),
      group,
      keys: ["Shift+F9"],
      can: hasArticle,
      run: () => coverage.next(-1),
      inFields: true,
    },
    {
      id: "exempt",
      title: m.do_exempt(),
      group,
      keys: ["Alt+T"],
      can: mayHere("wave-through"),
      run: () => coverage.exempt(),
    },
    {
      id: "find",
      title: m.do_find(),
      group,
      // The others go on to the next place; before the first search they open the panel too.
      keys: ["Mod+F", "F3", "Shift+F3", "Mod+G", "Mod+Shift+G"],
      can: () => hasArticle() && screen.page === "article",
      run: () => find.use(({ openFind }) => article.editor && openFind(article.editor.view)),
    },
    {
      id: "save",
      title: article.suggesting ? m.do_suggest_short() : m.do_save(),
      group,
      keys: ["Mod+S"],
      can: hasArticle,
      run: () => article.save(),
      inFields: true,
    },
    {
      id: "save-note",
      title: m.do_save_note(),
      group,
      keys: ["Mod+Shift+S"],
      // A suggestion keeps no note.
      can: () => article.dirty && !article.suggesting,
      run: () => screen.open("save"),
      inFields: true,
    },
    { id: "undo", title: m.do_undo(), group, keys: ["Mod+Z"], can: () => allows("undo"), run: undo },
    {
      id: "redo",
      title: m.do_redo(),
      group,
      keys: ["Mod+Shift+Z", "Mod+Y"],
      can: () => allows("redo"),
      run: redo,
    },
  ];
}

function onClaim(): Command[] {
  const group = m.group_claim();
  const form = (name: typeof screen.form) => () => {
    screen.inspector = true;
    screen.tab = "claim";
    screen.form = name;
    flushSync();
    // One that was open already gets the caret again.
    const form = document.querySelector(`[data-form="${name}"]`);
    if (form && !form.contains(document.activeElement)) enter(form);
  };
  return [
    {
      id: "open-claim",
      title: m.do_open_claim(),
      group,
      keys: ["Alt+Enter"],
      can: hasArticle,
      run: openClaim,
    },
    {
      id: "evidence",
      title: m.do_evidence(),
      group,
      keys: ["Alt+E"],
      can: hasWritableClaim,
      run: form("evidence"),
    },
    { id: "query", title: m.do_query(), group, keys: ["Alt+Q"], can: hasWritableClaim, run: form("query") },
    {
      id: "describe",
      title: m.do_describe(),
      group,
      keys: ["Alt+D"],
      can: hasWritableClaim,
      run: form("fields"),
    },
    {
      id: "reaffirm",
      title: m.do_reaffirm(),
      group,
      keys: ["Alt+H"],
      can: () => canReaffirm(article.row),
      run: reaffirm,
    },
    {
      id: "reaffirm-contexts",
      title: m.do_reaffirm_contexts(),
      group,
      keys: ["Alt+Shift+H"],
      can: () => mayHere("reaffirm")() && article.claims.some((row) => row.contextOpen),
      run: reaffirmContexts,
    },
    { id: "contexts", title: m.do_contexts(), group, run: () => screen.open("contexts") },
    {
      id: "widen",
      title: m.do_widen(),
      group,
      keys: [WIDEN_KEYS],
      can: () => writable() && article.canWiden && article.wider?.claim === article.selected,
      run: () => article.widen(),
    },
    { id: "sign-off", title: m.do_sign_off(), group, keys: ["Alt+S"], can: canSignOff, run: signOff },
    {
      id: "retract",
      title: m.do_retract(),
      group,
      can: hasWritableClaim,
      run: retract,
    },
    {
      id: "copy-claims",
      title: m.do_copy_claims(),
      group,
      can: hasArticle,
      run: () => copyClaims(article.claims),
    },
  ];
}

function onArticle(): Command[] {
  const group = m.group_article();
  return [
    {
      id: "compare",
      title: m.do_compare(),
      group,
      keys: ["Mod+D"],
      can: hasArticle,
      run: () => (screen.page = screen.page === "compare" ? "article" : "compare"),
    },
    {
      id: "past",
      title: m.do_past(),
      group,
      keys: ["Mod+Shift+H"],
      can: hasArticle,
      run: () => (screen.page = screen.page === "past" ? "article" : "past"),
    },
    {
      id: "coverage",
      title: m.do_coverage(),
      group,
      keys: ["Alt+C"],
      can: hasArticle,
      run: () => coverage.toggle(),
    },
    {
      id: "authors",
      title: m.do_authors(),
      group,
      keys: ["Alt+W"],
      can: hasArticle,
      run: showAuthors,
    },
    {
      id: "offered",
      title: m.do_offered(),
      group,
      can: writable,
      run: () => screen.open("offered"),
    },
    {
      id: "merge",
      title: m.do_merge(),
      group,
      keys: ["Mod+Shift+M"],
      can: writable,
      run: () => screen.open("merge"),
    },
    {
      id: "status",
      title: m.do_status(),
      group,
      can: () => hasArticle() && allows("set-status"),
      run: () => screen.open("status"),
    },
    { id: "info", title: m.do_info(), group, can: writable, run: () => screen.open("info") },
    {
      id: "pictures",
      title: m.do_pictures(),
      group,
      can: () => (article.view?.pictures ?? 0) > 0,
      run: () => screen.open("pictures"),
    },
    { id: "log", title: m.do_log(), group, can: hasArticle, run: () => screen.open("log") },
    {
      id: "corrections",
      title: m.do_corrections(),
      group,
      can: hasArticle,
      run: () => screen.open("corrections"),
    },
    {
      id: "export",
      title: m.do_export(),
      group,
      keys: ["Mod+Shift+E"],
      can: hasArticle,
      run: () => screen.open("export"),
    },
    {
      id: "archive",
      title: article.view?.archived ? m.do_unarchive() : m.do_archive(),
      group,
      can: () => hasArticle() && allows("archive"),
      run: archive,
    },
    {
      id: "print",
      title: m.do_print(),
      group,
      keys: ["Mod+P"],
      can: hasArticle,
      run: () => printing.print(),
    },
  ];
}

function onDesk(): Command[] {
  const group = m.group_desk();
  return [
    {
      id: "import",
      title: m.do_import(),
      group,
      keys: ["Mod+N"],
      can: () => allows("import"),
      run: () => screen.open("import"),
    },
    { id: "open", title: m.do_open(), group, keys: ["Mod+O"], can: () => allows("import"), run: bringFile },
    { id: "verify", title: m.do_verify(), group, run: verifyBundle },
    { id: "sources", title: m.do_sources(), group, run: () => screen.open("sources") },
    { id: "scales", title: m.do_scales(), group, run: () => screen.open("scales") },
    { id: "policy", title: m.do_policy(), group, run: () => screen.open("policy") },
    { id: "keys", title: m.do_keys(), group, run: () => screen.open("keys") },
    { id: "people", title: m.do_people(), group, run: () => screen.open("people") },
    ...onShared(group),
    { id: "check", title: m.do_check(), group, run: check },
    { id: "backup", title: m.do_backup(), group, run: backup },
  ];
}

/** The shared desk: how to join one, or what can be done with the one that this desk belongs to. */
function onShared(group: string): Command[] {
  const shared = () => hub.shared;
  return [
    { id: "join", title: m.do_join(), group, can: () => !hub.shared, run: () => screen.open("join") },
    { id: "shared", title: m.do_shared(), group, can: shared, run: () => screen.open("shared") },
    { id: "sync", title: m.do_sync(), group, can: shared, run: syncNow },
    { id: "members", title: m.do_members(), group, can: shared, run: () => screen.open("members") },
  ];
}

function onWindow(): Command[] {
  const group = m.group_window();
  const always = { group, inFields: true };
  return [
    { id: "palette", title: m.do_palette(), keys: ["Mod+K"], run: () => screen.open("palette"), ...always },
    {
      id: "library",
      title: m.do_library(),
      keys: ["Mod+B"],
      run: () => (screen.library = !screen.library),
      ...always,
    },
    {
      id: "inspector",
      title: m.do_inspector(),
      keys: ["Mod+I"],
      run: () => (screen.inspector = !screen.inspector),
      ...always,
    },
    {
      id: "claims",
      title: m.do_claims(),
      keys: ["Mod+L"],
      can: hasArticle,
      run: () => show("claims"),
      ...always,
    },
    { id: "queries", title: m.do_queries(), can: hasArticle, run: () => show("queries"), ...always },
    {
      id: "focus-text",
      title: m.do_focus_text(),
      keys: ["F6"],
      can: hasArticle,
      run: () => article.editor?.focus(),
      ...always,
    },
    { id: "bigger", title: m.do_bigger(), keys: ["Mod+=", "Mod++"], run: () => look.zoomBy(1), ...always },
    { id: "smaller", title: m.do_smaller(), keys: ["Mod+-"], run: () => look.zoomBy(-1), ...always },
    { id: "normal", title: m.do_normal(), keys: ["Mod+0"], run: () => look.zoomBy(0), ...always },
    {
      id: "settings",
      title: m.do_settings(),
      keys: ["Mod+,"],
      run: () => screen.open("settings"),
      ...always,
    },
    {
      id: "shortcuts",
      title: m.do_shortcuts(),
      keys: ["F1"],
      run: () => screen.open("shortcuts"),
      ...always,
    },
  ];
}

/** Gives the command whose key was pressed. A digit chooses a rating for the selected claim. */
export function heedKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if (chooseRating(event)) return event.preventDefault();
  if (event.key === "Escape" && screen.dialog === null && screen.page !== "article")
    return void (screen.page = "article");
  const field = inField(event.target);
  const command = commands().find((one) => one.keys?.some((keys) => isKey(event, keys)));
  if (!command || (field && !command.inFields)) return;
  if (screen.dialog !== null && !["bigger", "smaller", "normal"].includes(command.id)) return;
  event.preventDefault();
  if (command.can && !command.can()) return;
  void command.run();
  // What was opened is on the screen, and has the focus, before the next key comes.
  flushSync();
}

/** Alt and a digit choose a rating everywhere; a digit alone only where the scale or a claim of the list has the focus. */
function chooseRating(event: KeyboardEvent): boolean {
  const { row } = article;
  if (!row || !mayHere("give-verdict")() || screen.dialog !== null || screen.page !== "article") return false;
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!digit || !plain || !(event.altKey || takesDigits(event.target))) return false;
  const form = verdictForm(row.id);
  const scales = desk.overview?.scales ?? [];
  const scale = scales.find(({ name }) => name === form.words.scale) ?? scales[0];
  const rating = scale?.ratings[Number(digit) - 1];
  if (!rating || row.standing === "orphaned") return false;
  screen.inspector = true;
  screen.tab = "claim";
  choose(form.words, rating);
  screen.form = "verdict";
  flushSync();
  return true;
}

const takesDigits = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest("[data-digits]") !== null;

export async function reaffirm(): Promise<void> {
  const { row } = article;
  if (row && (await article.act("verdict.reaffirm", { claim: row.id, rationale: null })))
    toast.success(m.reaffirmed());
}

/** Whether somebody can say that a claim's verdict still holds: it is open as its words or the sentence around them changed. */
export function canReaffirm(row: ClaimRow | null): boolean {
  return row !== null && mayHere("reaffirm")() && (row.standing === "stale" || row.contextOpen);
}

export async function reaffirmContexts(): Promise<void> {
  const { view } = article;
  if (!view) return;
  const done = await article.act("verdict.reaffirmContexts", { article: view.id });
  if (done) doneWithUndo(m.reaffirmed_contexts({ count: done.count }), done.action);
}

/** Whether the verdict that speaks on the selected claim is a colleague's, holds, and was not signed off by me. */
export function canSignOff(): boolean {
  const { detail, row } = article;
  const current = detail?.verdicts.find((verdict) => verdict.current);
  const me = desk.me?.id;
  if (!detail || !current || row?.standing !== "checked" || row.contextOpen) return false;
  if (!mayHere("sign-off")()) return false;
  return current.by.id !== me && !detail.signOffs.some(({ by }) => by.id === me);
}

export async function signOff(): Promise<void> {
  const { row } = article;
  if (row && (await article.act("verdict.signOff", { claim: row.id, note: null })))
    toast.success(m.signed_off());
}

function showAuthors(): void {
  screen.authors = !screen.authors;
  if (screen.authors && screen.coverage) coverage.toggle();
}

/** Marks what is selected and asks about it. */
export async function askAbout(): Promise<void> {
  if (!(await article.mark())) return;
  screen.tab = "claim";
  screen.form = "query";
}

/** Goes to the claim that the cursor is in; where several overlap, each time to the next. */
function openClaim(): void {
  const here = article.editor?.claimsHere() ?? [];
  const next = here[(here.indexOf(article.selected ?? "") + 1) % here.length] ?? article.selected;
  if (!next) return toast.info(m.claim_choose_text());
  screen.inspector = true;
  article.select(next);
  flushSync();
  document.querySelector<HTMLElement>("[data-testid=claim-pane] [role=radio]")?.focus();
}

export async function retract(): Promise<void> {
  const { row } = article;
  const done = row && (await article.act("claim.retract", { claim: row.id }));
  if (done) doneWithUndo(m.claim_retracted({ number: row.number }), done.action);
}

async function archive(): Promise<void> {
  const { view } = article;
  if (!view) return;
  const archived = !view.archived;
  const done = await article.act("article.archive", { article: view.id, archived });
  if (done) doneWithUndo(archived ? m.archived_now() : m.unarchived_now(), done.action);
}

async function check(): Promise<void> {
  const checked = await desk.ask("desk.check", {});
  if (!checked) return;
  if (checked.faults.length === 0) toast.success(m.check_sound({ count: checked.actions }));
  else await tellFaults(checked.faultMessages);
}

async function tellFaults(faults: MessageDto[]): Promise<void> {
  await fetchWords();
  toast.error(new Error(m.check_faults({ faults: faults.map(words).join("; ") })));
}

async function backup(): Promise<void> {
  const written = await call("shell.backup", {}).catch(toast.error);
  if (written && "path" in written) toast.success(m.backup_written({ path: written.path }));
}

function show(tab: "claims" | "queries"): void {
  screen.inspector = true;
  screen.tab = tab;
}
