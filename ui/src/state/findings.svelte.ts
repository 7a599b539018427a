// What verifying a bundle found, while it is shown.
import type { FindingsDto } from "../wire/generated";

class Findings {
  shown = $state.raw<FindingsDto | null>(null);
}

export const findings = new Findings();
