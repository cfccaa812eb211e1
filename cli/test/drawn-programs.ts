// Random Terraform programs with bandwidths and egress-only rules, in HCL or JSON syntax.
import * as fc from 'fast-check';

const BANDWIDTH = 'alicloud_vpc_ipv6_internet_bandwidth';
const RULE = 'alicloud_vpc_ipv6_egress_rule';

/** The maximum number of addresses of one part: three in each of two module instances, and one more for a move. */
export const ADDRESSES_OF_PART = 7;
const KEYS = ['a', 'b', 'c'];

/** How often a block is repeated. */
type Repetition = 'once' | 'count' | 'for_each';

/** A bandwidth block, and perhaps an egress-only rule block. */
interface Part {
  readonly place: 'root' | 'module' | 'bandwidth in a module' | 'rule in a module';
  readonly modules: 'once' | 'for_each';
  readonly repetition: Repetition;
  readonly size: number;
  readonly idsKnown: boolean;
  readonly chargeType: string;
  readonly mbps: number;
  readonly moved: boolean;
  readonly gatewayAttribute: string;
  readonly rule?: {
    readonly repetition: Repetition | 'each bandwidth' | 'swapped keys';
    readonly size: number;
    readonly expression: number;
    readonly gateway: 'same' | 'own' | 'other attribute' | 'other';
    readonly isOrdered: boolean;
    readonly isTriggered: boolean;
    readonly description?: string;
  };
}

export interface DrawnProgram {
  readonly isJson: boolean;
  readonly createsGateway: boolean;
  readonly parts: readonly Part[];
  /** The program of an earlier apply, by part: nothing, or the part with some other properties. */
  readonly before: readonly (Partial<Part> | undefined)[] | undefined;
  /** The block that -target names, by its number; with `exclude`, OpenTofu's -exclude. */
  readonly target?: number;
  readonly isRefreshed: boolean;
  /** The numbers of rules that are deleted by hand and tainted before the plan. */
  readonly deletedRule?: number;
  readonly taintedRule?: number;
}

const rule = fc.record({
  repetition: fc.constantFrom('once', 'count', 'count', 'for_each', 'for_each', 'each bandwidth', 'swapped keys') as fc.Arbitrary<NonNullable<Part['rule']>['repetition']>,
  size: fc.constantFrom(1, 2, 2, 3),
  expression: fc.nat(60),
  gateway: fc.constantFrom('same', 'same', 'same', 'same', 'own', 'own', 'other attribute', 'other attribute', 'other') as fc.Arbitrary<NonNullable<Part['rule']>['gateway']>,
  isOrdered: fc.constantFrom(true, true, true, false),
  isTriggered: fc.constantFrom(true, false, false),
  description: fc.constantFrom(undefined, undefined, 'other'),
});

const part: fc.Arbitrary<Part> = fc.record({
  place: fc.constantFrom('root', 'root', 'module', 'bandwidth in a module', 'rule in a module'),
  modules: fc.constantFrom('once', 'for_each'),
  repetition: fc.constantFrom('once', 'count', 'for_each'),
  size: fc.constantFrom(1, 2, 2, 3),
  idsKnown: fc.constantFrom(true, false, false),
  chargeType: fc.constantFrom('PayByBandwidth', 'PayByBandwidth', 'PayByTraffic'),
  mbps: fc.constantFrom(10, 10, 20),
  moved: fc.constantFrom(false, false, false, false, false, true),
  gatewayAttribute: fc.constantFrom('id', 'ipv6_gateway_id'),
  rule: fc.option(rule, { nil: undefined, freq: 6 }),
}) as fc.Arbitrary<Part>;

/** Some properties of another part, as an edit of a program changes them. */
const edited: fc.Arbitrary<Partial<Part>> = fc.tuple(part, fc.subarray(['size', 'chargeType', 'mbps', 'rule', 'idsKnown', 'moved'] as const, { maxLength: 2 }))
  .map(([other, names]) => Object.fromEntries(names.map((name) => [name, other[name]])));

export const drawnProgram: fc.Arbitrary<DrawnProgram> = fc.record({
  isJson: fc.boolean(),
  createsGateway: fc.constantFrom(false, false, true),
  parts: fc.array(part, { minLength: 1, maxLength: 3 }),
  before: fc.option(fc.array(fc.option(edited, { nil: undefined, freq: 5 }), { minLength: 3, maxLength: 3 }), { nil: undefined, freq: 2 }),
  target: fc.option(fc.nat(9), { nil: undefined, freq: 2 }),
  isRefreshed: fc.constantFrom(true, true, true, false),
  deletedRule: fc.option(fc.nat(5), { nil: undefined, freq: 1 }),
  taintedRule: fc.option(fc.nat(5), { nil: undefined, freq: 1 }),
});

