// What the desktop lends the page, by name, as the shell's table has it. Each may answer that the person cancelled.
import type {
  AnswersTaken,
  Doing,
  ErrorCode,
  FindingsDto,
  HubDto,
  ImportedSources,
  MessageDto,
  Opened,
  PublicKeyDto,
  Role,
  SourceDto,
  Written,
  WrittenAs,
} from "./generated";

export type Cancelled = { cancelled: true };
/** An error as the core and the shell tell it: `said` is `message` in every language. */
export type Failure = { code: ErrorCode; message: string; said: MessageDto; detail: unknown };
export type Theme = "system" | "light" | "dark" | "contrast";
/** How the shell found things when the window started. */
export type Start = {
  version: string;
  platform: string;
  desk: string;
  problem: Failure | null;
  theme: Theme;
  zoom: number;
};
/** A backup of the desk; `at` is in milliseconds since 1970. */
export type Backup = { path: string; at: number; bytes: number };
/** A file brought in: text to look over, a bundle that is on the desk now, or one whose text must be merged first. */
export type Brought = Opened | Cancelled;

export interface ShellCommands {
  "shell.start": { request: Record<string, never>; answer: Start | null };
  "shell.ready": { request: Record<string, never>; answer: unknown };
  "shell.close": { request: Record<string, never>; answer: unknown };
  "shell.title": { request: { title: string }; answer: unknown };
  "shell.openFile": { request: Record<string, never>; answer: Brought };
  "shell.openDropped": { request: { path: string }; answer: Brought };
  "shell.attach": { request: { source: string }; answer: SourceDto | Cancelled };
  "shell.openSnapshot": { request: { digest: string; name: string }; answer: unknown };
  "shell.exportTo": {
    request: { article: string; name: string; unsigned: boolean };
    answer: WrittenAs | Cancelled;
  };
  "shell.exportAs": {
    request: { article: string; format: string; name: string; changesSince: string | null };
    answer: WrittenAs | Cancelled;
  };
  "shell.answers": { request: { article: string }; answer: AnswersTaken | Cancelled };
  /** Imports the sources in a file that the person picks. */
  "shell.sources": { request: Record<string, never>; answer: ImportedSources | Cancelled };
  "shell.discloseTo": { request: { source: string; article: string | null }; answer: Written | Cancelled };
  "shell.saveKey": { request: { name: string }; answer: Written | Cancelled };
  /** Invites somebody to the shared desk, and writes the invite where the person says. */
  "shell.invite": { request: { name: string; role: Role; file: string }; answer: Written | Cancelled };
  /** The file of another desk. */
  "shell.pickDesk": { request: Record<string, never>; answer: { path: string } | Cancelled };
  "shell.openKey": { request: Record<string, never>; answer: PublicKeyDto | Cancelled };
  "shell.verify": { request: Record<string, never>; answer: FindingsDto | Cancelled };
  "shell.backup": { request: Record<string, never>; answer: Written | Cancelled };
  "shell.backups": { request: Record<string, never>; answer: Backup[] };
  /** Puts a backup in the place of a desk that could not be opened; `kept` is where that is now. */
  "shell.restore": { request: { path: string }; answer: { kept: string | null } };
  "shell.openUrl": { request: { url: string }; answer: unknown };
  "shell.copy": { request: { text: string }; answer: unknown };
  "shell.theme": { request: { theme: Theme }; answer: unknown };
  "shell.zoom": { request: { factor: number }; answer: unknown };
  /** The names of the dictionaries that are used; null where the system chooses them. */
  "shell.language": { request: { language: string }; answer: string[] | null };
  /** What stands at the top of the system's menu in the text from now on. */
  "shell.textMenu": { request: { commands: { id: string; label: string }[] }; answer: unknown };
  "shell.print": { request: Record<string, never>; answer: unknown };
}

/** A step of long work: which job, the command it carries out, what it does at the moment, and how far that is. */
export type JobStep = {
  id: number;
  command: string;
  what: Doing | null;
  done: number;
  /** 0 where nobody knows. */
  of: number;
  ended: boolean;
};

/** What the shell tells without being asked. */
export interface ShellEvents {
  job: JobStep;
  /** What nobody asked for did not work: the backup of every start. */
  failed: Failure;
  "desk-changed": { seq?: number } | null;
  /** How the desk stands to its shared desk changed, or who is present there. */
  "hub-state": HubDto;
  "file-dropped": { path: string };
  "drag-enter": null;
  "drag-leave": null;
  /** A command of the system's menu in the text was chosen. */
  "text-command": { command: string };
  closing: null;
}
