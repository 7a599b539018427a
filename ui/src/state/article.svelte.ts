// The open article: its text, its claims, what is selected, what is typed and not saved. All writes to it go through
// here, so that the text is always saved before a verdict is given on it.
import type { ArticleEditor, Past, SavedText } from "../editor/editor";
import { movedEdge, type EdgeMove } from "../editor/edges";
import { Resting } from "../editor/resting";
import { m } from "../paraglide/messages.js";
import { WireError, call, type Answer, type Name, type Request } from "../wire/client";
import type {
  ArticleView,
  ClaimDetail,
  ClaimFields,
  ClaimKind,
  ClaimRow,
  EffectsRequest,
  PlacementDto,
  SaveRequest,
  Saved,
  SpanDto,
  SuggestRequest,
} from "../wire/generated";
import { desk } from "./desk.svelte";
import { forms } from "./forms.svelte";
import { allows } from "./hub.svelte";
import { keepDraft } from "./keeping";
import { WIDEN_KEYS, shownKeys } from "./keys";
import { keepOpen } from "./last_open";
import { screen } from "./screen.svelte";
import { checkIn } from "./spelling";
import { editorClaim, foretold, isOpen } from "./standing";
import * as toast from "./toast";
import { trouble } from "./trouble.svelte";
import { Typing } from "./typing.svelte";
import { undone } from "./undone";
import { working } from "./work.svelte";

/** How long after the last key what was typed is kept, in milliseconds; well within a second. */
const KEEP_AFTER = 400;
/** How long the cursor rests before what it is on is looked up, in milliseconds. */
const CURSOR_RESTS = 60;

class OpenArticle {
  view = $state.raw<ArticleView | null>(null);
  selected = $state<string | null>(null);
  detail = $state.raw<ClaimDetail | null>(null);
  dirty = $state(false);
  /** Whether what is typed is suggested instead of changing the text. */
  suggesting = $state(false);
  markable = $state(false);
  /** What the typing that is not saved will do to the claims. */
  typing = new Typing(
    () => this.asTyped(),
    () => this.foretell(),
  );
  /** What the last save did to the claims. */
  placements = $state.raw<PlacementDto[]>([]);
  /** The claim that was marked last, where its edges cut through a number, and the words of `revision` it can be widened to. */
  wider = $state.raw<{ claim: string; revision: string; spans: SpanDto[]; quote: string } | null>(null);
  /** When the words that were brought back as a draft were typed. */
  broughtBack = $state<string | null>(null);
  /** Whether the article was revised elsewhere, and its words here stand on an older revision. */
  elsewhere = $state(false);
  /** The last reading that was begun. */
  private reading: Promise<void> = Promise.resolve();
  /** The words the cursor rests on, where the saved text has them; known while somebody asks about them. */
  cursor = $state.raw<SpanDto | null>(null);
  editor: ArticleEditor | null = null;
  /** The words that were brought back, while nothing was typed on them. */
  private untouched: string | null = null;
  /** Whether the desk holds a draft that was typed here: only such a draft is ever dropped. */
  private kept = false;
  /** What could be undone and redone in the text of a revision when it was left, and when words were saved on it. */
  private pasts = new Map<string, Past>();
  private sent = new Map<string, Past>();
  private keeping: ReturnType<typeof setTimeout> | null = null;
  /** A draft on its way. What is saved goes after it: else half-typed words would be kept last. */
  private beingKept: Promise<unknown> = Promise.resolve();
  private cursorRests = new Resting(CURSOR_RESTS, () => (this.cursor = this.editor?.savedWords() ?? null));
  private opening = 0;
  /** The save that is on its way. */
  private saving: Promise<boolean> | null = null;
  private moving: Promise<void> = Promise.resolve();
  /** The action that is on its way. */
  private acting: Promise<unknown> = Promise.resolve();

  get readOnly(): boolean {
    return this.view !== null && (!this.view.newest || this.view.archived || !allows("revise"));
  }
  /** Whether the claim that was marked last can be widened: its text is shown, and nothing was typed on it. */
  get canWiden(): boolean {
    return this.wider !== null && this.wider.revision === this.view?.revision.id && !this.dirty;
  }
  get claims(): ClaimRow[] {
    return this.view?.claims ?? [];
  }
  get row(): ClaimRow | null {
    return this.claims.find(({ id }) => id === this.selected) ?? null;
  }

