import * as fs from 'node:fs';
import * as path from 'node:path';
import { apiDifferences } from '../../projenrc/cdktn-api';
import { forCdktn } from '../../projenrc/cdktn-names';

const assembly = JSON.parse(fs.readFileSync(path.join(__dirname, '../..', '.jsii'), 'utf8'));

/** The API as the fork's package has it, changed. */
function fork(change: (types: any) => void = () => undefined): any {
  const { types, submodules } = JSON.parse(forCdktn(JSON.stringify(assembly)).replace(/"cdktf\./g, '"cdktn.'));
  change(types);
  return { types, submodules };
}

const BANDWIDTH = 'cdktn-alicloud-ipv6.Ipv6InternetBandwidth';

test('the same API under the fork\'s names is no difference', () => {
  expect(apiDifferences(assembly, fork())).toEqual([]);
});

test.each<[string, string, (types: any) => void]>([
  ['a type that is missing', BANDWIDTH, (types) => { delete types[BANDWIDTH]; }],
  ['a type that only the fork has', 'cdktn-alicloud-ipv6.Other', (types) => { types['cdktn-alicloud-ipv6.Other'] = { kind: 'class' }; }],
  ['another base class', BANDWIDTH, (types) => { types[BANDWIDTH].base = 'cdktf.TerraformElement'; }],
  ['a parameter of the constructor', BANDWIDTH, (types) => { types[BANDWIDTH].initializer.parameters.pop(); }],
  ['a method', `${BANDWIDTH}.addEgressOnlyRule`, (types) => { types[BANDWIDTH].methods.find(({ name }: any) => name === 'addEgressOnlyRule').parameters = []; }],
  ['a property', `${BANDWIDTH}Props.ipv6Address`, (types) => { types[`${BANDWIDTH}Props`].properties.find(({ name }: any) => name === 'ipv6Address').optional = true; }],
  ['a member of an enum', 'cdktn-alicloud-ipv6.InternetChargeType.PAY_BY_TRAFFIC', (types) => { types['cdktn-alicloud-ipv6.InternetChargeType'].members.pop(); }],
])('%s is a difference', (_, named, change) => {
  const differences = apiDifferences(assembly, fork(change));
  expect(differences.length).toBeGreaterThan(0);
  expect(differences[0].split('\n')[0].startsWith(named)).toBe(true);
});

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
