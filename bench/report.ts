// What the benchmark prints and writes.
import type { ExposureCost } from './exposure';
import type { LookupCost } from './lookups';
import { PlanCost, wayOf } from './plan';
import type { Owner, Profile } from './profile';

/** What one way of writing cost at one size: times are the fastest of the runs, memory is their median. */
export interface Cost {
  readonly construct: number;
  readonly synth: number;
  readonly together: number;
  readonly cpu: number;
  readonly memory: number;
  readonly bytes: number;
}

export interface Size {
  readonly count: number;
  readonly runs: number;
  readonly l1: Cost;
  readonly l2: Cost;
}

export interface Figures {
  readonly machine: string;
  readonly sizes: readonly Size[];
  /** Ways to load the library, the first without it. */
  readonly load: {
    readonly runs: number;
    readonly ways: readonly { readonly what: string; readonly milliseconds: number; readonly ratio: number }[];
  };
  readonly claims: { readonly count: number; readonly milliseconds: number; readonly share: number };
  /** What `alicloud-ipv6 exposure` costs on a large plan, or why that is not known. */
  readonly exposure: ExposureCost | string;
  /** Processor time with rules of exposure, as a multiple of that without. */
  readonly rules: { readonly count: number; readonly ratio: number };
  /** What a plan costs, or why that is not known. */
  readonly plans: readonly PlanCost[] | string;
  /** The API calls of a plan of 200 addresses with a data source for each. */
  readonly callsOfLookupEach?: number;
  /** What lookups cost a plan, or why that is not known. */
  readonly lookups: readonly LookupCost[] | string;
  readonly profiles?: { readonly count: number; readonly l1: Profile; readonly l2: Profile };
}

/** A table: the first row is its head. */
export type Table = readonly (readonly string[])[];

export function costTable({ sizes }: Figures): Table {
  const rows = sizes.flatMap(({ count, runs, l1, l2 }) => [
    [integer(count), `by hand (${runs} runs)`, ms(l1.construct), ms(l1.synth), ms(l1.together), ms(l1.cpu), mb(l1.memory), mb(l1.bytes, 2)],
    ['', 'the library', ms(l2.construct), ms(l2.synth), ms(l2.together), ms(l2.cpu), mb(l2.memory), mb(l2.bytes, 2)],
    ['', 'ratio', ...(['construct', 'synth', 'together', 'cpu', 'memory', 'bytes'] as const).map((figure) => ratio(l2[figure] / l1[figure]))],
  ]);
  return [['addresses', 'written', 'construct, ms', 'synth, ms', 'together, ms', 'processor, ms', 'memory, MB', 'JSON, MB'], ...rows];
}

export function loadTable({ load }: Figures): Table {
  return [
    ['loaded', 'ms', 'against cdktf alone'],
    ...load.ways.map(({ what, milliseconds, ratio: againstCdktf }) => [what, milliseconds.toFixed(1), ratio(againstCdktf)]),
  ];
}

export function planTable(plans: readonly PlanCost[]): Table {
  return [
    [
      'terraform plan', 'addresses', 'by hand, processor s', 'library, processor s', 'ratio', 'without records, processor s', 'ratio',
      'by hand, s', 'library, s', 'API calls',
    ],
    ...plans.map(({ what, addresses, byHand, library, withoutRecords }) => [
      what, integer(addresses), byHand.cpu.toFixed(2), library.cpu.toFixed(2), ratio(library.cpu / byHand.cpu),
      withoutRecords?.cpu.toFixed(2) ?? '', withoutRecords ? ratio(library.cpu / withoutRecords.cpu) : '',
      byHand.seconds.toFixed(2), library.seconds.toFixed(2), integer(library.calls),
    ]),
  ];
}

export function lookupTable(lookups: readonly LookupCost[]): Table {
  return [
    ['asked for', 'wanted', 'addresses of the VPC', 'API calls', 'seconds', 'state, MB'],
    ...lookups.map(({ way, isChosen, wanted, vpc, calls, seconds, stateBytes }) =>
      [isChosen ? `${way} (default)` : way, integer(wanted), integer(vpc), integer(calls), seconds.toFixed(1), (stateBytes / 1e6).toFixed(2)]),
  ];
}