  /** Opens an article at its newest revision, or at an older one to read; `read` is what was read of it just now. */
  async open(
    article: string,
    revision: string | null = null,
    read: ArticleView | null = null,
  ): Promise<void> {
    await this.keepNow();
    const mine = (this.opening += 1);
    const other = article !== this.view?.id;
    try {
      const reading = read ? Promise.resolve(read) : call("article.open", { article, revision });
      const view = await working.during(m.work_opening(), reading, () => (this.opening += 1));
      if (this.saving) await this.saving;
      if (mine !== this.opening) return;
      // What was typed while the other article was on its way.
      void this.keep();
      if (other) this.forget();
      this.take(view);
      screen.page = "article";
      if (this.selected) void this.showClaim();
    } catch (cause) {
      toast.error(cause);
    }
  }

  /** What an editor shows of the open article at first. */
  atFirst(): SavedText | undefined {
    const { view } = this;
    if (!view) return undefined;
    const readOnly = this.readOnly || holds(view);
    return { text: view.text, claims: view.claims.map(editorClaim), readOnly, language: view.info.language };
  }

  /** Hands over an editor that shows what the open article has at first. */
  attach(editor: ArticleEditor): void {
    this.editor = editor;
    this.markable = false;
    if (!this.view) return;
    this.drawRest(this.view, editor);
    checkIn(this.view.info.language);
  }

  /** The editor leaves the screen. */
  detach(editor: ArticleEditor): void {
    if (this.editor === editor) this.editor = null;
  }

  close(): void {
    this.forget();
    this.view = null;
    checkIn(null);
  }

  /** Reads the article again after something was done to it, here or elsewhere. */
  refresh(): Promise<void> {
    return this.inTurn(() => this.refreshNow());
  }

  /** Reads once the reading before is shown, so that what is read last is shown last. */
  private inTurn(read: () => Promise<void>): Promise<void> {
    const mine = this.reading.then(read);
    this.reading = mine.catch(() => undefined);
    return mine;
  }

  private async refreshNow(): Promise<void> {
    const shown = this.view;
    await desk.read();
    if (!shown) return;
    const view = await this.readAgain(shown);
    if (!view || this.view?.id !== shown.id) return;
    const typed = this.dirty && view.revision.id !== shown.revision.id;
    if (typed) return void (this.elsewhere = true);
    this.elsewhere = holds(view);
    if (view.revision.id === shown.revision.id && this.editor && view.text === shown.text) {
      this.view = view;
      this.speak(view);
      this.editor.redraw(view.claims.map(editorClaim));
      // Something may have been done to a claim whose words are being typed.
      if (this.dirty) this.foretell();
      if (this.dirty) this.typing.again();
    } else {
      this.take(view);
    }
    if (this.selected && !this.row) this.select(null);
    else await this.showClaim();
  }

  /** The article as it is now; it is closed where it was undone. */
  private async readAgain(shown: ArticleView): Promise<ArticleView | null> {
    const revision = shown.newest ? null : shown.revision.id;
    try {
      return await call("article.open", { article: shown.id, revision });
    } catch (cause) {
      if (cause instanceof WireError && cause.code === "not_found" && this.view?.id === shown.id)
        this.close();
      else toast.error(cause);
      return null;
    }
  }

  select(claim: string | null, reveal = false): void {
    if (claim !== this.selected) {
      screen.form = null;
      this.detail = null;
    }
    this.selected = claim;
    this.editor?.select(claim, reveal);
    if (claim) screen.tab = "claim";
    void this.showClaim();
  }

  /** Selects a claim and leaves the tab that is shown. */
  selectBeside(claim: string, reveal = false): void {
    const { tab } = screen;
    this.select(claim, reveal);
    screen.tab = tab;
  }

  /** Shows the claim that the cursor is in, without taking the focus or another tab. */
  follow(claims: readonly string[]): void {
    const [claim] = claims;
    if (!claim || (this.selected && claims.includes(this.selected))) return;
    this.selectBeside(claim);
  }

