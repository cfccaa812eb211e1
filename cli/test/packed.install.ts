// What users get: the packed command, installed in an empty folder. It asks the registry for what the command depends on.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { planFile } from './plans';

jest.setTimeout(300_000);

const ROOT = path.join(__dirname, '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alicloud-ipv6-'));

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

test('holds what is run, and nothing else', () => {
  const [{ files, filename }] = JSON.parse(npm(ROOT, 'pack', '--json', '--pack-destination', folder));
  const names = files.map((file: { path: string }) => file.path);
  expect(names.filter((name: string) => !/^lib\/(cli\/src\/[\w-]+|src\/api\/[\w-]+)\.js$/.test(name)).sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
  fs.renameSync(path.join(folder, filename), path.join(folder, 'packed.tgz'));
});

test('runs where nothing else is installed, and takes no more room than its README says', () => {
  const empty = path.join(folder, 'empty');
  fs.mkdirSync(empty);
  fs.writeFileSync(path.join(empty, 'package.json'), '{}');
  // Scripts are for older versions of Node.js: the command does without.
  npm(empty, 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', path.join(folder, 'packed.tgz'));

  const program = path.join(empty, 'node_modules/.bin/alicloud-ipv6');
  const run = (...args: string[]) => execFileSync(program, args, { cwd: empty, encoding: 'utf8', env: { PATH: process.env.PATH } });
  expect(run('--help')).toContain('exposure');
  expect(run('exposure', planFile('for-each-and-modules'))).toContain('opens 3, closes 2');
  // The client is loaded, and has nothing to ask.
  expect(run('preflight', planFile('known-after-apply'))).toContain('8 cannot be asked');

  const packages = npm(empty, 'ls', '--all', '--parseable').trim().split('\n').length - 1;
  const megabytes = Number(execFileSync('du', ['-sm', 'node_modules'], { cwd: empty, encoding: 'utf8' }).split('\t')[0]);
  process.stderr.write(`installed: ${packages} packages, ${megabytes} MB\n`);
  const [, statedPackages, statedMegabytes] = /(\d+) packages, (\d+) MB/.exec(fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8'))!.map(Number);
  expect(packages).toBeLessThanOrEqual(statedPackages);
  expect(megabytes).toBeLessThanOrEqual(statedMegabytes);
});
