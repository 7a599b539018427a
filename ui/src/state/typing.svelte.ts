// What the typing that is not saved will do to the claims. The core says it, once the keys rest.
import { Resting } from "../editor/resting";
import { call } from "../wire/client";
import type { EffectDto, EffectsRequest } from "../wire/generated";

/** How long after the last key the core is asked, in milliseconds. */
const REST = 80;

const NOTHING: ReadonlyMap<string, EffectDto> = new Map();

export class Typing {
  /** The claims that the typing comes near, by id. */
  effects = $state.raw(NOTHING);
  private readonly rest = new Resting(REST, () => void this.ask());
  /** Counts what was typed, so that an answer on older words is known as such. */
  private typed = 0;

  /** `request` tells what is typed, if anything is; `heed` is told when it is known what that does. */
  constructor(
    private readonly request: () => EffectsRequest | null,
    private readonly heed: () => void,
  ) {}

  /** Something was typed. */
  again(): void {
    this.typed += 1;
    this.rest.again();
  }

  /** Nothing is typed that is not saved. */
  forget(): void {
    this.typed += 1;
    this.rest.stop();
    if (this.effects.size > 0) this.take(NOTHING);
  }

  private async ask(): Promise<void> {
    const [mine, request] = [this.typed, this.request()];
    // What keeps the core from answering, as a revision made elsewhere, is told when the words are saved.
    const told = request && (await call("draft.effects", request).catch(() => null));
    if (told && mine === this.typed && !this.isKnown(told))
      this.take(new Map(told.map((effect) => [effect.claim, effect])));
  }

  /** Whether the same was said of the same claims before; that they moved the editor knows by itself. */
  private isKnown(told: readonly EffectDto[]): boolean {
    const fate = ({ placement, standing, reasons }: EffectDto) =>
      [placement, standing, ...reasons].join("\n");
    const same = (effect: EffectDto) => {
      const known = this.effects.get(effect.claim);
      return known !== undefined && fate(known) === fate(effect);
    };
    return told.length === this.effects.size && told.every(same);
  }

  private take(effects: ReadonlyMap<string, EffectDto>): void {
    this.effects = effects;
    this.heed();
  }
}