/** The account that a program is for. */
export interface Account {
  readonly vpcId: string;
  readonly gatewayId: string | undefined;
  readonly otherGatewayId: string;
  readonly addressIds: readonly string[];
}

class Code {
  constructor(readonly text: string) {}
}

const code = (text: string) => new Code(text);
type Value = Code | string | number | readonly string[] | Readonly<Record<string, unknown>>;

interface Block {
  readonly type: 'resource' | 'module' | 'variable' | 'output' | 'locals';
  readonly labels: readonly string[];
  readonly arguments: Readonly<Record<string, Value | undefined>>;
  readonly dependsOn?: readonly string[];
  readonly triggeredBy?: readonly string[];
}

/** Returns the files of a program. */
export function filesOf(program: DrawnProgram, account: Account, head: string): Record<string, string> {
  const { root, modules } = blocksOf(program, account);
  const extension = program.isJson ? 'tf.json' : 'tf';
  const written = program.isJson ? json : hcl;
  const required = 'terraform {\n  required_providers {\n    alicloud = { source = "aliyun/alicloud" }\n  }\n}\n';
  return {
    'head.tf': head,
    [`main.${extension}`]: written(root),
    ...Object.fromEntries(Object.entries(modules).flatMap(([name, blocks]) => [[`${name}/main.${extension}`, written(blocks)], [`${name}/head.tf`, required]])),
  };
}

/** Returns the program of the earlier apply, if there is one. */
export function programBefore({ parts, before, ...program }: DrawnProgram): DrawnProgram | undefined {
  const earlier = before && parts.flatMap((each, i) => before[i] === undefined ? [] : [{ ...each, ...before[i], number: i }]);
  if (!earlier || earlier.length === 0) return undefined;
  return { ...program, parts: parts.map((each, i) => earlier.find(({ number }) => number === i) ?? { ...each, size: 0 }), before: undefined };
}

/** Returns the blocks that -target can name. */
export function targetsOf({ parts }: DrawnProgram): string[] {
  return parts.flatMap(({ place, rule: ofPart }, i) => [
    place === 'module' || place === 'bandwidth in a module' ? `module.m${i}` : `${BANDWIDTH}.p${i}`,
    ...ofPart && place !== 'module' ? [place === 'rule in a module' ? `module.m${i}` : `${RULE}.p${i}`] : [],
  ]);
}

function blocksOf({ parts, createsGateway }: DrawnProgram, account: Account): { root: Block[]; modules: Record<string, Block[]> } {
  const root: Block[] = [];
  const modules: Record<string, Block[]> = {};
  if (createsGateway) root.push({ type: 'resource', labels: ['alicloud_vpc_ipv6_gateway', 'g'], arguments: { vpc_id: account.vpcId } });
  parts.forEach((each, i) => {
    if (each.size > 0) addPart(each, i, createsGateway, account, root, modules);
  });
  return { root, modules };
}

