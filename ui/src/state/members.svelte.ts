// The members of the shared desk and their devices, as the hub knows them; the chief changes them here.
import { Attempt } from "./attempt.svelte";
import { m } from "../paraglide/messages.js";
import { WireError, call, type Answer } from "../wire/client";
import type { HubSizeDto, MemberDto, Role } from "../wire/generated";
import { article } from "./article.svelte";
import * as toast from "./toast";

/** Hands over what somebody has open, and says how much that is. Who has nothing open is no error. */
async function handOver(from: string, to: string, name: string): Promise<void> {
  const nothing = { claims: 0, articles: 0 };
  const handed = await call("hub.handOver", { from, to }).catch((cause: unknown) => {
    if (cause instanceof WireError && cause.code === "no_change") return nothing;
    throw cause;
  });
  const claims = m.member_handed_claims({ count: handed.claims });
  const articles = m.member_handed_articles({ count: handed.articles });
  toast.success(m.member_handed_over({ claims, articles, name }));
  await article.refresh();
}

/** The file name proposed for an invite: the name of whom it is for. */
function proposedFile(name: string): string {
  return `${name.replaceAll(/[^\p{L}\p{N} ._-]/gu, "") || "member"}.invite`;
}

class Members extends Attempt {
  all = $state.raw<MemberDto[] | null>(null);
  /** How much the hub holds; null where it is not known. */
  size = $state.raw<HubSizeDto | null>(null);

  async readSize(): Promise<void> {
    this.size = await call("hub.size", {}).catch(() => null);
  }
  read(): Promise<boolean> {
    return this.ask(() => call("hub.members", {}));
  }
  setRole(login: string, role: Role): Promise<boolean> {
    return this.ask(() => call("hub.role", { login, role }));
  }
  /** Removes a member. What they have open is handed over before, where `to` says to whom. */
  remove({ login, person }: MemberDto, to: MemberDto | null): Promise<boolean> {
    return this.ask(async () => {
      if (person && to?.person) await handOver(person, to.person, to.name);
      return call("hub.remove", { login });
    });
  }
  /** To whom the work of a member can be handed over: the others who joined and may record. */
  heirs(of: MemberDto): MemberDto[] {
    const can = (one: MemberDto) => one.person && !one.removed && one.role !== "reader";
    return (this.all ?? []).filter((one) => one.login !== of.login && one.person !== of.person && can(one));
  }
  revoke(device: string): Promise<boolean> {
    return this.ask(() => call("hub.revoke", { device }));
  }

  /** Invites somebody, and writes the invite where the person says. Gives where it is, or nothing where they cancelled. */
  async invite(name: string, role: Role): Promise<string | null> {
    let written: string | null = null;
    await this.ask(async () => {
      const told = await call("shell.invite", { name, role, file: proposedFile(name) });
      if ("cancelled" in told) return this.all ?? [];
      written = told.path;
      return call("hub.members", {});
    });
    return written;
  }

  private ask(asked: () => Promise<Answer<"hub.members">>): Promise<boolean> {
    return this.run(async () => {
      this.all = await asked();
    });
  }
}

export const members = new Members();