  /** The next claim somebody still has to look at, in reading order, round the end. */
  nextOpen(step: 1 | -1): void {
    const open = this.claims.filter((row) => isOpen(row) || row.id === this.selected);
    const others = open.filter((row) => row.id !== this.selected);
    if (others.length === 0) return toast.info(m.nothing_open());
    const at = open.findIndex(({ id }) => id === this.selected);
    const next =
      at < 0 ? open[step > 0 ? 0 : open.length - 1] : open[(at + step + open.length) % open.length];
    if (next) this.select(next.id, true);
  }

  /** Marks what is selected in the text as a claim. Says whether it did. */
  async mark(kind: ClaimKind | null = null): Promise<boolean> {
    const spans = this.editor?.selection() ?? [];
    if (this.view && !this.readOnly && spans.length > 0) return this.during(this.markSpans(spans, kind));
    toast.info(m.mark_select_first());
    return false;
  }

  private async markSpans(spans: SpanDto[], kind: ClaimKind | null): Promise<boolean> {
    if (await this.suggestedFirst()) return false;
    const fields: ClaimFields = { assertion: null, kind, claimant: null, risk: null };
    if (!(await this.saveFirst()) || !this.view) return false;
    const { id, revision } = this.view;
    const made = await desk.ask("claim.mark", { article: id, revision: revision.id, spans, fields });
    if (!made) return false;
    this.wider = made.wider && { claim: made.claim, revision: revision.id, ...made.wider };
    undone.forget();
    this.editor?.collapse();
    await this.refresh();
    this.select(made.claim);
    screen.inspector = true;
    this.offerWider();
    return true;
  }

  /** Suggests what was typed, if anything was. Says whether it was: words that were selected on it are elsewhere then. */
  private async suggestedFirst(): Promise<boolean> {
    if (!this.suggesting || !this.dirty) return false;
    if (await this.save()) toast.info(m.suggested_first());
    return true;
  }

  private offerWider(): void {
    if (!this.wider) return;
    const label = `${m.do_widen_short()} (${shownKeys(WIDEN_KEYS)})`;
    toast.info(m.mark_wider({ words: this.wider.quote }), { label, onClick: () => void this.widen() });
  }

  /** Puts the claim that was marked last on the whole number that its edges cut through, unless the text changed. */
  async widen(): Promise<void> {
    if (!this.wider || !this.canWiden) return;
    const { claim, revision, spans } = this.wider;
    if (await this.act("claim.reattach", { claim, revision, spans })) this.wider = null;
  }

  /** Puts a claim on other stretches of the text as it stands. */
  async place(claim: string, spans: SpanDto[]): Promise<boolean> {
    if ((await this.suggestedFirst()) || !(await this.saveFirst()) || !this.view) return false;
    const request = { claim, revision: this.view.revision.id, spans };
    return (await this.act("claim.reattach", request)) !== null;
  }

  /** Moves an edge of the selected claim by a word or a sentence; a key that comes before the last one is done waits. */
  moveEdge(move: EdgeMove): Promise<void> {
    return (this.moving = this.moving.then(() => this.moveEdgeNow(move)));
  }

  private async moveEdgeNow(move: EdgeMove): Promise<void> {
    if (!(await this.saveFirst()) || !this.view || !this.row) return;
    const { spans } = this.row;
    const which = move.edge === "start" ? 0 : spans.length - 1;
    const span = spans[which];
    if (!span) return;
    const moved = movedEdge(this.view.text, span, move);
    const same = moved.start === span.start && moved.end === span.end;
    if (!same) await this.place(this.row.id, spans.with(which, moved));
  }

  /** Does something to the article on saved words, then reads it again. `done` is called in between, once it is done. */
  act<N extends Name>(name: N, request: Request<N>, done?: () => void): Promise<Answer<N> | null> {
    return this.during(this.actNow(name, request, done));
  }

  /** Comes once no save and no action is on its way. */
  async idle(): Promise<void> {
    await this.saving;
    await this.acting;
  }

  private async actNow<N extends Name>(
    name: N,
    request: Request<N>,
    done?: () => void,
  ): Promise<Answer<N> | null> {
    if (!(await this.saveFirst())) return null;
    const answer = await desk.ask(name, request);
    if (answer !== null) undone.forget();
    if (answer !== null) done?.();
    await this.refresh();
    return answer;
  }