function addPart(drawn: Part, i: number, createsGateway: boolean, account: Account, root: Block[], modules: Record<string, Block[]>): void {
  const { place, repetition, size, idsKnown, chargeType, mbps, gatewayAttribute } = drawn;
  const name = `p${i}`;
  const isRepeatedModule = place === 'module' && drawn.modules === 'for_each';
  const first = i * ADDRESSES_OF_PART + (drawn.moved ? 1 : 0);
  // If the plan knows the ids, some resources have the same address: the API refuses all except one.
  const idAt = (index: number, ofModule = 0) => account.addressIds[first + (idsKnown ? (index + ofModule * 3) % 5 : index + ofModule * 3)];
  const other = account.addressIds[account.addressIds.length - 1 - i];
  const keys = repetition === 'once' ? [] : KEYS.slice(0, size);

  // The ids by the instance of the module, and by the key of the bandwidth.
  const literals = (ofModule: number) => repetition === 'once' ? idAt(0, ofModule)
    : repetition === 'count' ? keys.map((_, index) => idAt(index, ofModule)) : Object.fromEntries(keys.map((key, index) => [key, idAt(index, ofModule)]));
  const all = isRepeatedModule ? { x: literals(0), y: literals(1) } : literals(0);
  root.push({ type: 'locals', labels: [], arguments: { [name]: all as Value } });
  let ids = `local.${name}`;
  if (!idsKnown) {
    root.push({ type: 'resource', labels: ['terraform_data', name], arguments: { input: code(ids) } });
    ids = `terraform_data.${name}.output`;
  }
  const ownKey = { once: '', count: '[count.index]', for_each: '[each.key]' }[repetition];
  const repeated = { once: {}, count: { count: keys.length }, for_each: { for_each: code(`toset(${JSON.stringify(keys)})`) } }[repetition];
  const gatewayInRoot = (attribute: string): Value => createsGateway ? code(`alicloud_vpc_ipv6_gateway.g.${attribute}`) : account.gatewayId!;

  const call: Block = {
    type: 'module',
    labels: [`m${i}`],
    arguments: { source: `./m${i}`, ...isRepeatedModule ? { for_each: code('toset(["x", "y"])') } : {}, gateway: gatewayInRoot(gatewayAttribute) },
  };
  const inModule: Block[] = [{ type: 'variable', labels: ['gateway'], arguments: {} }];
  const isBandwidthInModule = place === 'module' || place === 'bandwidth in a module';
  const isRuleInModule = place === 'module' || place === 'rule in a module';
  const bandwidth: Block = {
    type: 'resource',
    labels: [BANDWIDTH, name],
    arguments: {
      ...repeated,
      ipv6_address_id: repetition === 'once' && idsKnown && !isBandwidthInModule ? idAt(0) : code(`${isBandwidthInModule ? 'var.ids' : ids}${ownKey}`),
      ipv6_gateway_id: isBandwidthInModule ? code('var.gateway') : gatewayInRoot(gatewayAttribute),
      bandwidth: mbps,
      internet_charge_type: chargeType,
    },
  };
  const callArguments: Record<string, Value> = {};
  (isBandwidthInModule ? inModule : root).push(bandwidth);
  if (isBandwidthInModule) {
    inModule.push({ type: 'variable', labels: ['ids'], arguments: {} });
    callArguments.ids = code(isRepeatedModule ? `${ids}[each.key]` : ids);
  }

  if (drawn.rule) {
    const from = place === 'bandwidth in a module' ? `module.m${i}.bandwidth` : place === 'rule in a module' ? 'var.bandwidth' : `${BANDWIDTH}.${name}`;
    if (place === 'bandwidth in a module') inModule.push({ type: 'output', labels: ['bandwidth'], arguments: { value: code(`${BANDWIDTH}.${name}`) } });
    if (place === 'rule in a module') {
      inModule.push({ type: 'variable', labels: ['bandwidth'], arguments: {} });
      callArguments.bandwidth = code(`${BANDWIDTH}.${name}`);
    }
    const idsThere = place === 'module' ? 'var.ids' : place === 'rule in a module' ? undefined : ids;
    const dependency = place === 'bandwidth in a module' ? [`module.m${i}`] : place === 'rule in a module' ? undefined : [`${BANDWIDTH}.${name}`];
    (isRuleInModule ? inModule : root).push(ruleBlock(drawn, {
      name,
      from,
      keys,
      ids: idsThere,
      literal: idAt(0),
      other,
      gateway: (attribute) => isRuleInModule ? code('var.gateway') : gatewayInRoot(attribute),
      otherGateway: account.otherGatewayId,
      dependency,
    }));
  }
  if (isBandwidthInModule || (isRuleInModule && drawn.rule)) {
    root.push({ ...call, arguments: { ...call.arguments, ...callArguments } });
    modules[`m${i}`] = inModule;
  }
}

interface Surroundings {
  readonly name: string;
  /** The bandwidth, as the place of the rule refers to it. */
  readonly from: string;
  readonly keys: readonly string[];
  /** The expression of the bandwidth's ids, if the rule can refer to it from its place. */
  readonly ids: string | undefined;
  readonly literal: string;
  readonly other: string;
  readonly gateway: (attribute: string) => Value;
  readonly otherGateway: string;
  readonly dependency: readonly string[] | undefined;
}

