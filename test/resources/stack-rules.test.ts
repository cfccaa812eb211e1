import { TerraformStack } from 'cdktf';
import { IIpv6Address, Ipv6Address, Ipv6InternetBandwidth, Ipv6InternetBandwidths, Ipv6Addresses, providerAlicloud } from '../../src';
import { expectRefusal } from '../mistakes';
import { addressOf, BANDWIDTH, makeApp, makeStack, otherResource, RULE, synth, warnings } from '../synth';

const CLASH = /give each a logical id of its own \(overrideLogicalId, or allocateLogicalId of the stack\)/;

function bandwidth(stack: TerraformStack, id: string, addressId = `ipv6-${id}`): Ipv6InternetBandwidth {
  return new Ipv6InternetBandwidth(stack, id, { ipv6Address: Ipv6Address.fromIpv6AddressId(stack, `${id}Address`, addressId), bandwidth: 10, egressOnly: false });
}

describe('two blocks of one name', () => {
  test('are refused, by overrideLogicalId', () => {
    const stack = makeStack();
    for (const id of ['A', 'B']) bandwidth(stack, id).resource.overrideLogicalId('same');
    expect(() => synth(stack)).toThrow(`stack/B/Resource: a second block ${BANDWIDTH}.same, the first is stack/A/Resource`);
    expect(() => synth(stack)).toThrow(CLASH);
  });

  test('are refused, by allocateLogicalId of the stack', () => {
    class Short extends TerraformStack {
      protected allocateLogicalId(): string {
        return 'short';
      }
    }
    const stack = new Short(makeApp(), 'stack');
    new providerAlicloud.provider.AlicloudProvider(stack, 'Provider', { region: 'cn-hangzhou' });
    for (const id of ['A', 'B']) bandwidth(stack, id);
    expect(() => synth(stack)).toThrow(`a second block ${BANDWIDTH}.short`);
  });

  test('are refused where one is written by hand', () => {
    const stack = makeStack();
    bandwidth(stack, 'A').resource.overrideLogicalId('same');
    otherResource(stack, 'same', BANDWIDTH);
    expect(() => synth(stack)).toThrow(`stack/same: a second block ${BANDWIDTH}.same, the first is stack/A/Resource`);
  });

  test('are accepted with names of their own', () => {
    const stack = makeStack();
    for (const id of ['A', 'B']) bandwidth(stack, id).resource.overrideLogicalId(`own_${id}`);
    expect(Object.keys(synth(stack).resource![BANDWIDTH])).toEqual(['own_A', 'own_B']);
  });
});

test('a name that comes after an attribute was read is refused', () => {
  const { resource, internetBandwidthId } = bandwidth(makeStack(), 'A');
  expect(internetBandwidthId).toBeDefined();
  expectRefusal(() => resource.overrideLogicalId('late'), {
    path: 'stack/A', actual: 'late', problem: /must be called before an attribute of the resource is read/, remediation: /right after the constructor/,
  });
});

test('bandwidth that Terraform would forget is refused', () => {
  const stack = makeStack();
  bandwidth(stack, 'A').resource.addOverride('lifecycle.destroy', false);
  expectRefusal(() => synth(stack), { path: 'stack/A', actual: false, problem: /still costs money and stays open/, remediation: /docs\/moving\.md/, atSynth: true });
});

