// Calls carried by the desktop's one Tauri command.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Transport } from "./client";
import { heedEarly, takeEarly } from "./early";

export const desktop: Transport = {
  call: (name, request) => takeEarly(name, request) ?? invoke("call", { name, request }),
  listen: (event, heed) => {
    if (!heedEarly(event, heed))
      void listen(event, ({ payload }) => heed(payload as Parameters<typeof heed>[0]));
  },
};
