// What of the window is open: which page, which dialog, which tab, which columns.

export type Dialog =
  | "import"
  | "export"
  | "save"
  | "placements"
  | "elsewhere"
  | "merge"
  | "people"
  | "scales"
  | "sources"
  | "offered"
  | "log"
  | "info"
  | "settings"
  | "keys"
  | "policy"
  | "corrections"
  | "status"
  | "shared"
  | "join"
  | "members"
  | "contexts"
  | "pictures"
  | "shortcuts"
  | "palette";
export type Form = "verdict" | "evidence" | "query" | "fields";

class Screen {
  page = $state<"article" | "compare" | "past">("article");
  /** The older side the comparison begins with, where one was asked for. */
  compareFrom: string | null = null;
  /** Whether who wrote the words at the cursor is told. */
  authors = $state(false);
  /** Whether what is settled of the text is told and drawn. */
  coverage = $state(false);
  dialog = $state<Dialog | null>(null);
  tab = $state<"claim" | "claims" | "queries" | "suggestions">("claim");
  library = $state(true);
  inspector = $state(true);
  /** The form that is open in the inspector. */
  form = $state<Form | null>(null);

  open(dialog: Dialog): void {
    this.dialog = dialog;
  }
  close(): void {
    this.dialog = null;
  }
  /** Closes a form of the inspector, unless another was opened while its words were saved. */
  leave(form: Form): void {
    if (this.form === form) this.form = null;
  }
}

export const screen = new Screen();