  private during<T>(action: Promise<T>): Promise<T> {
    this.acting = Promise.all([this.acting, action.catch(() => undefined)]);
    return action;
  }

  /** Saves what is typed as a revision, or suggests it. `aside` says so quietly, since something else was asked for. */
  async save(note: string | null = null, onTop = false, aside = false): Promise<boolean> {
    while (this.saving) if ((await this.saving) && !this.dirty) return true;
    const { view, editor } = this;
    if (!view || !editor || !this.dirty) {
      toast.info(m.save_nothing());
      return false;
    }
    this.stopKeeping();
    const [typed, changes] = [{ article: view.id, base: view.revision.id }, editor.changes()];
    const sent = this.suggesting
      ? this.suggestTyped(editor, { ...typed, changes })
      : this.send(editor, { ...typed, text: editor.text(), changes, note, onTop }, aside);
    this.saving = this.during(sent).finally(() => (this.saving = null));
    return this.saving;
  }

  /** Makes suggestions of what was typed, and takes it out of the text. What is typed meanwhile stays. */
  private async suggestTyped(editor: ArticleEditor, request: SuggestRequest): Promise<boolean> {
    editor.send();
    try {
      await this.beingKept.catch(() => {});
      const made = await working.during(m.work_saving(), call("suggestion.make", request));
      toast.success(m.suggested({ count: made.suggestions.length }));
    } catch (cause) {
      await this.refused(editor, cause);
      return false;
    }
    undone.forget();
    editor.takeBack();
    this.dirty = editor.dirty;
    this.broughtBack = null;
    this.untouched = null;
    await this.keep();
    await this.refresh();
    return true;
  }

  /** What was sent is not recorded: it stays typed, and is kept as a draft. */
  private async refused(editor: ArticleEditor, cause: unknown): Promise<void> {
    editor.answered(false);
    await this.keep();
    if (cause instanceof WireError && cause.code === "revised_elsewhere") this.notSaved();
    else toast.error(cause);
  }

  /** Begins to suggest, or ends it. What was typed until then is saved, or suggested, as it was typed. */
  async toggleSuggesting(): Promise<void> {
    await this.saving;
    while (this.dirty) if (!(await this.saveFirst())) return;
    if (!this.view) return;
    this.suggesting = !this.suggesting;
    rememberSuggesting(this.view.id, this.suggesting);
    this.editor?.suggesting(this.suggesting);
    toast.info(this.suggesting ? m.suggesting_on() : m.suggesting_off());
  }

  private async send(editor: ArticleEditor, request: SaveRequest, aside: boolean): Promise<boolean> {
    editor.send();
    remember(this.sent, request.base, editor.past());
    try {
      await this.beingKept.catch(() => {});
      const saved = await working.during(m.work_saving(), call("article.save", request));
      editor.answered(true);
      this.dirty = editor.dirty;
      this.saved(saved, aside);
    } catch (cause) {
      this.sent.delete(request.base);
      await this.refused(editor, cause);
      return false;
    }
    await this.reopen(editor);
    return true;
  }

  /** The article's words as they stand in the window. */
  words(): string {
    return this.editor?.text() ?? this.view?.text ?? "";
  }

  /** Throws away what is typed and shows the saved text again. */
  async discard(): Promise<void> {
    if (!this.view) return;
    this.stopKeeping();
    this.kept = false;
    await desk.ask("draft.drop", { article: this.view.id });
    await this.reopen();
  }

  /** Whether the words that are not saved are those of a save that was undone, so that redo loses none. */
  get redoneBySave(): boolean {
    const { view, editor } = this;
    const sent = view && this.sent.get(view.revision.id);
    if (!editor) return false;
    return this.untouched === editor.text() || (sent?.doc.eq(editor.past().doc) ?? false);
  }

  /** Remembers what can be redone in the text, before an action is undone and another text may be shown. */
  leavePast(): void {
    if (this.view && this.editor) remember(this.pasts, this.view.revision.id, this.editor.past());
  }

  /** The words that stand against a revision made elsewhere, and the revision they were typed on. */
  mine(): { base: string; text: string; changes: SaveRequest["changes"] } | null {
    const { view, editor } = this;
    if (view && editor && this.dirty)
      return { base: view.revision.id, text: editor.text(), changes: editor.changes() };
    return view?.draft ?? null;
  }

