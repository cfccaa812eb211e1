// The report never calls an address closed that the written Terraform leaves open: compared with a reading of its own.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'cdktf';
import * as fc from 'fast-check';
import { bandwidth, handWritten } from './program/written';
import { Ipv6ExposureReport } from '../../src';
import { BANDWIDTH, makeStack, RULE, temporaryFolder } from '../synth';

const IDS = ['ipv6-a', 'ipv6-b', 'ipv6-c'];
const set = fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 0, maxLength: 3 });

/** One block that is written by hand, with an id of its own or with one from each member of a set. */
const block = fc.record({
  how: fc.constantFrom('once', 'count', 'for_each', 'for_each of keys', 'for_each of bandwidths', 'for_each of a local', 'each of the bandwidths'),
  as: fc.constantFrom('resource', 'override', 'list'),
  ordered: fc.constantFrom(true, true, false),
  id: fc.constantFrom(...IDS, ...['B0', 'B1'].map((name) => `\${${BANDWIDTH}.${name}.ipv6_address_id}`)),
  set,
  count: fc.integer({ min: 0, max: 3 }),
  gateway: fc.constantFrom('ipv6gw-1', 'ipv6gw-1', 'ipv6gw-2'),
  ignores: fc.constantFrom(undefined, undefined, undefined, ['description'], ['instance_id', 'ipv6_address_id'], 'all'),
});
type Block = typeof block extends fc.Arbitrary<infer T> ? T : never;

function argumentsOf({ how, id, set: members, count }: Block, argument: string, target: number): Record<string, unknown> {
  switch (how) {
    case 'count': return { count, [argument]: `\${${JSON.stringify(IDS)}[count.index]}` };
    case 'for_each': return { for_each: Object.fromEntries(members.map((member, i) => [`k${i}`, member])), [argument]: '${each.value}' };
    case 'for_each of keys': return { for_each: Object.fromEntries(members.map((member) => [member, 'x'])), [argument]: '${each.key}' };
    case 'for_each of a local': return { for_each: `\${local.set${count % 2}}`, [argument]: '${each.value}' };
    case 'each of the bandwidths': return argument === 'instance_id'
      ? { for_each: `\${local.set${count % 2}}`, [argument]: `\${${BANDWIDTH}.B${target}[each.key].ipv6_address_id}` }
      : { for_each: `\${local.set${count % 2}}`, [argument]: '${each.value}' };
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
    const [, repeated] = /^\$\{alicloud_vpc_ipv6_internet_bandwidth\.(\w+)\[each\.key\]\.ipv6_address_id\}$/.exec(value) ?? [];
    if (repeated !== undefined) {
      // A key that the bandwidth does not have makes Terraform refuse all.
      const all = setOf(json, json.resource[BANDWIDTH]?.[repeated]?.for_each);
      if (!all || !(key in all)) return [];
      return expand(json, { ...json.resource[BANDWIDTH][repeated], for_each: { [key]: all[key] } }, 'ipv6_address_id', depth + 1);
    }
    const [, name] = /^\$\{alicloud_vpc_ipv6_internet_bandwidth\.(\w+)\.ipv6_address_id\}$/.exec(value) ?? [];
    if (name === undefined) return [value];
    const target = json.resource[BANDWIDTH]?.[name];
    // A repeated resource has no attribute of its own: Terraform refuses the reference.
    return target && target.count === undefined && target.for_each === undefined && depth < 3 ? expand(json, target, 'ipv6_address_id', depth + 1) : [];
  };
  if (args.count !== undefined) return Array.from({ length: args.count }, (_, i) => of('', '', i)).flat();
  const members = setOf(json, args.for_each);
  if (members) return Object.entries(members).flatMap(([key, each]) => of(key, String(each), 0));
  if (typeof args.for_each === 'string') {
    const [, name] = /\.(\w+)\}$/.exec(args.for_each)!;
    const target = json.resource[BANDWIDTH]?.[name];
    return target && setOf(json, target.for_each) ? expand(json, target, 'ipv6_address_id', depth + 1) : [];
  }
  return of('', '', 0);
}

/** The map that a block is repeated for, if it is written out, or in a local. */
function setOf(json: any, forEach: unknown): Record<string, unknown> | undefined {
  if (typeof forEach === 'object' && forEach !== null) return forEach as Record<string, unknown>;
  const [, local] = /^\$\{local\.(\w+)\}$/.exec(String(forEach)) ?? [];
  return local === undefined ? undefined : json.locals[local];
}

