// The keys at hand: one's own, which signs what is exported, and those of others that this desk knows by name.
import { m } from "../paraglide/messages.js";
import { WireError, call } from "../wire/client";
import type { ContactDto, MyKeyDto } from "../wire/generated";
import { copy } from "./claim_text";
import { desk } from "./desk.svelte";
import * as toast from "./toast";

class Keyring {
  mine = $state.raw<MyKeyDto | null>(null);
  /** Whether the key is locked and the file that tells its public half is missing. */
  hidden = $state(false);
  contacts = $state.raw<ContactDto[]>([]);

  async read(): Promise<void> {
    this.mine = await call("key.show", {}).catch((cause: unknown) => this.missing(cause));
    if (this.mine) this.hidden = false;
    this.contacts = (await desk.ask("contact.list", {})) ?? [];
  }

  private missing(cause: unknown): null {
    this.hidden = cause instanceof WireError && cause.code === "needs_passphrase";
    if (!this.hidden) toast.error(cause);
    return null;
  }

  /** Gives the passphrase, which is remembered until the window closes. The answer is what is wrong with it. */
  async unlock(passphrase: string): Promise<string | null> {
    return faultOf(call("key.unlock", { passphrase }));
  }

  /** Sets, changes or removes the passphrase. The answer is what is wrong with the one of now. */
  async changePassphrase(now: string | null, next: string | null): Promise<string | null> {
    const fault = await faultOf(
      call("key.passphrase", { now, new: next }).then((mine) => (this.mine = mine)),
    );
    if (fault === null) toast.success(changed(now !== null, next !== null));
    return fault;
  }

  async copy(): Promise<void> {
    if (this.mine) await copy(this.mine.key, m.keys_copied());
  }

  async save(): Promise<void> {
    if (!this.mine) return;
    const written = await desk.ask("shell.saveKey", { name: fileName(this.mine.name) });
    if (written && "path" in written) toast.success(m.keys_saved({ path: written.path }));
  }

  /** The public key in a file that is chosen. */
  async fromFile(): Promise<string | null> {
    const found = await desk.ask("shell.openKey", {});
    return found && "key" in found ? found.key : null;
  }

  async add(name: string, key: string): Promise<ContactDto | null> {
    const contact = await desk.ask("contact.add", { name, key });
    if (!contact) return null;
    this.contacts = [...this.contacts, contact];
    return contact;
  }

  async forget({ id }: ContactDto): Promise<void> {
    if (!(await desk.ask("contact.forget", { id }))) return;
    this.contacts = this.contacts.filter((one) => one.id !== id);
  }
}

/** What is wrong with the passphrase that was given; all else that goes wrong is told apart. */
async function faultOf(asked: Promise<unknown>): Promise<string | null> {
  try {
    await asked;
    return null;
  } catch (cause) {
    if (cause instanceof WireError && cause.code === "wrong_passphrase") return m.passphrase_wrong();
    toast.error(cause);
    return "";
  }
}

/** A file's name for somebody's public key, without what a system takes for a folder. */
function fileName(name: string): string {
  return `${name.replace(/[\\/:]/gu, "-")}.pub`;
}

function changed(had: boolean, has: boolean): string {
  if (!has) return m.passphrase_was_removed();
  return had ? m.passphrase_was_changed() : m.passphrase_was_set();
}

export const keyring = new Keyring();
