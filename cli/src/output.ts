import { lines, Text } from './text';

/** The output cannot be written: a full disk, a closed pipe. */
export class OutputError extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** Writes to standard output, and waits until it is written. */
export function print(text: Text): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${text}\n`, (error) => {
      if (error) reject(new OutputError((error as NodeJS.ErrnoException).code ?? error.name));
      else resolve();
    });
  });
}

/** Writes lines to standard error. */
export function printError(text: string): void {
  process.stderr.write(lines(text));
}