describe('a resource that is created before it is destroyed', () => {
  const REFUSED = new RegExp(`has create_before_destroy and reads ${BANDWIDTH}\\.\\w+, so Terraform would create that before it destroys the old one \\(OperationFailed\\.InternetBandwidthAlreadyExisted\\)`);

  test.each<[string, (stack: TerraformStack, id: string) => void]>([
    ['in an argument', (stack, id) => otherResource(stack, 'Dns', 'alicloud_dns').addOverride('value', id)],
    ['in depends_on', (stack) => otherResource(stack, 'Dns', 'alicloud_dns').addOverride('depends_on', [addressOf((stack.node.findChild('A') as Ipv6InternetBandwidth).resource)])],
    ['through a local', (stack, id) => {
      stack.addOverride('locals.id', id);
      otherResource(stack, 'Dns', 'alicloud_dns').addOverride('value', '${local.id}');
    }],
    ['through another resource', (stack, id) => {
      otherResource(stack, 'Between', 'alicloud_dns').addOverride('value', id);
      otherResource(stack, 'Dns', 'alicloud_dns').addOverride('value', '${alicloud_dns.Between.id}');
    }],
  ])('is refused where it reads a bandwidth %s', (_, read) => {
    const stack = makeStack();
    const { resource } = bandwidth(stack, 'A');
    read(stack, `\${${addressOf(resource)}.id}`);
    expect(() => synth(stack)).not.toThrow();
    const dns = stack.node.findChild('Dns') as ReturnType<typeof otherResource>;
    dns.lifecycle = { createBeforeDestroy: true };
    expect(() => synth(stack)).toThrow(REFUSED);
  });

  test('is refused where it reads the bandwidths of a set', () => {
    const stack = makeStack();
    const ipv6Addresses = Ipv6Addresses.fromIpv6AddressIds(stack, 'Addresses', ['ipv6-2']);
    const set = new Ipv6InternetBandwidths(stack, 'Fleet', { ipv6Addresses, bandwidth: 10, egressOnly: false });
    const dns = otherResource(stack, 'Dns', 'alicloud_dns');
    dns.addOverride('value', set.internetBandwidthIds);
    expect(() => synth(stack)).not.toThrow();
    dns.lifecycle = { createBeforeDestroy: true };
    expect(() => synth(stack)).toThrow(REFUSED);
  });

  test('is refused where an override writes it', () => {
    const stack = makeStack();
    const { resource } = bandwidth(stack, 'A');
    stack.addOverride('resource.alicloud_dns.raw', { value: `\${${addressOf(resource)}.id}`, lifecycle: { create_before_destroy: true } });
    expect(() => synth(stack)).toThrow(REFUSED);
  });

  test('is accepted where it reads none', () => {
    const stack = makeStack();
    bandwidth(stack, 'A');
    otherResource(stack, 'Dns', 'alicloud_dns').lifecycle = { createBeforeDestroy: true };
    expect(() => synth(stack)).not.toThrow();
  });
});

describe('a move is refused', () => {
  const from = `${BANDWIDTH}.old`;

  test('of a source that another construct moves, too', () => {
    const stack = makeStack();
    for (const id of ['A', 'B']) bandwidth(stack, id).resource.moveFromId(from);
    expect(() => synth(stack)).toThrow(`stack/B: a second move of ${from}, the first is of stack/A: keep one of them`);
  });

  test('of a source that a set moves, too', () => {
    const stack = makeStack();
    bandwidth(stack, 'A').resource.moveFromId(from);
    const ipv6Addresses = Ipv6Addresses.fromIpv6AddressIds(stack, 'Addresses', ['ipv6-2']);
    new Ipv6InternetBandwidths(stack, 'Fleet', { ipv6Addresses, bandwidth: 10, egressOnly: false }).moveAddressFromId('ipv6-2', from);
    expect(() => synth(stack)).toThrow(`a second move of ${from}`);
  });

  test('of a source that the stack still declares', () => {
    const stack = makeStack();
    otherResource(stack, 'old', BANDWIDTH);
    bandwidth(stack, 'A').resource.moveFromId(from);
    expect(() => synth(stack)).toThrow(`stack/A: ${from} is moved here, and stack/old still declares it: remove one of them`);
  });

  test('of the resource itself', () => {
    const stack = makeStack();
    const { resource } = bandwidth(stack, 'A');
    resource.moveFromId(addressOf(resource));
    expect(() => synth(stack)).toThrow(`stack/A: moveFromId names the resource itself, ${addressOf(resource)}: remove it`);
  });

  test('and not where each has a source of its own', () => {
    const stack = makeStack();
    for (const id of ['A', 'B']) bandwidth(stack, id).resource.moveFromId(`${from}_${id}`);
    expect(() => synth(stack)).not.toThrow();
  });
});

describe('an import', () => {
  test.each<[string, (stack: TerraformStack) => any]>([
    ['nothing', () => undefined], ['an empty text', () => ''], ['an id that the apply makes', (stack) => otherResource(stack, 'Later', 'alicloud_other').getStringAttribute('id')],
  ])('from %s is refused', (_, id) => {
    const stack = makeStack();
    const { resource } = bandwidth(stack, 'A');
    expect(() => resource.importFrom(id(stack))).toThrow(/^stack\/A: the id of importFrom must be known before apply, got .*: write the id that npx alicloud-ipv6 import prints$/);
  });

  test.each(['ipv6bw-1', '${var.id}'])('from %s is accepted', (id) => {
    const stack = makeStack();
    bandwidth(stack, 'A').resource.importFrom(id);
    expect(synth(stack).import).toEqual([{ id, to: expect.stringContaining(BANDWIDTH) }]);
  });
});