  /** Saves the words that were typed on an older revision as a revision after the newest. */
  async saveOnTop(note: string | null = null): Promise<boolean> {
    const mine = this.mine();
    if (!this.view || !mine) return false;
    this.stopKeeping();
    const { base, text, changes } = mine;
    const saved = await desk.ask("article.save", {
      article: this.view.id,
      base,
      text,
      changes,
      note,
      onTop: true,
    });
    if (!saved) return false;
    this.saved(saved, true);
    await this.reopen();
    return true;
  }

  /** Keeps the typed words as a revision of their own and brings the other text back after it. */
  async putAside(note: string): Promise<void> {
    const article = this.view?.id;
    const newest = article && (await desk.ask("revision.list", { article }))?.[0];
    if (!newest || !(await this.saveOnTop(note))) return;
    await this.act("revision.restore", { article, revision: newest.id });
  }

  /** Keeps what is typed at once, as before the window closes. */
  async keepNow(): Promise<void> {
    if (this.saving) await this.saving;
    await forms.keepNow();
    await this.keep();
  }

  private async keep(whole = false): Promise<void> {
    this.stopKeeping();
    const { view, editor } = this;
    if (!view?.newest || !editor) return;
    try {
      if (this.dirty) {
        this.kept = true;
        this.beingKept = keepDraft(view.id, view.revision.id, editor.typed(), whole);
        await this.beingKept;
        trouble.saved();
      } else if (this.kept) {
        this.kept = false;
        await call("draft.drop", { article: view.id });
      }
    } catch (cause) {
      if (whole || !this.dirty) return toast.error(cause);
      // The desk may not read the revision any more that the changes are made on; the whole text needs none.
      if (!this.saving && this.view?.id === view.id) await this.keep(true);
    }
  }

  /** The editor tells that something was typed, `anew` or by undo and redo. */
  typed(dirty: boolean, anew = true): void {
    if (anew) undone.forget();
    this.dirty = dirty;
    if (!dirty) this.broughtBack = null;
    // With nothing of one's own left, the revision made elsewhere can be shown.
    if (!dirty && this.elsewhere) void this.keep().then(() => this.refresh());
    if (dirty) this.typing.again();
    else this.typing.forget();
    this.keeping ??= setTimeout(() => {
      this.keeping = null;
      // Until a save is answered it is not known which revision the words are typed on.
      if (!this.saving) void this.keep();
    }, KEEP_AFTER);
  }

  /** The editor tells that the cursor moved. */
  cursorMoved(): void {
    if (screen.authors || screen.coverage) this.cursorRests.again();
  }

  private asTyped(): EffectsRequest | null {
    const { view, editor } = this;
    if (!view || !editor?.dirty || this.saving) return null;
    return { article: view.id, base: view.revision.id, changes: editor.changes() };
  }

  private foretell(): void {
    this.editor?.foretell(foretold(this.claims, this.typing.effects));
  }

  /** Saves what was typed, if anything was; false if that failed. */
  async saveFirst(): Promise<boolean> {
    return this.dirty ? this.save(null, false, true) : true;
  }

  /** Shows what became of the claims, where any did not simply stay. */
  showPlacements(placements: PlacementDto[]): void {
    this.placements = touched(placements);
    if (this.placements.length > 0) screen.open("placements");
  }

  private saved({ revision, placements }: Saved, aside: boolean): void {
    this.kept = false;
    this.broughtBack = null;
    this.wider = null;
    this.placements = touched(placements);
    const text = aside ? m.saved_first({ number: revision.number }) : m.saved_as({ number: revision.number });
    if (this.placements.length === 0) return toast.success(text);
    // Over what somebody types on meanwhile nothing opens.
    if (!aside && !this.dirty) return screen.open("placements");
    const label = m.saved_see({ count: this.placements.length });
    toast.success(text, { label, onClick: () => screen.open("placements") });
  }

  /** Reads the article after its words were saved, or thrown away. What was typed in `editor` meanwhile stays. */
  private reopen(editor: ArticleEditor | null = null): Promise<void> {
    return this.inTurn(() => this.reopenNow(editor));
  }