/** Whether a rule is created after the bandwidths: a reference to one of them orders it after that one, for which it is. */
function isOrdered(args: any): boolean {
  return args.depends_on !== undefined || JSON.stringify(args).includes(`{${BANDWIDTH}.`);
}

/** The blocks of a type, whatever lists they are in. */
function written(json: any, type: string): [string, any][] {
  const objects = (value: any): any[] => Array.isArray(value) ? value.flatMap(objects) : value ? [value] : [];
  return objects(json.resource).flatMap((resource) => objects(resource[type]))
    .flatMap((named) => Object.entries(named)).flatMap(([name, body]) => objects(body).map((args): [string, any] => [name, args]));
}

test('no address that the written Terraform leaves open is called closed', () => {
  const seen = { closed: 0, open: 0 };
  const blocks = fc.array(block, { maxLength: 3 });
  fc.assert(fc.property(blocks, blocks, fc.tuple(set, set), fc.boolean(), (bandwidths, rules, sets, withLibrary) => {
    const app = new App({ outdir: temporaryFolder(), context: { cdktfRelativeModules: [] } });
    const stack = makeStack(app);
    if (withLibrary) bandwidth(stack, 'Library');
    const map = (members: string[]) => Object.fromEntries(members.map((member, n) => [`k${n}`, member]));
    stack.addOverride('locals', Object.fromEntries(sets.map((members, i) => [`set${i}`, map(members)])));
    const write = (type: string, name: string, { as, gateway, ignores, ordered }: Block, args: Record<string, unknown>) => {
      const lifecycle = ignores && { lifecycle: { ignore_changes: ignores } };
      const after = type === RULE && ordered ? { depends_on: bandwidths.map((_, i) => `${BANDWIDTH}.B${i}`) } : {};
      const defaults = { ipv6_gateway_id: gateway, ...lifecycle, ...after, ...type === BANDWIDTH ? { bandwidth: 1 } : { instance_type: 'Ipv6Address' } };
      if (as === 'resource') handWritten(stack, name, { ...defaults, ...args }, type).overrideLogicalId(name);
      else stack.addOverride(`resource.${type}.${name}`, as === 'list' ? [{ ...defaults, ...args }] : { ...defaults, ...args });
    };
    bandwidths.forEach((each, i) => write(BANDWIDTH, `B${i}`, each, argumentsOf(each, 'ipv6_address_id', i)));
    rules.forEach((each, i) => write(RULE, `R${i}`, each, argumentsOf(each, 'instance_id', i)));
    Ipv6ExposureReport.addTo(app);
    app.synth();

    const json = JSON.parse(fs.readFileSync(path.join(app.outdir, 'stacks/stack/cdk.tf.json'), 'utf8'));
    const flat = { locals: json.locals, resource: { [BANDWIDTH]: Object.fromEntries(written(json, BANDWIDTH)) } };
    const mayStay = (args: any, argument: string) => [args.lifecycle?.ignore_changes].flat().some((name) => name === 'all' || name === argument);
    // A rule of another gateway, or one that Terraform may create before the bandwidth, fails during apply, and one that a plan leaves
    // as it is may be for another address.
    const closed = new Set(written(json, RULE).filter(([, args]) => !mayStay(args, 'instance_id') && isOrdered(args))
      .flatMap(([, args]) => expand(flat, args, 'instance_id').map((id) => `${id} ${args.ipv6_gateway_id}`)));
    const { rows } = JSON.parse(fs.readFileSync(path.join(app.outdir, 'ipv6-exposure.json'), 'utf8'));
    const closedRows = rows.filter(({ inbound }: any) => inbound === 'closed').map((row: any) => row.block ?? row.constructPath as string);
    for (const [name, args] of written(json, BANDWIDTH)) {
      const isOpen = expand(flat, args, 'ipv6_address_id').some((id) => !closed.has(`${id} ${args.ipv6_gateway_id}`));
      const isCalledClosed = closedRows.some((constructPath: string) => constructPath === `stack/${name}` || constructPath === `${BANDWIDTH}.${name}`);
      expect([name, isOpen && isCalledClosed]).toEqual([name, false]);
      seen[isOpen ? 'open' : 'closed']++;
      if (isCalledClosed) seen.closed++;
    }
  }), { seed: 20_261, numRuns: Number(process.env.PROPERTIES_RUNS ?? 300) });
  // Enough of both for that to mean something.
  expect(seen.open).toBeGreaterThan(50);
  expect(seen.closed).toBeGreaterThan(50);
});
