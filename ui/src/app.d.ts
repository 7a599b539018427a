/** Whether this build reaches a desk over a local server: for browser tests and `npm run dev` only. */
declare const SERVED_DESK: boolean;

declare module "@fontsource-variable/*";
