// Whatever the written Terraform leaves open, the report says is open: held against a reading of its own.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'cdktf';
import * as fc from 'fast-check';
import { bandwidth, handWritten } from './rules/exposed';
import { Ipv6ExposureReport } from '../../src';
import { BANDWIDTH, makeStack, RULE, temporaryFolder } from '../synth';

const IDS = ['ipv6-a', 'ipv6-b', 'ipv6-c'];
const set = fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 0, maxLength: 3 });

/** One block that is written by hand, with an id of its own or with one from each member of a set. */
const block = fc.record({
  how: fc.constantFrom('once', 'count', 'for_each', 'for_each of keys', 'for_each of bandwidths'),
  as: fc.constantFrom('resource', 'override', 'list'),
  id: fc.constantFrom(...IDS, ...['B0', 'B1'].map((name) => `\${${BANDWIDTH}.${name}.ipv6_address_id}`)),
  set,
  count: fc.integer({ min: 0, max: 3 }),
});
type Block = typeof block extends fc.Arbitrary<infer T> ? T : never;

function argumentsOf({ how, id, set: members, count }: Block, argument: string, target: number): Record<string, unknown> {
  switch (how) {
    case 'count': return { count, [argument]: `\${${JSON.stringify(IDS)}[count.index]}` };
    case 'for_each': return { for_each: Object.fromEntries(members.map((member, i) => [`k${i}`, member])), [argument]: '${each.value}' };
    case 'for_each of keys': return { for_each: Object.fromEntries(members.map((member) => [member, 'x'])), [argument]: '${each.key}' };
    case 'for_each of bandwidths': return argument === 'instance_id'
      ? { for_each: `\${${BANDWIDTH}.B${target}}`, [argument]: '${each.value.ipv6_address_id}' }
      : { [argument]: IDS[0] };
    default: return { [argument]: argument === 'instance_id' ? id : IDS[count % 3] };
  }
}

/** The addresses that a block is for, after what Terraform makes of it; nothing, where Terraform would refuse it. */
function expand(json: any, args: any, argument: string, depth = 0): string[] {
  const value = String(args[argument]);
  const of = (key: string, each: string, index: number): string[] => {
    if (value === '${each.value}') return [each];
    if (value === '${each.key}') return [key];
    if (value === '${each.value.ipv6_address_id}') return [each];
    if (value.endsWith('[count.index]}')) return [IDS[index]];
    const [, name] = /^\$\{alicloud_vpc_ipv6_internet_bandwidth\.(\w+)\.ipv6_address_id\}$/.exec(value) ?? [];
    if (name === undefined) return [value];
    const target = json.resource[BANDWIDTH]?.[name];
    // A repeated resource has no attribute of its own: Terraform refuses the reference.
    return target && target.count === undefined && target.for_each === undefined && depth < 3 ? expand(json, target, 'ipv6_address_id', depth + 1) : [];
  };
  if (args.count !== undefined) return Array.from({ length: args.count }, (_, i) => of('', '', i)).flat();
  if (typeof args.for_each === 'string') {
    const [, name] = /\.(\w+)\}$/.exec(args.for_each)!;
    const target = json.resource[BANDWIDTH]?.[name];
    return target?.for_each && typeof target.for_each === 'object' ? expand(json, target, 'ipv6_address_id', depth + 1) : [];
  }
  if (args.for_each !== undefined) return Object.entries(args.for_each).flatMap(([key, each]) => of(key, String(each), 0));
  return of('', '', 0);
}

/** The blocks of a type, whatever lists they are in. */
function written(json: any, type: string): [string, any][] {
  const objects = (value: any): any[] => Array.isArray(value) ? value.flatMap(objects) : value ? [value] : [];
  return objects(json.resource).flatMap((resource) => objects(resource[type]))
    .flatMap((named) => Object.entries(named)).flatMap(([name, body]) => objects(body).map((args): [string, any] => [name, args]));
}

test('no address that the written Terraform leaves open is called outbound only', () => {
  const seen = { closed: 0, open: 0 };
  fc.assert(fc.property(fc.array(block, { maxLength: 3 }), fc.array(block, { maxLength: 3 }), fc.boolean(), (bandwidths, rules, withLibrary) => {
    const app = new App({ outdir: temporaryFolder(), context: { cdktfRelativeModules: [] } });
    const stack = makeStack(app);
    if (withLibrary) bandwidth(stack, 'Library');
    const write = (type: string, name: string, { as }: Block, args: Record<string, unknown>) => {
      const defaults = type === BANDWIDTH ? { ipv6_gateway_id: 'ipv6gw-1', bandwidth: 1 } : { ipv6_gateway_id: 'ipv6gw-1', instance_type: 'Ipv6Address' };
      if (as === 'resource') handWritten(stack, name, { ...defaults, ...args }, type).overrideLogicalId(name);
      else stack.addOverride(`resource.${type}.${name}`, as === 'list' ? [{ ...defaults, ...args }] : { ...defaults, ...args });
    };
    bandwidths.forEach((each, i) => write(BANDWIDTH, `B${i}`, each, argumentsOf(each, 'ipv6_address_id', i)));
    rules.forEach((each, i) => write(RULE, `R${i}`, each, argumentsOf(each, 'instance_id', i)));
    Ipv6ExposureReport.addTo(app);
    app.synth();

    const json = JSON.parse(fs.readFileSync(path.join(app.outdir, 'stacks/stack/cdk.tf.json'), 'utf8'));
    const flat = { resource: { [BANDWIDTH]: Object.fromEntries(written(json, BANDWIDTH)) } };
    const closed = new Set(written(json, RULE).flatMap(([, args]) => expand(flat, args, 'instance_id')));
    const { rows } = JSON.parse(fs.readFileSync(path.join(app.outdir, 'ipv6-exposure.json'), 'utf8'));
    const outboundOnly = rows.filter(({ openBecause }: any) => openBecause === undefined).map(({ constructPath }: any) => constructPath as string);
    for (const [name, args] of written(json, BANDWIDTH)) {
      const isOpen = expand(flat, args, 'ipv6_address_id').some((id) => !closed.has(id));
      const isCalledClosed = outboundOnly.some((constructPath: string) => constructPath === `stack/${name}` || constructPath === `stack (${BANDWIDTH}.${name})`);
      expect([name, isOpen && isCalledClosed]).toEqual([name, false]);
      seen[isOpen ? 'open' : 'closed']++;
      if (isCalledClosed) seen.closed++;
    }
  }), { seed: 20_261, numRuns: Number(process.env.PROPERTIES_RUNS ?? 300) });
  // Enough of both for that to mean something.
  expect(seen.open).toBeGreaterThan(50);
  expect(seen.closed).toBeGreaterThan(50);
});
