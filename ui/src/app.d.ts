/** Whether this build carries the desk in memory: for browser tests and `npm run dev` only. */
declare const IN_MEMORY_DESK: boolean;

declare module "@fontsource-variable/*";
