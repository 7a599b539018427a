// What was done, in words: the core tells the kind of an action.
import type { ActionLabel, MessageDto } from "../wire/generated";
import { words } from "../wire/words.svelte";
import { m } from "../paraglide/messages.js";

const WORDS: Record<ActionLabel, () => string> = {
  introduce: m.done_introduce,
  import: m.done_import,
  "bring-in": m.done_bring_in,
  revise: m.done_revise,
  "restore-revision": m.done_restore_revision,
  merge: m.done_merge,
  "edit-info": m.done_edit_info,
  archive: m.done_archive,
  unarchive: m.done_unarchive,
  mark: m.done_mark,
  "edit-claim": m.done_edit_claim,
  "retract-claim": m.done_retract_claim,
  "restore-claim": m.done_restore_claim,
  reattach: m.done_reattach,
  assign: m.done_assign,
  "add-source": m.done_add_source,
  "edit-source": m.done_edit_source,
  "add-evidence": m.done_add_evidence,
  "edit-evidence": m.done_edit_evidence,
  "retract-evidence": m.done_retract_evidence,
  "give-verdict": m.done_give_verdict,
  "withdraw-verdict": m.done_withdraw_verdict,
  reaffirm: m.done_reaffirm,
  "add-scale": m.done_add_scale,
  ask: m.done_ask,
  answer: m.done_answer,
  resolve: m.done_resolve,
  redact: m.done_redact,
  "wave-through": m.done_wave_through,
  "open-again": m.done_open_again,
  "sign-off": m.done_sign_off,
  "take-back-sign-off": m.done_take_back_sign_off,
  "set-policy": m.done_set_policy,
  "set-status": m.done_set_status,
  "add-interview": m.done_add_interview,
  "set-contact": m.done_set_contact,
  suggest: m.done_suggest,
  "accept-suggestion": m.done_accept_suggestion,
  "reject-suggestion": m.done_reject_suggestion,
  "take-returned": m.done_take_returned,
  publish: m.done_publish,
  undo: m.done_undo,
  redo: m.done_redo,
};

/** The kind of an action in words. */
export function doing(kind: ActionLabel): string {
  return WORDS[kind]();
}

/** What a row of the log says was done: what, and to what. Of an undo or a redo the action is told that it speaks of. */
export function said({
  label,
  aboutMessage,
  of,
}: {
  label: ActionLabel;
  aboutMessage: MessageDto | null;
  of: ActionLabel | null;
}): string {
  const done = of ? `${doing(label)} (${doing(of)})` : doing(label);
  return aboutMessage ? `${done}: ${words(aboutMessage)}` : done;
}