export function exposureTable({ resources, bytes, seconds, processor, memory }: ExposureCost): Table {
  return [
    ['alicloud-ipv6 exposure', 'plan, MB', 'seconds', 'processor, s', 'memory, MB'],
    [`a plan of ${integer(resources)} resources`, mb(bytes, 1), seconds.toFixed(2), processor.toFixed(2), mb(memory)],
  ];
}

/** The targets are those of 50,000 resources. */
function exposureTargets(exposure: Figures['exposure']): Target[] {
  if (typeof exposure === 'string' || exposure.resources !== 50_000) return [];
  return [
    ['`alicloud-ipv6 exposure` on 50,000 resources against 3 seconds, processor time', 1, exposure.processor / 3],
    ['the same against 500 MB, memory', 1, exposure.memory / 500e6],
  ];
}

export function profileTable({ l1, l2 }: { l1: Profile; l2: Profile }): Table {
  const owners = [...new Set([...l1.byOwner.keys(), ...l2.byOwner.keys()])].sort((a, b) => (l2.byOwner.get(b) ?? 0) - (l2.byOwner.get(a) ?? 0));
  const total = ({ byOwner }: Profile) => [...byOwner.values()].reduce((sum, value) => sum + value, 0);
  return [
    ['code of', 'by hand, ms', 'the library, ms', 'share of the library\'s run'],
    ...owners.map((owner) => {
      const [byHand, library] = [l1, l2].map(({ byOwner }) => byOwner.get(owner) ?? 0);
      return [owner, ms(byHand), ms(library), percent(library / total(l2))];
    }),
    ['together', ms(total(l1)), ms(total(l2)), ''],
  ];
}

export function functionTable({ l2 }: { l2: Profile }, ...owners: Owner[]): Table {
  const theirs = l2.functions.filter(({ owner }) => owners.includes(owner));
  return [['function', 'ms of its own'], ...theirs.slice(0, 8).map(({ name, spent }) => [`\`${name}\``, ms(spent)])];
}

/** What was aimed at, what came out. */
type Target = [what: string, limit: number, reached: number | undefined];

/** What three instances of a large VPC cost, and many of a smaller one. */
function lookupTargets(lookups: Figures['lookups']): Target[] {
  if (typeof lookups === 'string') return [];
  const [small, large] = [100, 20_000].map((size) => lookups.find(({ isChosen, wanted, vpc }) => isChosen && wanted === 3 && vpc === size));
  return [['plan of 3 instances of a VPC of 20,000 addresses against one of 100', 1.5, small && large && large.seconds / small.seconds]];
}

export function targetTable(figures: Figures): Table {
  const at = (count: number) => figures.sizes.find((size) => size.count === count);
  const rows: Target[] = [
    ['construct and synth at 10,000 addresses against by hand, processor time', 1.15, at(10_000) && at(10_000)!.l2.cpu / at(10_000)!.l1.cpu],
    ['the same by the clock', 1.15, at(10_000) && at(10_000)!.l2.together / at(10_000)!.l1.together],
    ['memory at 10,000 addresses against by hand', 1.15, at(10_000) && at(10_000)!.l2.memory / at(10_000)!.l1.memory],
    ['from 1,000 to 10,000 addresses, processor time', 11, at(1_000) && at(10_000) && at(10_000)!.l2.cpu / at(1_000)!.l2.cpu],
    ['the same by the clock', 11, at(1_000) && at(10_000) && at(10_000)!.l2.together / at(1_000)!.l2.together],
    [`rules of exposure at ${integer(figures.rules.count)} addresses against none, processor time`, 1.10, figures.rules.ratio],
    ['`require` of cdktf and the library against cdktf alone', 1.10, figures.load.ways[1].ratio],
    ['the same, and what the README\'s first app reads of it', 1.10, figures.load.ways[2].ratio],
    ...exposureTargets(figures.exposure),
    ...planTargets(figures.plans),
    ...lookupTargets(figures.lookups),
  ];
  return [
    ['target', 'at most', 'measured', ''],
    ...rows.flatMap(([what, limit, reached]) => reached === undefined ? [] : [[what, `× ${limit.toFixed(2)}`, `× ${reached.toFixed(2)}`, reached <= limit ? 'reached' : 'missed']]),
  ];
}

