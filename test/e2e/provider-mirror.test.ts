import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { underBothNames } from './provider-mirror';

let folder: string;
let config: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mirror-'));
  config = path.join(folder, 'cli.tfrc');
  fs.writeFileSync(config, `provider_installation {\n  filesystem_mirror {\n    path = "${folder}/mirror"\n  }\n}\n`);
  jest.spyOn(console, 'log').mockImplementation();
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
  jest.restoreAllMocks();
});

function provide(host: string): void {
  const platform = path.join(folder, 'mirror', host, 'aliyun', 'alicloud', '1.289.0', 'linux_amd64');
  fs.mkdirSync(platform, { recursive: true });
  fs.writeFileSync(path.join(platform, 'terraform-provider-alicloud'), 'provider');
}

test.each(['registry.terraform.io', 'registry.opentofu.org'])('a mirror with the name of %s serves both', (host) => {
  provide(host);
  const { TF_CLI_CONFIG_FILE } = underBothNames(config, path.join(folder, 'both'));
  expect(fs.readFileSync(TF_CLI_CONFIG_FILE!, 'utf8')).toContain(`path    = "${folder}/both"`);
  for (const name of ['registry.terraform.io', 'registry.opentofu.org']) {
    expect(fs.readFileSync(path.join(folder, 'both', name, 'aliyun/alicloud/1.289.0/linux_amd64/terraform-provider-alicloud'), 'utf8')).toBe('provider');
  }
});

test('a mirror with both names, with neither, and no mirror are left as they are', () => {
  expect(underBothNames(undefined, folder)).toEqual({});
  expect(underBothNames(config, folder)).toEqual({});
  provide('registry.terraform.io');
  provide('registry.opentofu.org');
  expect(underBothNames(config, folder)).toEqual({});
});
