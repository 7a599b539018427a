// The page starts here: it asks the desk for what is shown first, and fetches the rest of itself meanwhile.
import { isTauri } from "@tauri-apps/api/core";
import { firstCalls } from "./state/first_calls";
import { askEarly } from "./wire/early";
import "./styles/base.css";

void import("./start");
if (isTauri()) askEarly(firstCalls());
