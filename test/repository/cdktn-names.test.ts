import { forCdktn } from '../../projenrc/cdktn-names';

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
