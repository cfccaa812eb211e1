import { spawn } from 'node:child_process';
import * as path from 'node:path';

/** The compiled command. */
export const MAIN = path.join(__dirname, '../lib/cli/src/main.js');

export interface Run {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
}

/** Runs the compiled command in a process of its own, with an environment that has nothing of this one but the path. */
export function alicloudIpv6(args: readonly string[], { env = {}, input }: Surroundings = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { PATH: process.env.PATH!, HOME: '/nonexistent', ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true', ...env },
    });
    let [output, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk) => output += chunk);
    child.stderr.setEncoding('utf8').on('data', (chunk) => errors += chunk);
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output, errors }));
  });
}
