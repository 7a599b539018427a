// What stands in for the desktop in a browser. A dialog that opens a file is the browser's own; the file chosen is put
// into the desk's folder. A dialog that writes one takes the name it proposes, in that folder. What is then done with
// the path is what the shell does (src-tauri/src/errands.rs).
import type { ShellCommands } from "./shell";
import { put, type ServedDesk } from "./served";

type Core = (command: string, request: unknown) => Promise<unknown>;
type Imitated = {
  [N in keyof ShellCommands]: (request: ShellCommands[N]["request"]) => Promise<unknown>;
};

export function imitated(core: Core, desk: ServedDesk): Imitated {
  const nothing = async () => ({});
  const save = (name: string) => `${desk.folder}/${name}`;
  const open = async (errand: (path: string) => Promise<unknown>) => {
    const file = await chosen();
    return file ? errand(await put(desk, file)) : { cancelled: true };
  };
  return {
    "shell.start": async () => null,
    "shell.ready": nothing,
    "shell.close": nothing,
    "shell.title": nothing,
    "shell.theme": nothing,
    "shell.language": async () => null,
    "shell.zoom": nothing,
    "shell.textMenu": nothing,
    "shell.openSnapshot": nothing,
    "shell.openFile": () => open((path) => core("import.file", { path })),
    "shell.openDropped": ({ path }) => core("import.file", { path }),
    "shell.attach": ({ source }) => open((path) => core("source.attach", { source, path })),
    "shell.exportTo": ({ article, name, unsigned }) =>
      core("export.write", { article, path: save(name), unsigned, replace: true }),
    "shell.exportAs": ({ article, format, name, changesSince }) =>
      core("export.as", { article, format, path: save(name), bom: true, changesSince, replace: true }),
    "shell.answers": ({ article }) =>
      open((path) => core("query.import", { path, text: null, article, by: null })),
    "shell.sources": () => open((path) => core("source.import", { path })),
    "shell.discloseTo": ({ source, article }) =>
      core("source.disclose", { source, article, path: save("disclosure.json"), replace: true }),
    "shell.saveKey": ({ name }) => core("key.write", { path: save(name), replace: true }),
    "shell.invite": ({ name, role, file }) => core("hub.invite", { name, role, path: save(file) }),
    "shell.pickDesk": () => open(async (path) => ({ path })),
    "shell.openKey": () => open((path) => core("key.read", { path })),
    "shell.verify": () => open((path) => core("verify", { path })),
    "shell.backup": () => core("desk.backup", { path: save("backup.desk") }),
    "shell.backups": async () => [],
    "shell.restore": async () => ({ kept: null }),
    "shell.openUrl": async ({ url }) => void window.open(url, "_blank", "noopener"),
    "shell.copy": ({ text }) => navigator.clipboard.writeText(text),
    "shell.print": async () => window.print(),
  };
}

/** The file that a person chooses, or nothing. */
function chosen(): Promise<File | null> {
  return new Promise((resolve) => {
    const input = Object.assign(document.createElement("input"), { type: "file" });
    input.addEventListener("change", () => resolve(input.files?.[0] ?? null));
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}