function ruleBlock({ repetition, gatewayAttribute, rule: drawn }: Part, at: Surroundings): Block {
  const { name, from, keys, ids, literal, other, gateway, otherGateway, dependency } = at;
  const { repetition: wanted, size, expression, gateway: whichGateway, isOrdered, isTriggered, description } = drawn!;
  const ruleKeys = KEYS.slice(0, size);
  const isEach = ['for_each', 'swapped keys', 'each bandwidth'].includes(wanted) && !(wanted === 'each bandwidth' && repetition !== 'for_each');
  const own = isEach ? '[each.key]' : wanted === 'count' ? '[count.index]' : undefined;
  const repeated: Record<string, Value> = !isEach ? (wanted === 'count' ? { count: size } : {})
    : {
      for_each: wanted === 'each bandwidth' ? code(from) : wanted === 'swapped keys'
        ? Object.fromEntries(ruleKeys.map((key, i) => [key, ruleKeys[(i + 1) % size]])) : code(`toset(${JSON.stringify(ruleKeys)})`),
    };
  const some = repetition === 'once' ? '' : repetition === 'count' ? '[0]' : '["a"]';
  const whole = `${from}${some}.ipv6_address_id`;
  const list = repetition === 'count' ? `${from}[*].ipv6_address_id` : `[for each_one in ${from} : each_one.ipv6_address_id]`;
  const many = repetition !== 'once';
  const expressions: (string | undefined)[] = [
    ...many && own !== undefined && isEach === (repetition === 'for_each') ? [
      `${from}${own}.ipv6_address_id`, `${from}${own}.ipv6_address_id`, `${from}${own}.ipv6_address_id`,
      ids && `${ids}${own}`, `${from}${own}.id`,
    ] : [],
    ...many && own === '[count.index]' && repetition === 'count' ? [
      `${from}[count.index + 1].ipv6_address_id`, `${from}[(count.index + 1) % ${keys.length}].ipv6_address_id`, `${from}[min(count.index, 0)].ipv6_address_id`,
      `element(${list}, count.index + 1)`, `reverse(${list})[count.index]`,
    ] : [],
    ...many && isEach && repetition === 'for_each' ? [
      `${from}[each.key == "a" ? "b" : "a"].ipv6_address_id`, `${from}[each.key == "a" ? "a" : "a"].ipv6_address_id`, `${list}[0]`,
      wanted === 'each bandwidth' ? 'each.value.ipv6_address_id' : wanted === 'swapped keys' ? `${from}[each.value].ipv6_address_id` : undefined,
      wanted === 'each bandwidth' ? 'each.value.ipv6_address_id' : wanted === 'swapped keys' ? `${from}[each.value].ipv6_address_id` : undefined,
    ] : [],
    ...many ? [`element(${list}, 1)`, `reverse(${list})[0]`, `one(slice(${list}, 0, 1))`, `${list}[length(${from}) - 1]`] : [],
    whole, whole, whole, `lower(${whole})`, `one([${whole}])`, ids && `${ids}${some}`,
    `can(${whole}) ? "${other}" : "x"`, `startswith(${whole}, "ipv6-") ? "${other}" : ${whole}`, `lookup({ x = "${other}" }, "x", ${whole})`,
    `"${literal}"`, `"${literal}"`, `"${other}"`,
  ].filter((each) => each !== undefined);
  const ownGateway = code(`${from}${many && own !== undefined && isEach === (repetition === 'for_each') ? own : some}.ipv6_gateway_id`);
  const chosen = expressions[expression % expressions.length]!;
  return {
    type: 'resource',
    labels: [RULE, name],
    arguments: {
      ...repeated,
      instance_id: /^"[^"]*"$/.test(chosen) ? JSON.parse(chosen) as string : code(chosen),
      instance_type: 'Ipv6Address',
      ipv6_gateway_id: whichGateway === 'same' ? gateway(gatewayAttribute) : whichGateway === 'own' ? ownGateway
        : whichGateway === 'other attribute' ? gateway(gatewayAttribute === 'id' ? 'ipv6_gateway_id' : 'id') : otherGateway,
      description,
    },
    dependsOn: isOrdered ? dependency : undefined,
    triggeredBy: isTriggered && dependency && !dependency[0].startsWith('module.') ? dependency : undefined,
  };
}

function hcl(blocks: readonly Block[]): string {
  return blocks.map(({ type, labels, arguments: values, dependsOn, triggeredBy }) => [
    `${type} ${labels.map((label) => `"${label}" `).join('')}{`,
    ...Object.entries(values).filter(([, value]) => value !== undefined).map(([name, value]) => `  ${name} = ${value instanceof Code ? value.text : JSON.stringify(value)}`),
    ...dependsOn ? [`  depends_on = [${dependsOn.join(', ')}]`] : [],
    ...triggeredBy ? [`  lifecycle {\n    replace_triggered_by = [${triggeredBy.join(', ')}]\n  }`] : [],
    '}\n',
  ].join('\n')).join('\n');
}

function json(blocks: readonly Block[]): string {
  const text = (value: unknown) => value instanceof Code ? `\${${value.text}}` : value;
  return JSON.stringify(blocks.map(({ type, labels, arguments: values, dependsOn, triggeredBy }) => {
    const body = {
      ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, text(value)])),
      ...dependsOn ? { depends_on: dependsOn } : {},
      ...triggeredBy ? { lifecycle: { replace_triggered_by: triggeredBy } } : {},
    };
    return { [type]: labels.reduceRight<object>((inner, label) => ({ [label]: inner }), body) };
  }), null, 2);
}
