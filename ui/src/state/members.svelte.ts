// The members of the shared desk and their devices, as the hub knows them; the chief changes them here.
import { call, type Answer } from "../wire/client";
import type { MemberDto, Role } from "../wire/generated";

/** The file name proposed for an invite: the name of whom it is for. */
function proposedFile(name: string): string {
  return `${name.replaceAll(/[^\p{L}\p{N} ._-]/gu, "") || "member"}.invite`;
}

class Members {
  all = $state.raw<MemberDto[] | null>(null);
  /** Why the hub did not answer, or did not do what was asked, in its words. */
  fault = $state<string | null>(null);
  busy = $state(false);

  read(): Promise<boolean> {
    return this.ask(() => call("hub.members", {}));
  }
  setRole(login: string, role: Role): Promise<boolean> {
    return this.ask(() => call("hub.role", { login, role }));
  }
  remove(login: string): Promise<boolean> {
    return this.ask(() => call("hub.remove", { login }));
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

  private async ask(asked: () => Promise<Answer<"hub.members">>): Promise<boolean> {
    this.busy = true;
    this.fault = null;
    try {
      this.all = await asked();
      return true;
    } catch (cause) {
      this.fault = cause instanceof Error ? cause.message : String(cause);
      return false;
    } finally {
      this.busy = false;
    }
  }
}

export const members = new Members();
