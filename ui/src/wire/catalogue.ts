// Every message by its key. It is a part of the program of its own: the first screen has few words that the core chose.
export * as catalogue from "../paraglide/messages/_index.js";