  private async reopenNow(editor: ArticleEditor | null): Promise<void> {
    const article = this.view?.id;
    await desk.read();
    const view = article ? await desk.ask("article.open", { article, revision: null }) : null;
    if (view && editor?.isOn(view.text)) this.resaved(view, editor);
    else if (view && editor?.dirty) this.elsewhere = true;
    else if (view) this.take(view);
    await this.showClaim();
  }

  private resaved(view: ArticleView, editor: ArticleEditor): void {
    this.view = view;
    this.elsewhere = false;
    editor.resaved(view.claims.map(editorClaim));
    this.untouched = null;
    this.typing.forget();
    if (editor.dirty) this.typed(true);
  }

  /** Says why a save was refused, and what can be done. Nothing opens by itself: somebody may be typing on. */
  private notSaved(): void {
    this.elsewhere = true;
    toast.info(m.elsewhere_not_saved(), { label: m.elsewhere_go(), onClick: () => screen.open("elsewhere") });
  }

  private take(view: ArticleView): void {
    this.view = view;
    // A draft that was typed as a suggestion is not saved as a revision after a restart.
    this.suggesting = isSuggestedOn(view.id);
    this.speak(view);
    void forms.show(view.id, desk.me?.id ?? null);
    keepOpen(view.id);
    if (this.editor) this.draw(view);
    void call("shell.title", { title: `${view.headline} – Tickmark` }).catch(() => undefined);
  }

  /** Lets the text be read and its spelling be checked in its own language. */
  private speak(view: ArticleView): void {
    this.editor?.speak(view.info.language);
    checkIn(view.info.language);
  }

  private draw(view: ArticleView): void {
    const { editor } = this;
    if (!editor) return;
    // Typing on the newest revision would take the place of the words that wait.
    editor.show(view.text, view.claims.map(editorClaim), this.readOnly || holds(view));
    this.drawRest(view, editor);
  }

  /** Draws what the saved text does not have. */
  private drawRest(view: ArticleView, editor: ArticleEditor): void {
    this.elsewhere = holds(view);
    this.dirty = false;
    this.kept = false;
    this.untouched = null;
    this.broughtBack = null;
    this.typing.forget();
    editor.select(this.selected, false);
    const { draft } = view;
    if (!draft || !view.newest || draft.text === view.text || this.elsewhere) return this.bringPastBack(view);
    editor.type(draft.text, draft.changes);
    this.broughtBack = draft.at;
    this.untouched = draft.text;
    this.kept = true;
    this.bringPastBack(view);
  }

  private bringPastBack({ revision }: ArticleView): void {
    for (const past of [this.pasts.get(revision.id), this.sent.get(revision.id)])
      if (past && this.editor?.bringBack(past)) return;
  }

  private async showClaim(): Promise<void> {
    const claim = this.selected;
    if (!claim) return void (this.detail = null);
    const detail = await desk.ask("claim.show", { claim });
    if (this.selected === claim) this.detail = detail;
  }

  private stopKeeping(): void {
    if (this.keeping) clearTimeout(this.keeping);
    this.keeping = null;
  }

  private forget(): void {
    this.selected = null;
    this.detail = null;
    this.wider = null;
    this.placements = [];
    this.typing.forget();
    screen.form = null;
  }
}

/** Whether a draft waits that was typed on an older revision. */
function holds({ draft, newest, text }: ArticleView): boolean {
  return newest && draft !== null && !draft.current && draft.text !== text;
}

/** Where this machine remembers that what is typed in an article is suggested. */
const suggestingKey = (article: string) => `tickmark-suggesting-${article}`;
const isSuggestedOn = (article: string) => localStorage.getItem(suggestingKey(article)) !== null;

function rememberSuggesting(article: string, on: boolean): void {
  if (on) localStorage.setItem(suggestingKey(article), "1");
  else localStorage.removeItem(suggestingKey(article));
}

function touched(placements: PlacementDto[]): PlacementDto[] {
  return placements.filter(({ placement, contextChanged }) => placement !== "kept" || contextChanged);
}

/** Keeps the newest few: each holds a whole text. */
function remember(pasts: Map<string, Past>, revision: string, past: Past): void {
  pasts.delete(revision);
  pasts.set(revision, past);
  const [oldest] = pasts.keys();
  if (pasts.size > 20 && oldest !== undefined) pasts.delete(oldest);
}

export const article = new OpenArticle();
