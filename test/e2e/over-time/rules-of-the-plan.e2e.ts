import * as fc from 'fast-check';
import { bandwidth, Forgotten, OverTime, Program } from './over-time';
import { IIpv6Address, InternetChargeType, Ipv6Address, Ipv6Addresses, Ipv6Gateway, Ipv6InternetBandwidths } from '../../../src';
import { describeWithTerraform, PlannedChange } from '../terraform';

jest.setTimeout(1_200_000);

const RUNS = Number(process.env.OVER_TIME_RUNS ?? 10);
const SEED = Number(process.env.OVER_TIME_SEED ?? 20261124);
const BANDWIDTH_TYPE = 'alicloud_vpc_ipv6_internet_bandwidth';

const time = new OverTime({ instances: 3 });

/** How one of two constructs is written: which of three addresses, found how, through which gateway, paid how, alone or in a set. */
const construct = fc.record({
  address: fc.nat({ max: 2 }),
  found: fc.constantFrom('id', 'id in the region', 'instance', 'attributes'),
  gateway: fc.constantFrom('inferred', 'given', 'looked up'),
  chargeType: fc.constantFrom(InternetChargeType.PAY_BY_BANDWIDTH, InternetChargeType.PAY_BY_BANDWIDTH, InternetChargeType.PAY_BY_TRAFFIC),
  bandwidth: fc.constantFrom(5, 10),
  inSet: fc.boolean(),
});
/**
 * Two constructs for two addresses; the second may be left out. In the second program, either may have another id: moved, forgotten and
 * imported, or neither.
 */
const program = fc.tuple(construct, fc.option(construct)).filter(([one, two]) => one.address !== two?.address);
const renaming = fc.constantFrom('no', 'moved', 'imported', 'not moved');
const renamed = fc.tuple(renaming, renaming);

type Written = (typeof program) extends fc.Arbitrary<infer T> ? T : never;
type Renamed = (typeof renamed) extends fc.Arbitrary<infer T> ? T : never;

function addressOf({ address, found }: Written[0], stack: Parameters<Program>[0], id: string): IIpv6Address {
  const addressId = time.addresses[address];
  if (found === 'id') return time.byId(stack, id, addressId);
  if (found === 'id in the region') return time.byId(stack, id, addressId, {});
  if (found === 'instance') return Ipv6Address.fromInstanceId(stack, `${id}Address`, time.instanceIds[address], { vpcId: time.vpcId });
  return Ipv6Address.fromIpv6AddressAttributes(stack, `${id}Address`, { ipv6AddressId: addressId, ipv6GatewayId: time.gatewayId });
}

function write(written: Written, names: Renamed = ['no', 'no']): Program {
  return (stack) => written.forEach((props, i) => {
    if (!props) return;
    const id = names[i] === 'no' ? `B${i}` : `Renamed${i}`;
    const ipv6Gateway = props.gateway === 'inferred' ? undefined
      : props.gateway === 'given' ? Ipv6Gateway.fromIpv6GatewayId(stack, `${id}Gateway`, time.gatewayId) : Ipv6Gateway.fromVpcId(stack, `${id}Gateway`, time.vpcId);
    const common = { bandwidth: props.bandwidth, internetChargeType: props.chargeType, ipv6Gateway, egressOnly: false };
    if (props.inSet) {
      const ipv6Addresses = Ipv6Addresses.fromIpv6AddressIds(stack, `${id}Addresses`, [time.addresses[props.address]], { vpcId: time.vpcId });
      const set = new Ipv6InternetBandwidths(stack, id, { ...common, ipv6Addresses });
      if (names[i] === 'moved') set.moveAddressFromId(time.addresses[props.address], former(i));
      if (names[i] === 'imported') set.importAddressFrom(time.addresses[props.address], formerIds[i]);
    } else {
      const { resource } = bandwidth(stack, id, addressOf(props, stack, id), common);
      if (names[i] === 'moved') resource.moveFromId(former(i));
      if (names[i] === 'imported') resource.importFrom(formerIds[i]);
    }
    if (names[i] === 'imported') new Forgotten(stack, `${id}Forgotten`, former(i).replace(/\[.*/, ''));
  });
}

const formerNames: string[] = [];
const formerIds: string[] = [];
const former = (i: number): string => formerNames[i];

/** What a plan must not do to a bandwidth, whatever changed in the program. */
function expectRules(planned: readonly PlannedChange[]): void {
  for (const { type, address, change: { actions, before, after, after_unknown: unknown } } of planned) {
    if (type !== BANDWIDTH_TYPE || !before) continue;
    const what = `${address}: ${actions.join()} ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
    if (actions.join() === 'update') expect([what, after!.ipv6_address_id]).toEqual([what, before.ipv6_address_id]);
    if (!after) continue; // Its construct is gone.
    const same = ['ipv6_address_id', 'ipv6_gateway_id', 'internet_charge_type'].every((name) => !unknown[name] && after[name] === before[name]);
    expect([what, actions.includes('delete')]).toEqual([what, !same]);
  }
}

describeWithTerraform('the rules of the plan', () => {
  test('are kept for any two programs over the same addresses, one after the other', async () => {
    let compared = 0;
    let refused = 0;
    await fc.assert(fc.asyncProperty(program, program, renamed, async (before, after, names) => {
      for (const i of [0, 1]) formerNames[i] = `${time.addressOf(`B${i}`)}${before[i]?.inSet ? `["${time.addresses[before[i]!.address]}"]` : ''}`;
      expect(await time.change(write(before))).toMatchObject({ code: 0 });
      const { bandwidths } = time;
      for (const i of [0, 1]) if (before[i]) formerIds[i] = bandwidths[time.addresses[before[i]!.address]];
      const done = names.map((name, i): string => name === 'imported' && !before[i] ? 'no' : name) as Renamed;
      time.synth(write(after, done));
      const plan = await time.world.deployment.plan('web');
      if (plan.code === 0) {
        compared++;
        expectRules(plan.managed);
      } else {
        refused++;
        // Refused is only a move or an import to another address, and an import with other arguments.
        expect(plan.output.replace(/[\s│╷╵]+/g, ' ')).toMatch(/deploy with its own address first|name the bandwidth of this address|write the existing value/);
        expect(done.some((name) => name === 'moved' || name === 'imported')).toBe(true);
      }
      time.synth(write(before));
      expect(await time.world.deployment.destroy('web')).toMatchObject({ code: 0 });
    }), { numRuns: RUNS, seed: SEED, endOnFailure: true });
    expect(compared).toBeGreaterThan(0);
    process.stderr.write(`the rules of the plan: ${compared} plans compared, ${refused} refused (OVER_TIME_SEED=${SEED}, OVER_TIME_RUNS=${RUNS})\n`);
  });
});
