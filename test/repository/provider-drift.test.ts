import * as fs from 'node:fs';
import { drift } from '../../projenrc/provider-drift';
import { providerSchema, SCHEMA_FILE } from '../../projenrc/provider-generate';

const committed = () => providerSchema(JSON.parse(fs.readFileSync(SCHEMA_FILE, 'utf8')));

function changed(change: (block: any, schema: any) => void): string[] {
  const newer: any = committed();
  change(newer.resource_schemas.alicloud_vpc_ipv6_internet_bandwidth.block, newer);
  return drift(committed(), newer);
}

test('the same provider has not drifted, whatever else it has', () => {
  expect(changed((_, schema) => {
    schema.resource_schemas.alicloud_new_thing = { block: {} };
    schema.resource_schemas.alicloud_vpc_ipv6_gateway.version = 1;
  })).toEqual([]);
});

const BANDWIDTH = 'alicloud_vpc_ipv6_internet_bandwidth';
test.each<[string, string, (block: any, schema: any) => void]>([
  ['a new argument', `${BANDWIDTH}.burst: new: number, optional`, ({ attributes }) => { attributes.burst = { type: 'number', optional: true }; }],
  ['an argument that is gone', `${BANDWIDTH}.internet_charge_type: gone`, ({ attributes }) => { delete attributes.internet_charge_type; }],
  ['an argument that is required', `${BANDWIDTH}.internet_charge_type: string, optional, computed -> string, required`, ({ attributes }) => { attributes.internet_charge_type = { type: 'string', required: true }; }],
  ['another type', `${BANDWIDTH}.bandwidth: number, required -> string, required`, ({ attributes }) => { attributes.bandwidth.type = 'string'; }],
  ['a deprecation', `${BANDWIDTH}.bandwidth: number, required -> number, required, deprecated`, ({ attributes }) => { attributes.bandwidth.deprecated = true; }],
  ['a default that a description names', `${BANDWIDTH}.bandwidth: number, required -> number, required, described as "Default: 5"`, ({ attributes }) => { attributes.bandwidth.description = 'Default: 5'; }],
  ['a new block', `${BANDWIDTH}.burst: new: block, list, 0 to 1`, (block) => { block.block_types.burst = { nesting_mode: 'list', max_items: 1, block: {} }; }],
  ['an argument of a block', `${BANDWIDTH}.timeouts.read: new: string, optional`, (block) => { block.block_types.timeouts.block.attributes.read = { type: 'string', optional: true }; }],
  ['a resource that is gone', `${BANDWIDTH}: gone`, (_, schema) => { delete schema.resource_schemas[BANDWIDTH]; }],
  ['a data source', 'data.alicloud_vpc_ipv6_addresses.zone: new: string, optional', (_, schema) => { schema.data_source_schemas.alicloud_vpc_ipv6_addresses.block.attributes.zone = { type: 'string', optional: true }; }],
  ['the provider itself', 'provider.retries: new: number, optional', (_, schema) => { schema.provider.block.attributes.retries = { type: 'number', optional: true }; }],
])('%s is said', (_, line, change) => {
  expect(changed(change)).toEqual([line]);
});
