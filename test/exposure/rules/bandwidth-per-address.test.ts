import { Lazy, TerraformStack } from 'cdktf';
import { bandwidth, findings, handWritten, said } from './exposed';
import { numberVariable } from '../../synth';

const RULE_ID = 'Ipv6BandwidthPerAddress';
const LIMIT = '100 Mbit/s for an address';
const find = (make: (stack: TerraformStack) => unknown) => said(findings(RULE_ID, { maxBandwidthPerAddress: 100 }, make));

test.each([
  ['as much as is allowed', (stack: any) => bandwidth(stack, 'B', { bandwidth: 100 })],
  ['a hand-written bandwidth', (stack: any) => handWritten(stack, 'B', { bandwidth: '100' })],
  ['a number that is made up late', (stack: any) => bandwidth(stack, 'B', { bandwidth: Lazy.numberValue({ produce: () => 100 }) })],
  ['a variable, which the plan holds against the ceiling', (stack: any) => bandwidth(stack, 'B', { bandwidth: numberVariable(stack, 'mbps') })],
  ['an expression, likewise', (stack: any) => bandwidth(stack, 'B', { bandwidth: '${var.mbps * 2}' as any })],
  ['a hand-written variable with the same condition', (stack: any) => handWritten(stack, 'B', {
    bandwidth: numberVariable(stack, 'mbps'), lifecycle: { precondition: { condition: '${try(var.mbps <= 100, false)}', error_message: 'too much' } },
  })],
])('%s is compliant', (_, make) => {
  expect(find(make)).toEqual([]);
});

test('any bandwidth is compliant where no ceiling is given', () => {
  expect(findings(RULE_ID, {}, (stack) => bandwidth(stack, 'B', { bandwidth: 2000 }))).toEqual([]);
});

test.each([
  ['one more', (stack: any) => bandwidth(stack, 'B', { bandwidth: 101 }), '101 Mbit/s'],
  ['a hand-written bandwidth', (stack: any) => handWritten(stack, 'B', { bandwidth: 101 }), '101 Mbit/s'],
  ['a hand-written text', (stack: any) => handWritten(stack, 'B', { bandwidth: '101' }), '101 Mbit/s'],
  ['an override', (stack: any) => bandwidth(stack, 'B').resource.addOverride('bandwidth', 101), '101 Mbit/s'],
  ['a change of the resource', (stack: any) => { bandwidth(stack, 'B').resource.bandwidth = 101; }, '101 Mbit/s'],
  ['a number that is made up late', (stack: any) => bandwidth(stack, 'B', { bandwidth: Lazy.numberValue({ produce: () => 101 }) }), '101 Mbit/s'],
  ['a hand-written variable', (stack: any) => handWritten(stack, 'B', { bandwidth: numberVariable(stack, 'mbps') }), '${var.mbps} Mbit/s, known to Terraform only'],
  ['an override by a variable', (stack: any) => {
    bandwidth(stack, 'B', { bandwidth: numberVariable(stack, 'mbps') }).resource.addOverride('bandwidth', '${var.other}');
  }, '${var.other} Mbit/s, known to Terraform only'],
  ['a variable whose local is overridden', (stack: any) => {
    bandwidth(stack, 'B', { bandwidth: numberVariable(stack, 'mbps') });
    stack.addOverride(`locals.${stack.node.findAll().find((each: any) => each.node.id.startsWith('[Ipv6Value')).friendlyUniqueId}`, 1);
  }, '${var.mbps} Mbit/s, known to Terraform only'],
  ['a variable whose condition is taken out', (stack: any) => {
    bandwidth(stack, 'B', { bandwidth: numberVariable(stack, 'mbps') }).resource.addOverride('lifecycle', undefined);
  }, '${var.mbps} Mbit/s, known to Terraform only'],
  ...[
    ['allows more', '${try(var.mbps <= 101, false)}'],
    ['is about another variable', '${try(var.other <= 100, false)}'],
    ['lets an error pass', '${try(var.mbps <= 100, true)}'],
    ['has a way out', '${try(var.mbps <= 100 || true, false)}'],
    ['is no precondition', '${try(var.mbps + 1 <= 100, false)}'],
  ].map(([how, condition]): [string, (stack: any) => unknown, string] => [`a hand-written condition that ${how}`, (stack) => handWritten(stack, 'B', {
    bandwidth: numberVariable(stack, 'mbps'), lifecycle: { precondition: { condition, error_message: 'too much' } },
  }), '${var.mbps} Mbit/s, known to Terraform only']),
  ['an expression', (stack: any) => handWritten(stack, 'B', { bandwidth: '${50 * 3}' }), '${50 * 3} Mbit/s, known to Terraform only'],
])('%s is non-compliant', (_, make, seen) => {
  expect(find(make)).toEqual([['stack/B', seen, LIMIT]]);
});

test('an override of the stack is non-compliant', () => {
  expect(find((stack) => {
    const { resource } = bandwidth(stack, 'B');
    stack.addOverride(`resource.${resource.terraformResourceType}.${resource.friendlyUniqueId}.bandwidth`, 101);
    stack.addOverride('resource.alicloud_vpc_ipv6_internet_bandwidth.sneaky', { bandwidth: 102 });
  })).toEqual([
    ['stack/B', '101 Mbit/s', LIMIT],
    ['stack (alicloud_vpc_ipv6_internet_bandwidth.sneaky)', '102 Mbit/s', LIMIT],
  ]);
});