/** Returns plans against the same Terraform by hand, without checks; of a set, against single bandwidths and rules without records. */
function planTargets(plans: Figures['plans']): Target[] {
  if (typeof plans === 'string') return [];
  const ways = (['id', 'instance'] as const).flatMap((by) => [false, true].map((rules) => wayOf(by, rules)));
  const of = (what: string, addresses: number) => plans.find((plan) => plan.what === what && plan.addresses === addresses);
  const growth = (what: string, size: number) => {
    const [small, large] = [of(what, size), of(what, 2 * size)];
    return small && large && (large.library.cpu / small.library.cpu) / (large.byHand.cpu / small.byHand.cpu);
  };
  return [
    ...ways.map((what): Target => [`plan of 1,000 addresses ${what}, against by hand without checks`, 1.3, costOf(of(what, 1_000))]),
    ...ways.map((what): Target => [`growth of a plan from 1,000 to 2,000 addresses ${what}, against the growth by hand`, 2, growth(what, 1_000)]),
    ...plans.filter(({ what }) => what.startsWith('a set')).map((plan): Target =>
      [`plan of ${integer(plan.addresses)} addresses, ${plan.what}, against single resources by hand`, 1, costOf(plan)]),
  ];
}

function costOf(plan: PlanCost | undefined): number | undefined {
  return plan && plan.library.cpu / plan.byHand.cpu;
}

export function toText(table: Table): string {
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  return table.map((row) => row.map((cell, column) => isFigure(table, column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column])).join('  ').trimEnd()).join('\n');
}

export function toMarkdown(table: Table): string {
  const [head, ...rows] = table;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => isFigure(table, column) ? '--:' : '---')), ...rows.map(line)].join('\n');
}

function isFigure(table: Table, column: number): boolean {
  return table.slice(1).every((row) => /^[×\d.,% ]*$/.test(row[column]));
}

const COMMAND = '`npm run bench`';
const GENERATED = '<!-- Written by npm run bench: the next run overwrites it. The text is in bench/report.ts. -->';

