// How the window looks: theme and zoom. The desktop remembers both; in a browser the browser does.
import { call } from "../wire/client";
import type { Start, Theme } from "../wire/shell";

const STEPS = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const dark = typeof matchMedia === "undefined" ? null : matchMedia("(prefers-color-scheme: dark)");
const contrast = typeof matchMedia === "undefined" ? null : matchMedia("(prefers-contrast: more)");

class Look {
  theme = $state<Theme>("system");
  /** The theme that is drawn: the chosen one, or the system's. */
  drawn = $state<Exclude<Theme, "system">>("light");
  zoom = $state(1);
  private desktop = false;

  begin(start: Start | null): void {
    this.desktop = start !== null;
    this.theme = start?.theme ?? (localStorage.getItem("theme") as Theme | null) ?? "system";
    this.zoom = start?.zoom ?? 1;
    dark?.addEventListener("change", () => this.draw());
    contrast?.addEventListener("change", () => this.draw());
    this.draw();
  }

  choose(theme: Theme): void {
    this.theme = theme;
    localStorage.setItem("theme", theme);
    this.draw();
    void call("shell.theme", { theme }).catch(() => undefined);
  }

  zoomBy(step: -1 | 0 | 1): void {
    const nearest = STEPS.findIndex((one) => one >= this.zoom - 0.001);
    this.zoom = step === 0 ? 1 : (STEPS[Math.min(STEPS.length - 1, Math.max(0, nearest + step))] ?? 1);
    if (this.desktop) void call("shell.zoom", { factor: this.zoom }).catch(() => undefined);
    else document.documentElement.style.fontSize = `${this.zoom * 100}%`;
  }

  private draw(): void {
    const system = contrast?.matches && !dark?.matches ? "contrast" : dark?.matches ? "dark" : "light";
    this.drawn = this.theme === "system" ? system : this.theme;
    document.documentElement.dataset.theme = this.drawn;
  }
}

export const look = new Look();
