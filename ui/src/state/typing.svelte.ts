// What the typing that is not saved will do to the claims. The core says it, once the keys rest.
import { call } from "../wire/client";
import type { EffectDto, EffectsRequest } from "../wire/generated";

/** How long after the last key the core is asked, in milliseconds. */
const REST = 80;

const NOTHING: ReadonlyMap<string, EffectDto> = new Map();

export class Typing {
  /** The claims that the typing comes near, by id. */
  effects = $state.raw(NOTHING);
  private due: ReturnType<typeof setTimeout> | null = null;
  /** Counts what was typed, so that an answer on older words is known as such. */
  private typed = 0;

  /** `heed` is told when other claims, or others' fates, are known. */
  constructor(private readonly heed: () => void) {}

  /** Something was typed. `request` is asked for once nothing more was typed for a while. */
  again(request: () => EffectsRequest | null): void {
    this.typed += 1;
    if (this.due) clearTimeout(this.due);
    this.due = setTimeout(() => void this.ask(request()), REST);
  }

  /** Nothing is typed that is not saved. */
  forget(): void {
    this.typed += 1;
    if (this.due) clearTimeout(this.due);
    if (this.effects.size > 0) this.take(NOTHING);
  }

  private async ask(request: EffectsRequest | null): Promise<void> {
    const mine = this.typed;
    // What keeps the core from answering, as a revision made elsewhere, is told when the words are saved.
    const told = request && (await call("draft.effects", request).catch(() => null));
    if (told && mine === this.typed) this.take(new Map(told.map((effect) => [effect.claim, effect])));
  }

  private take(effects: ReadonlyMap<string, EffectDto>): void {
    this.effects = effects;
    this.heed();
  }
}
