// Plan files as Terraform and OpenTofu save them.
import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { alicloudIpv6 } from './command-line';
import { BANDWIDTH, bandwidth, change, planWith } from './plans';
import { testFolder } from './test-folder';

jest.setTimeout(120_000);

const PLAN = planWith({ changes: [change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth('ipv6-a') })] });
const CLOUD = JSON.stringify({ remote_plan_format: 1, run_id: 'run-1', hostname: 'app.terraform.io' });
const ENCRYPTED = JSON.stringify({ meta: { 'key_provider.pbkdf2.key': 'c2FsdA==' }, encrypted_data: 'AAAA', encryption_version: 'v0' });

const folder = testFolder();
const { file } = folder;

/** A program that shows a plan if it runs in the folder of the file `saved`. */
function engine(script = `[ "$*" = "show -json -no-color saved" ] && [ "$PWD" = "$(cd "${folder.path}" && pwd)" ] && cat <<'END'\n${PLAN}\nEND`): Readonly<Record<string, string>> {
  return { TERRAFORM_BINARY_NAME: file('engine', `#!/bin/sh\n${script}\n`, 0o755) };
}

describe.each<[string, string | Buffer]>([
  ['an archive', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(26), Buffer.from('tfplan')])],
  ['an encrypted plan of OpenTofu', ENCRYPTED],
  ['a plan in HCP Terraform', CLOUD],
])('%s', (_, content) => {
  test.each([['the file', 'saved'], ['its folder', '']])('is shown by Terraform in its folder, for %s', async (__, name) => {
    file('saved', content);
    file('terraform.tfstate', JSON.stringify({ serial: 1, lineage: 'a', ...JSON.parse(ENCRYPTED) }));
    expect(await alicloudIpv6(['exposure', path.join(folder.path, name)], { env: engine() })).toMatchObject({ code: 0, errors: '', output: expect.stringContaining('opens 1') });
    expect(await alicloudIpv6(['preflight', '--json', path.join(folder.path, name)], { env: engine() })).toMatchObject({ errors: expect.not.stringContaining('plan file') });
  });
});

test.each([
  ['an encrypted plan', ENCRYPTED, '(Failed to read the given file): set TERRAFORM_BINARY_NAME=tofu'],
  ['a plan in HCP Terraform', CLOUD, '(Failed to read the given file): run `terraform login`, because the plan is in HCP Terraform'],
])('%s that cannot be shown ends with what is needed', async (_, content, message) => {
  const { code, errors } = await alicloudIpv6(['exposure', file('saved', content)], { env: engine('echo "Error: Failed to read the given file" >&2; exit 1') });
  expect([code, errors]).toEqual([2, expect.stringContaining(message)]);
});

test.each([
  ['an encrypted plan', ENCRYPTED, 'is encrypted by OpenTofu: give the plan file itself'],
  ['a plan in HCP Terraform', CLOUD, 'is a plan in HCP Terraform: give the plan file itself'],
  ['an archive', 'PK\u0003\u0004\u0014\u0000\u0008\u0000', 'is a binary plan file: give the file itself'],
])('%s cannot be shown from standard input', async (_, input, message) => {
  expect(await alicloudIpv6(['exposure', '-'], { input })).toMatchObject({ code: 2, errors: expect.stringContaining(message) });
});

/** Whether a program can be run. */
function has(program: string): boolean {
  try {
    execFileSync(program, ['version'], { stdio: 'ignore', env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
    return true;
  } catch {
    process.stderr.write(`skipped: ${program} cannot be run\n`);
    return false;
  }
}

const ENCRYPTION = `terraform {
  encryption {
    key_provider "pbkdf2" "key" {
      passphrase = "a passphrase of a test"
    }
    method "aes_gcm" "method" {
      keys = key_provider.pbkdf2.key
    }
    plan {
      method = method.aes_gcm.method
    }
  }
}
`;

describe.each([
  ['terraform', 'a plan', ''],
  ['tofu', 'a plan', ''],
  ['tofu', 'an encrypted plan', ENCRYPTION],
])('%s', (program, what, configuration) => {
  (has(program) ? test : test.skip)(`shows ${what}`, async () => {
    file('main.tf', `${configuration}resource "terraform_data" "a" {}\n`);
    const run = (...args: string[]) => execFileSync(program, args, { cwd: folder.path, stdio: 'pipe', env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
    run('init', '-input=false');
    run('plan', '-input=false', '-out=saved');
    const env = { TERRAFORM_BINARY_NAME: program, HOME: folder.path };
    expect(await alicloudIpv6(['exposure', path.join(folder.path, 'saved')], { env })).toMatchObject({ code: 0, errors: '', output: expect.stringContaining('no IPv6 address has Internet bandwidth') });
    if (what === 'an encrypted plan' && has('terraform')) {
      expect((await alicloudIpv6(['exposure', path.join(folder.path, 'saved')], { env: { HOME: folder.path } })).errors).toContain('set TERRAFORM_BINARY_NAME=tofu');
    }
  });
});