/** docs/performance.md: every figure in it is one that the run has just printed. */
export function performanceDoc(figures: Figures): string {
  const { machine, exposure, lookups, plans, callsOfLookupEach } = figures;
  return `${GENERATED}
# Performance

${COMMAND} printed each figure on this page, on one machine: ${machine}. Yours will differ; the ratios should differ little.
[Performance for maintainers](design/performance.md) has all figures, and the reasons.

## Plans

${typeof plans === 'string' ? `Not measured: ${plans}.` : `The same Terraform written by hand, without any check, against the library: one stack, one VPC, the real Terraform and provider
against a stand-in for the API on this machine. Without records, a changed address does not replace its bandwidth, and the apply fails
([why](design/performance.md#plans)). A set is compared with single bandwidths and rules without records.

${toMarkdown(planTable(plans.filter(({ what, addresses }) => what.startsWith('a set') || addresses === 1_000)))}

- The cost of a plan grows with the resources. A bandwidth has two, with an egress-only rule three.
- A [set](sets.md) is the cheapest for many addresses. One of more than 300 needs \`partitions\`.
- The library asks the API once for each instance, up to 20 instances of a VPC. For more it lists the VPC, 50 addresses a call
  ([lookups](lookups.md)).${callsOfLookupEach === undefined ? '' : ` A data source for each of 200 addresses makes ${integer(callsOfLookupEach)} calls, because the provider sends the API no id.`}`}
${typeof lookups === 'string' ? '' : `- ${callsOfThree(lookups)}
`}
## Synthesis

![Processor time and peak memory against the number of addresses, both axes logarithmic](performance.svg)

The library, and the same Terraform, checks included, written by hand with the provider's bindings.

## The command on a plan

${typeof exposure === 'string' ? `Not measured: ${exposure}.` : `${toMarkdown(exposureTable(exposure))}

A first plan of ${integer(exposure.resources / 5)} workers of [new-network](../examples/new-network): each has an instance, a security group, bandwidth, an
egress-only rule and the library's record of its address. Every second rule is for another address. Each run is a process of its own:
times are those of the fastest run, and memory is the most of any run. The targets are 3 seconds of the processor and 500 MB at 50,000
resources. Half of the time reads the JSON. Time and memory grow in proportion to the plan.`}
`;
}

/** That a plan of three instances costs little in any VPC. */
function callsOfThree(lookups: readonly LookupCost[]): string {
  const three = lookups.filter(({ isChosen, wanted }) => isChosen && wanted === 3);
  const largest = three.reduce((most, cost) => cost.vpc > most.vpc ? cost : most);
  return `A plan of three instances makes ${integer(largest.calls)} calls, in a VPC of ${integer(largest.vpc)} addresses too.`;
}

/** docs/design/performance.md: the other figures of the run, and what explains them. */
export function designDoc(figures: Figures): string {
  const { lookups, plans } = figures;
  return `${GENERATED}
# Performance for maintainers

All figures of the run of ${COMMAND} that wrote [performance.md](../performance.md).

## Targets

${toMarkdown(targetTable(figures))}

## Plans

${typeof plans === 'string' ? `Not measured: ${plans}.` : `${toMarkdown(planTable(plans))}

Each figure is the fastest of up to three plans, the library and by hand in turn. Processor time is that of Terraform and its
provider. On loopback an API call takes no time worth naming, and nothing is throttled: against the real API the calls decide.`}

Lessons about Terraform 1.11:

- A plan of the library has one resource more for each bandwidth: the \`terraform_data\` that keeps the id of its address, and replaces
  the bandwidth when the id changes. For Terraform that is one node more in each graph.
  Plans of bandwidths alone are faster (*without records* in the table). Bandwidths alone fail when an address changes: the provider changes
  the address in place, and the API refuses. One record for the stack would be cheaper, and wrong. Terraform takes an entry that is added to
  it for a change, and replaces what exists already when it is moved, renamed or imported. An apply with \`-target\` stores the new
  ids of resources that it leaves out, whose trigger is then lost.
- Terraform parses each string of JSON again for each walk over the graph, for its references and for its value. A table of 1,000
  expressions costs more than one \`for\` over 1,000 plain strings. So expressions in resources are short, and the tables of the
  checks are made of the strings that the program has.
- A condition that reads \`self\` searches all changes of the plan. The library writes one only for what is moved or imported.
- A reference to a resource with \`for_each\` evaluates all of its instances, so the time of a set grows with the square of
  its addresses: hence partitions, and rules that take the ids from the keys of the set.
- If a resource with \`for_each\` depends on another one, each instance waits for all instances of that one.
  For 200 addresses, the graph of the apply has 40,000 edges. So the rules of a set depend on one record, which depends on the bandwidths.
- \`distinct\` compares each element with all elements before it, which took a quarter of a plan of 2,000 addresses. \`toset\` does not.

## Lookups

${typeof lookups === 'string' ? `Not measured: ${lookups}.` : `Bandwidth for some instances of a VPC: one call for each instance, or a list of the VPC in pages of 50. The state is that of the lookups.

${toMarkdown(lookupTable(lookups))}`}

Next: [Performance of the synthesis](synthesis.md).
`;
}

/** Returns docs/design/synthesis.md: the cost of the constructs, and the reasons. */
export function synthesisDoc(figures: Figures): string {
  const { claims, profiles, sizes } = figures;
  return `${GENERATED}
# Performance of the synthesis

The library, and the same Terraform by hand with the bindings (\`bench/apps.ts\`). The run first makes sure that both
synthesize the same.

${toMarkdown(costTable(figures))}

- Each measurement is a process of its own, by hand and with the library in turn. Times are the fastest of the runs, because other
  programs can only add to them; memory is the median.
- *construct* makes the objects, *synth* is \`app.synth()\`, both by the clock. *processor* is the processor time of the two.
- *memory* is the peak of the whole process. Node.js with cdktf is a good part of it at ${integer(sizes[0].count)} addresses.

The uniqueness check (one bandwidth an address, in the whole app) took ${claims.milliseconds.toFixed(1)} ms at ${integer(claims.count)} addresses:
${percent(claims.share)} of the run.

## Loading

${toMarkdown(loadTable(figures))}

Medians of ${figures.load.runs} processes each. Each export of the library loads its module when it is first read, so the third line is what an
app pays.
${profiles ? `
## Profile

From a profile of one run of ${integer(profiles.count)} addresses each (\`node --cpu-prof\`, which itself slows both):

${toMarkdown(profileTable(profiles))}

The most costly functions of the library's run, of cdktf and constructs:

${toMarkdown(functionTable(profiles, 'cdktf', 'constructs'))}

and of the library and the bindings:

${toMarkdown(functionTable(profiles, 'the library', 'the bindings'))}
` : ''}
Lessons about cdktf:

- cdktf resolves each resource three times: to find references to other stacks, to write it, and as a part of the stack. It visits
  each key of what a resource returns. So the library's resources return only the arguments that have a value.
- The bindings make a reference for every \`timeouts\`, and cdktf records the call stack with it (\`captureStackTrace\`): most of the
  time of construction, by hand too. The library drops the record, which would only be part of an error about the reference.
- An address and its bandwidth are a construct each, in addition to the resource. Every pass of cdktf over the tree meets them.
- A resource below a construct has a path, and cdktf makes its name from an MD5 of it.
`;
}

const COLORS = { l1: '#6b7280', l2: '#2563eb' };
const PANEL = { width: 300, height: 220, left: 62, top: 34, gap: 84 };

/** A plot of cost against size, both axes logarithmic. */
export function plot({ sizes }: Figures): string {
  const panels: [title: string, figure: 'cpu' | 'memory', unit: number][] = [['processor time, ms', 'cpu', 1], ['peak memory, MB', 'memory', 1e6]];
  const width = PANEL.left + panels.length * (PANEL.width + PANEL.gap) - PANEL.gap + 24;
  const height = PANEL.top + PANEL.height + 62;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" fill="#374151">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...panels.flatMap(([title, figure, unit], i) => {
      const points = sizes.map(({ count, l1, l2 }) => ({ count, l1: l1[figure] / unit, l2: l2[figure] / unit }));
      return panel(title, points, PANEL.left + i * (PANEL.width + PANEL.gap));
    }),
    ...(['l1', 'l2'] as const).map((writing, i) => {
      const x = PANEL.left + i * 150;
      return `<g><line x1="${x}" y1="${height - 12}" x2="${x + 24}" y2="${height - 12}" stroke="${COLORS[writing]}" stroke-width="2"/><text x="${x + 30}" y="${height - 8}">${writing === 'l1' ? 'by hand' : 'the library'}</text></g>`;
    }),
    '</svg>',
    '',
  ].join('\n');
}