describe('an address that a data source names', () => {
  type MakeAddress = (stack: TerraformStack, data: string) => IIpv6Address;
  function warned(waits: boolean, address: MakeAddress): string[] {
    const stack = makeStack();
    const data = new providerAlicloud.dataAlicloudInstances.DataAlicloudInstances(stack, 'Mine', {});
    if (waits) data.addOverride('depends_on', ['alicloud_other.release']);
    new Ipv6InternetBandwidth(stack, 'A', { ipv6Address: address(stack, `\${${data.fqn}.ids[0]}`), bandwidth: 10, egressOnly: false });
    bandwidth(stack, 'Other');
    for (let i = 0; i < 2; i++) synth(stack);
    return warnings(stack).map(([path, message]) => `${path}: ${message}`);
  }

  test.each<[string, MakeAddress]>([
    ['its instance', (stack, id) => Ipv6Address.fromInstanceId(stack, 'Address', id)],
    ['its id', (stack, id) => Ipv6Address.fromIpv6AddressAttributes(stack, 'Address', { ipv6AddressId: id, ipv6GatewayId: 'ipv6gw-1' })],
    ['its id, through a local', (stack, id) => {
      stack.addOverride('locals.mine', id);
      return Ipv6Address.fromIpv6AddressId(stack, 'Address', '${local.mine}');
    }],
  ])('is warned of once, by %s, where the data source has depends_on', (_, address) => {
    expect(warned(false, address)).toEqual([]);
    expect(warned(true, address)).toEqual([expect.stringMatching(/^stack\/A: the address comes from data\.alicloud_instances\.Mine, whose depends_on can replace the bandwidth: remove depends_on/)]);
  });
});

describe('a move of a bandwidth with a rule', () => {
  const closed = (stack: TerraformStack, from: string) => {
    const ipv6Address = Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1');
    const made = new Ipv6InternetBandwidth(stack, 'A', { ipv6Address, bandwidth: 10, egressOnly: true });
    made.resource.moveFromId(from);
    return made;
  };
  const closedSet = (stack: TerraformStack, from: string) => {
    const ipv6Addresses = Ipv6Addresses.fromIpv6AddressIds(stack, 'Addresses', ['ipv6-1']);
    const set = new Ipv6InternetBandwidths(stack, 'A', { ipv6Addresses, bandwidth: 10, egressOnly: true });
    set.moveAddressFromId('ipv6-1', from);
    return set;
  };
  const warned = (build: (stack: TerraformStack) => unknown): string[][] => {
    const stack = makeStack();
    build(stack);
    for (let i = 0; i < 2; i++) synth(stack);
    return warnings(stack);
  };
  const WARNING = expect.stringMatching(/^no move names the egress-only rule, and inbound opens if .* another one than alicloud_vpc_ipv6_egress_rule\.old_EgressOnlyRule: call moveFromId/);

  test('is warned of once where the bandwidth was written by hand', () => {
    expect(warned((stack) => closed(stack, `${BANDWIDTH}.old`))).toEqual([['stack/A/EgressOnlyRule', WARNING]]);
    expect(warned((stack) => closedSet(stack, `${BANDWIDTH}.old`))).toEqual([['stack/A', WARNING]]);
    expect(warned((stack) => closedSet(stack, `${BANDWIDTH}.old["a"]`))).toEqual([]);
  });

  test.each<[string, (stack: TerraformStack) => unknown]>([
    ['whose rule is moved', (stack) => closed(stack, `${BANDWIDTH}.old`).egressOnlyRule!.resource.moveFromId(`${RULE}.old`)],
    ['whose rule is imported', (stack) => closed(stack, `${BANDWIDTH}.old`).egressOnlyRule!.resource.importFrom('ipv6gw-1:ipv6py-1')],
    ['of the library', (stack) => closed(stack, `${BANDWIDTH}.Old_0A1B2C3D`)],
    ['of a set of the library', (stack) => closed(stack, `${BANDWIDTH}.Fleet_0A1B2C3D_7["ipv6-1"]`)],
    ['into a set, whose rule is moved', (stack) => closedSet(stack, `${BANDWIDTH}.old`).moveEgressOnlyRuleFromId('ipv6-1', `${RULE}.old`)],
    ['of the library into a set', (stack) => closedSet(stack, `${BANDWIDTH}.Old_0A1B2C3D`)],
  ])('is not warned of, %s', (_, build) => {
    expect(warned(build)).toEqual([]);
  });
});
