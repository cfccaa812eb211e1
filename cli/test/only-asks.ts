// What any server of a test sees of the command is a dry run or only reads: Jest runs this file with each suite of the command.
import * as http from 'node:http';
import * as https from 'node:https';
import { DRY_RUN_ACTIONS, READ_ONLY_ACTIONS } from '../src/api-actions';

/** A question, as a server sees it. */
interface Asked {
  readonly action: string;
  readonly params: Readonly<Record<string, string>>;
}

const asked: Asked[] = [];

const restore = [http.Server, https.Server].map(({ prototype }) => {
  const own = Object.getOwnPropertyDescriptor(prototype, 'emit');
  const { emit } = prototype;
  Object.defineProperty(prototype, 'emit', {
    configurable: true,
    value(this: http.Server, event: string, ...args: any[]): boolean {
      if (event === 'request') note(args[0]);
      return emit.apply(this, [event, ...args] as unknown as Parameters<typeof emit>);
    },
  });
  return () => own ? Object.defineProperty(prototype, 'emit', own) : Reflect.deleteProperty(prototype, 'emit');
});

function note({ headers, url = '/' }: http.IncomingMessage): void {
  if (!headers['user-agent']?.startsWith('alicloud-ipv6/')) return;
  asked.push({ action: String(headers['x-acs-action']), params: Object.fromEntries(new URL(url, 'http://127.0.0.1').searchParams) });
}

/** The questions that the command has asked in this suite. */
export function askedByCommand(): readonly Asked[] {
  return asked;
}

/** Whether a question changes nothing. */
export function onlyAsks({ action, params }: Asked): boolean {
  return (READ_ONLY_ACTIONS as readonly string[]).includes(action) || ((DRY_RUN_ACTIONS as readonly string[]).includes(action) && params.DryRun === 'true');
}

afterAll(() => {
  // The modules of Node.js are those of the next suite, too.
  for (const each of restore) each();
  expect(asked.filter((question) => !onlyAsks(question))).toEqual([]);
});
