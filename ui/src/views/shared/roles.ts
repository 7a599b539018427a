// The roles in the order in which they are offered: each may do what those before it may.
import type { Role } from "../../wire/generated";

export const ROLES: readonly Role[] = ["reader", "reporter", "checker", "chief"];
