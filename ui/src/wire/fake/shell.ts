// What stands in for the desktop in a browser: a file chooser of the browser, and nothing written to any disk.
import type { ShellCommands } from "../shell";
import type { FindingsDto, Proposal, PublicKeyDto, Written } from "../generated";

type Ask = (name: string, request: unknown) => Promise<unknown>;
type Handlers = {
  [N in keyof ShellCommands]: (request: ShellCommands[N]["request"]) => Promise<ShellCommands[N]["answer"]>;
};

export function shellOf(ask: Ask): Handlers {
  const nothing = async () => ({});
  return {
    "shell.start": async () => null,
    "shell.ready": nothing,
    "shell.close": nothing,
    "shell.title": nothing,
    "shell.theme": nothing,
    "shell.zoom": nothing,
    "shell.openSnapshot": nothing,
    "shell.openFile": async () => {
      const file = await chosen();
      return file
        ? ((await ask("import.paste", { text: await file.text(), asIs: false })) as Proposal)
        : { cancelled: true };
    },
    "shell.openDropped": async () => ({ cancelled: true }),
    "shell.attach": async () => ({ cancelled: true }),
    "shell.exportTo": async ({ article, name, unsigned }) =>
      (await ask("export.write", { article, path: name, unsigned })) as Written,
    "shell.discloseTo": async () => ({ path: "disclosure.json" }),
    "shell.saveKey": async ({ name }) => ({ path: name }),
    "shell.openKey": async () => (await ask("key.read", { path: "jo.pub" })) as PublicKeyDto,
    "shell.verify": async () => (await ask("verify", { path: "article.zip" })) as FindingsDto,
    "shell.backup": async () => ({ path: "backup.desk" }),
    "shell.openUrl": async ({ url }) => void window.open(url, "_blank", "noopener"),
    "shell.copy": async ({ text }) => navigator.clipboard.writeText(text),
    "shell.print": async () => window.print(),
  };
}

function chosen(): Promise<File | null> {
  return new Promise((resolve) => {
    const input = Object.assign(document.createElement("input"), { type: "file", accept: ".txt,.md" });
    input.addEventListener("change", () => resolve(input.files?.[0] ?? null));
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}
