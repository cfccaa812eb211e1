import { read } from './pages';
import { forCdktn, readmeForCdktn } from '../../projenrc/cdktn-names';

test.each([
  ["import { App } from 'cdktf';", "import { App } from 'cdktn';"],
  ["import 'cdktf/lib/testing/adapters/jest';", "import 'cdktn/lib/testing/adapters/jest';"],
  ["import * as cdktf from 'cdktf';", "import * as cdktf from 'cdktn';"],
  ["import { Ipv6Address } from 'cdktf-alicloud-ipv6';", "import { Ipv6Address } from 'cdktn-alicloud-ipv6';"],
  ['from cdktf import App', 'from cdktn import App'],
  ['from cdktf_alicloud_ipv6.provider_alicloud import provider', 'from cdktn_alicloud_ipv6.provider_alicloud import provider'],
  ["expect(level).toBe('@cdktf/warn') // cdktf's own", "expect(level).toBe('@cdktf/warn') // cdktf's own"],
])('%s reads %s for the fork', (code, expected) => {
  expect(forCdktn(code)).toBe(expected);
});

test('the commands of the README name the packages of the fork, and the folder that it writes', () => {
  const readme = readmeForCdktn(read('README.md'));
  expect(readme).toMatch(/^# cdktn-alicloud-ipv6\n/);
  expect(readme).toContain('npm install ../cdktn-alicloud-ipv6-0.0.0.tgz cdktn constructs@10.6 tsx');
  expect(readme).toContain('terraform -chdir=cdktf.out/stacks/web validate');
  expect(readme).toContain("import { App, TerraformStack } from 'cdktn';");
  expect(readme).toContain('`cdktn synth` prints it');
});
