#!/usr/bin/env node
import { run } from './command';

// The debug output of the HTTP client prints the headers of a request, and with them a session's token.
delete process.env.DEBUG;

// Whoever reads the output may have read enough.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 2));

void run(process.argv.slice(2)).catch((error: Error) => {
  // Where it happened, and not its message: that may quote what was read.
  const places = (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line)).slice(0, 3);
  process.stderr.write(`alicloud-ipv6: ${error.name}, which is a mistake in this command: please report it\n${places.join('\n')}\n`);
  return 2;
}).then((code) => {
  // A connection that was given up may still be open.
  process.stdout.write('', () => process.exit(code));
});
