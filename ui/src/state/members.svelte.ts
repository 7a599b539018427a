// The members of the shared desk and their devices, as the hub knows them; the chief changes them here.
import { call, type Answer } from "../wire/client";
import type { MemberDto, Role } from "../wire/generated";
import { desk } from "./desk.svelte";

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

  /** Invites somebody, and writes the invite to a file. Gives where it is. */
  async invite(name: string, role: Role, path: string): Promise<string | null> {
    let written: string | null = null;
    await this.ask(async () => {
      written = (await call("hub.invite", { name, role, path })).path;
      return call("hub.members", {});
    });
    return written;
  }

  /** Where an invite is proposed to be written: beside the desk, under the name of whom it is for. */
  proposedPath(name: string): string {
    const path = desk.overview?.path ?? "";
    const folder = path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
    const plain = name.trim().replaceAll(/[^\p{L}\p{N} ._-]/gu, "") || "member";
    return `${folder}${plain}.invite`;
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
