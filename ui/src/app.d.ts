/** Whether this build carries the desk in memory: for browser tests and `npm run dev` only. */
declare const __IN_MEMORY_DESK__: boolean;

declare module "@fontsource-variable/*";
