// What every page test begins with.
import { afterEach } from "vitest";

afterEach(() => document.body.replaceChildren());
