import { TerraformStack } from 'cdktf';
import { makeStack, synth, Synthesized } from './synth';
import { Ipv6Address, Ipv6Addresses, Ipv6InternetBandwidth, Ipv6InternetBandwidths } from '../src';

const INSTANCES = Array.from({ length: 30 }, (_, i) => `i-bp1web${String(i).padStart(13, '0')}`);

function written(program: (stack: TerraformStack) => void): Synthesized {
  const stack = makeStack();
  program(stack);
  return JSON.parse(JSON.stringify(synth(stack), (name, value) => name === '//' ? undefined : value));
}

function resourcesOf({ resource = {} }: Synthesized): string[] {
  return Object.entries(resource).flatMap(([type, blocks]) => Object.keys(blocks).map((name) => `${type}.${name}`));
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

describe('the Terraform of three closed addresses', () => {
  const tf = written((stack) => INSTANCES.slice(0, 3).forEach((instanceId, i) => new Ipv6InternetBandwidth(stack, `Web${i}`, {
    ipv6Address: Ipv6Address.fromInstanceId(stack, `Web${i}Address`, instanceId, { vpcId: 'vpc-bp1web0000000000001' }), bandwidth: 10, egressOnly: true,
  })));

  test('has at most 11 resources and 6 locals', () => {
    expect(resourcesOf(tf)).toHaveLength(11);
    expect(Object.keys(tf.locals!).length).toBeLessThanOrEqual(6);
  });

  test('has no expression of more than 600 characters', () => {
    expect(texts(tf).filter((text) => text.length > 600)).toEqual([]);
    expect(texts(tf).filter((text) => text.length > 300)).not.toEqual([]);
  });
});

test('the Terraform of a set of 30 closed addresses has five resource blocks and less than 12 kB', () => {
  const tf = written((stack) => new Ipv6InternetBandwidths(stack, 'Fleet', {
    ipv6Addresses: Ipv6Addresses.fromInstanceIds(stack, 'Addresses', INSTANCES, { vpcId: 'vpc-bp1web0000000000001' }), bandwidth: 10, egressOnly: true,
  }));
  expect(resourcesOf(tf)).toHaveLength(5);
  expect(JSON.stringify(tf, null, 2).length).toBeLessThan(12_000);
});
