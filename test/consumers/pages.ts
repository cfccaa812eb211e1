import * as fs from 'node:fs';
import * as path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { Language, run } from '../../projenrc/toolchain';
import { read, snippetsOf } from '../repository/pages';

/** Pages that a reader follows one after the other in one folder, and the output of their last command. */
export interface Tutorial {
  readonly language: Language;
  readonly pages: string[];
  readonly output: string;
}

/** `<!-- main.ts -->` above a block makes it a file, `<!-- commands -->` makes it commands to run. */
export const TUTORIALS: Tutorial[] = [
  { language: 'typescript', pages: ['README.md'], output: 'Success! The configuration is valid.' },
  { language: 'typescript', pages: ['README.md', 'docs/new-network.md', 'docs/mock-provider.md'], output: 'Success! 2 passed, 0 failed.' },
  { language: 'typescript', pages: ['README.md', 'docs/unit-testing.md'], output: 'Tests: 3 passed, 3 total' },
  { language: 'python', pages: ['docs/languages.md'], output: 'Success! The configuration is valid.' },
];

/**
 * Follows the pages in an empty folder next to the packages, and returns what is wrong.
 *
 * @param packages  the packages by the names that the pages give them
 */
export async function follow({ pages, output }: Tutorial, folder: string, packages: Record<string, string>): Promise<string | undefined> {
  const app = path.join(folder, 'app');
  fs.mkdirSync(app, { recursive: true });
  for (const [name, file] of Object.entries(packages)) fs.copyFileSync(file, path.join(folder, name));
  let printed = '';
  for (const page of pages) {
    const snippets = snippetsOf(page);
    for (const { marks, text } of snippets) {
      for (const name of marks.keys()) if (/^[\w-]+(\.[\w-]+)+$/.test(name)) fs.writeFileSync(path.join(app, name), text);
    }
    const commands = snippets.filter(({ marks }) => marks.has('commands')).map(({ text }) => text);
    if (commands.length === 0) return `  ${page} has no commands to run`;
    printed = await run('bash', ['-ec', `exec 2>&1\n${commands.join('')}`], { cwd: app, env: { CI: 'true', CHECKPOINT_DISABLE: '1' } });
  }
  const lastPage = pages[pages.length - 1];
  if (!read(lastPage).includes(`\`${output}\``)) return `  ${lastPage} does not show ${output}`;
  return stripVTControlCharacters(printed).replace(/ +/g, ' ').includes(output) ? undefined : `  no ${output} in\n${printed}`;
}
