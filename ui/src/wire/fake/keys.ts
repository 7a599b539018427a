// The keys of the desk in memory. They sign nothing; they are asked for, locked and handed on as real ones are.
import { WireError, type Answer, type Request } from "../client";
import type { Commands, ContactDto, MyKeyDto, PersonDto } from "../generated";

type KeyName = Extract<keyof Commands, `key.${string}` | `contact.${string}`>;
type Handlers = { [N in KeyName]: (request: Request<N>) => Answer<N> };
interface Kept {
  key: string;
  passphrase: string | null;
  unlocked: boolean;
}

/** Whose key every bundle that is verified is signed with: nobody's at this desk. */
const OUTSIDER = { name: "Jo Hall", key: lineOf([...Array(40).keys()]) };

export class MemoryKeys {
  private kept = new Map<string, Kept>();
  private contacts: ContactDto[] = [];

  /** Who signed a bundle that comes from elsewhere. */
  outsider() {
    const known = this.contacts.find(({ key }) => key === OUTSIDER.key);
    return {
      signed: known?.name ?? "unknown",
      key: idOf(OUTSIDER.key),
      unknownKey: known ? null : OUTSIDER.key,
      signerSaid: OUTSIDER.name,
    };
  }

  sign(me: PersonDto): void {
    if (this.waits(me))
      throw new WireError("needs_passphrase", `The key of ${me.name} has a passphrase; give it first.`);
  }

  handlers(me: () => PersonDto): Handlers {
    return {
      "key.show": () => this.show(me()),
      "key.waits": () => ({ waits: this.waits(me()) }),
      "key.unlock": ({ passphrase }) => this.unlock(me(), passphrase),
      "key.passphrase": ({ now, new: next }) => {
        if (this.of(me()).passphrase !== null) this.unlock(me(), now ?? "");
        Object.assign(this.of(me()), { passphrase: next, unlocked: true });
        return this.show(me());
      },
      "key.write": ({ path }) => ({ path }),
      "key.read": () => ({ id: idOf(OUTSIDER.key), key: OUTSIDER.key }),
      "contact.list": () => this.contacts,
      "contact.add": (contact) => this.add(contact),
      "contact.forget": ({ id }) => {
        this.contacts = this.contacts.filter((one) => one.id !== id);
        return {};
      },
    };
  }

  private of({ id }: PersonDto): Kept {
    // A browser test says in this place that the key was locked before the window opened.
    const passphrase = sessionStorage.getItem("passphrase");
    const kept = this.kept.get(id) ?? { key: lineOf(randomly(40)), passphrase, unlocked: false };
    this.kept.set(id, kept);
    return kept;
  }

  private waits(me: PersonDto): boolean {
    const { passphrase, unlocked } = this.of(me);
    return passphrase !== null && !unlocked;
  }

  private show(me: PersonDto): MyKeyDto {
    const { key, passphrase } = this.of(me);
    return { name: me.name, id: idOf(key), key, passphrase: passphrase !== null };
  }

  private unlock(me: PersonDto, given: string): Record<string, never> {
    if (this.of(me).passphrase !== given)
      throw new WireError("wrong_passphrase", `This is not the passphrase of the key of ${me.name}.`);
    this.of(me).unlocked = true;
    return {};
  }

  private add({ name, key }: { name: string; key: string }): ContactDto {
    const line = key.trim().split("\n").at(-1) ?? "";
    if (!/^RW[A-Za-z0-9+/]{54}$/.test(line))
      throw new WireError("refused", "The contact was not added: this is no public key of minisign's.");
    const known = this.contacts.find((one) => one.key === line);
    if (known) throw new WireError("no_change", `The key ${known.id} is known already, as ${known.name}.`);
    const contact = { name, id: idOf(line), key: line };
    this.contacts.push(contact);
    return contact;
  }
}

function randomly(count: number): number[] {
  return [...crypto.getRandomValues(new Uint8Array(count))];
}

/** A public key's line: its kind, its id, and the key. */
function lineOf(bytes: number[]): string {
  return btoa(String.fromCharCode(0x45, 0x64, ...bytes));
}

function idOf(line: string): string {
  const bytes = [...atob(line)].slice(2, 10).map((one) => one.charCodeAt(0));
  return bytes
    .reverse()
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}