function panel(title: string, points: { count: number; l1: number; l2: number }[], left: number): string[] {
  const { width, height, top } = PANEL;
  const xs = points.map(({ count }) => count);
  const x = logScale(decades(xs), left, left + width);
  const range = decades(points.flatMap(({ l1, l2 }) => [l1, l2]));
  const y = logScale(range, top + height, top);
  const line = (writing: 'l1' | 'l2') => [
    `<polyline fill="none" stroke="${COLORS[writing]}" stroke-width="2" points="${points.map((point) => `${x(point.count)},${y(point[writing])}`).join(' ')}"/>`,
    ...points.map((point) => `<circle cx="${x(point.count)}" cy="${y(point[writing])}" r="3" fill="${COLORS[writing]}"/>`),
  ];
  return [
    `<text x="${left}" y="${top - 14}" font-weight="bold">${title}</text>`,
    ...powers(range).map((value) => `<line x1="${left}" y1="${y(value)}" x2="${left + width}" y2="${y(value)}" stroke="#e5e7eb"/><text x="${left - 8}" y="${y(value) + 4}" text-anchor="end">${integer(value)}</text>`),
    ...powers(decades(xs)).map((value) => `<line x1="${x(value)}" y1="${top}" x2="${x(value)}" y2="${top + height}" stroke="#e5e7eb"/><text x="${x(value)}" y="${top + height + 18}" text-anchor="middle">${integer(value)}</text>`),
    `<text x="${left + width}" y="${top + height + 34}" text-anchor="end">addresses</text>`,
    ...line('l1'),
    ...line('l2'),
  ];
}

/** The powers of ten around some values. */
function decades(values: number[]): [low: number, high: number] {
  return [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
}

function powers([low, high]: [number, number]): number[] {
  return Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
}

function logScale([low, high]: [number, number], from: number, to: number): (value: number) => number {
  return (value) => Math.round((from + (to - from) * (Math.log10(value) - low) / (high - low || 1)) * 10) / 10;
}

function ms(value: number): string {
  return value < 10 ? value.toFixed(1) : integer(value);
}

function mb(value: number, digits = 0): string {
  return (value / 1e6).toFixed(digits);
}

function integer(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function ratio(value: number): string {
  return `× ${value.toFixed(2)}`;
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}
