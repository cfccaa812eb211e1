#!/usr/bin/env node
import { run } from './command';
import { OutputError, printError } from './output';
import { VERSION } from './version';

// The debug output of the credentials' HTTP client prints the headers of a request, and with them a session's token.
delete process.env.DEBUG;

// The promise of a write reports its error.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

void run(process.argv.slice(2), VERSION).catch((error: Error) => {
  if (error instanceof OutputError) {
    if (error.code === 'EPIPE') return 0;
    printError(`alicloud-ipv6: the output cannot be written (${error.code})\n`);
    return 2;
  }
  // The message is not printed, because it may quote the input.
  const places = (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line)).slice(0, 3);
  printError(`alicloud-ipv6: ${error.name}, which is a mistake in this command: please report it\n${places.join('\n')}\n`);
  return 2;
}).then((code) => {
  // A connection that was given up may still be open.
  process.exit(code);
});
