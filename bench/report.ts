// What the benchmark prints and writes.
import type { ExposureCost } from './exposure';
import type { LookupCost, SetCost } from './lookups';
import type { PlanCost } from './plan';
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
  /** What lookups cost a plan, and what sets do, or why that is not known. */
  readonly lookups: readonly LookupCost[] | string;
  readonly sets: readonly SetCost[] | string;
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
    ['terraform plan', 'addresses', 'seconds', 'API calls'],
    ...plans.map(({ name, addresses, seconds, calls }) => [name, integer(addresses), seconds.toFixed(1), integer(calls)]),
  ];
}

export function lookupTable(lookups: readonly LookupCost[]): Table {
  return [
    ['asked for', 'wanted', 'addresses of the VPC', 'API calls', 'seconds', 'state, MB'],
    ...lookups.map(({ way, isChosen, wanted, vpc, calls, seconds, stateBytes }) =>
      [isChosen ? `${way} (unless it is said)` : way, integer(wanted), integer(vpc), integer(calls), seconds.toFixed(1), (stateBytes / 1e6).toFixed(2)]),
  ];
}

export function setTable(sets: readonly SetCost[]): Table {
  return [
    ['terraform plan', 'addresses', 'a set, seconds', 'single constructs, seconds', 'ratio'],
    ...sets.map(({ egressOnly, addresses, set, single }) =>
      [egressOnly ? 'with egress-only rules' : 'without', integer(addresses), set.toFixed(1), single.toFixed(1), ratio(set / single)]),
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
    ...(typeof figures.plans === 'string' ? [] : [
      ['API calls of a plan, most against fewest addresses', 1, callGrowth(figures.plans)] as [string, number, number],
      ['plan of 2,000 addresses, a trigger for each against one for the stack', 1.4, triggerCost(figures.plans)] as [string, number, number],
    ]),
    ...exposureTargets(figures.exposure),
    ...lookupTargets(figures.lookups),
    ...(typeof figures.sets === 'string' ? [] : [
      ['plan of a set against as many single constructs, the most of any size', 1, Math.max(...figures.sets.map(({ set, single }) => set / single))] as Target,
    ]),
  ];
  return [
    ['target', 'at most', 'measured', ''],
    ...rows.flatMap(([what, limit, reached]) => reached === undefined ? [] : [[what, `× ${limit.toFixed(2)}`, `× ${reached.toFixed(2)}`, reached <= limit ? 'reached' : 'missed']]),
  ];
}

/** What a trigger for each bandwidth costs the largest plan. */
function triggerCost(plans: readonly PlanCost[]): number {
  const [library, shared] = ['the library', 'the same with'].map((name) =>
    plans.filter((plan) => plan.name.startsWith(name)).sort((a, b) => b.addresses - a.addresses)[0].seconds);
  return library / shared;
}

function callGrowth(plans: readonly PlanCost[]): number {
  const shared = plans.filter(({ name }) => name.startsWith('the library')).sort((a, b) => a.addresses - b.addresses);
  return shared[shared.length - 1].calls / shared[0].calls;
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

/** docs/performance.md: every figure in it is one that the run has just printed. */
export function performanceDoc(figures: Figures): string {
  const { machine, claims, exposure, lookups, plans, profiles, sets, sizes } = figures;
  const missed = targetTable(figures).slice(1).filter((row) => row[3] === 'missed');
  return `<!-- Written by npm run bench: what is changed here is lost with the next run. The words are in bench/report.ts. -->
# Performance

Each figure on this page was printed by ${COMMAND}, on one machine: ${machine}. Yours will differ; the ratios should not, much.

${toMarkdown(targetTable(figures))}

${missed.length === 0 ? 'Every target is reached.' : `Missed: ${missed.map(([what, limit, measured]) => `${what} is ${measured}, not ${limit}`).join('; ')}. The profile below shows why.`}

## Against the same Terraform written by hand

One stack with Internet bandwidth for 100, 1,000 and 10,000 addresses of one VPC, written with this library's constructs and
by hand with the provider's bindings (\`bench/apps.ts\`). The benchmark first makes sure that both synthesize the same
Terraform, guards and triggers included, and differ in nothing but cdktf's own metadata. So what is compared is the
constructs, not what they are for: code that leaves the guards out is shorter, cheaper, and meets the API's refusals at apply.

![Processor time and peak memory against the number of addresses, both axes logarithmic](performance.svg)

${toMarkdown(costTable(figures))}

How to read it:

- Each measurement is a process of its own, by hand and with the library in turn. Times are the fastest of the runs, because
  what else a machine does can only add to them; memory is the median of the runs.
- *construct* is the making of the objects, *synth* is \`app.synth()\` (the writing of the JSON included), both by the clock.
  *processor* is the processor time of the two, of all threads: the figure to trust where the machine is shared. The ratios
  by the clock then move by a tenth and more from run to run.
- In a small app the code that is loaded and compiled counts, and the library has more; the ratio falls as the app grows.
- *memory* is the peak of the whole process; Node.js with cdktf is a good part of it at ${integer(sizes[0].count)} addresses.
- A line of slope 1 in the plot is cost in proportion to the number of addresses.

The uniqueness check (one bandwidth an address, in the whole app) took ${claims.milliseconds.toFixed(1)} ms at ${integer(claims.count)} addresses:
${percent(claims.share)} of the run.

## Loading

${toMarkdown(loadTable(figures))}

Medians of ${figures.load.runs} processes each. Each export of the library loads its module when it is first read: what an app does not use, such as
the exposure report, is not loaded at all. So \`require\` alone means little; the third line is the time of an app.

## Terraform's plan, and the API

${typeof plans === 'string' ? `Not measured: ${plans}.` : `The real Terraform and the real provider against a stand-in for the API on loopback, in a region of 2,000 addresses. On loopback an
answer takes no time worth naming, and nothing is throttled: against the real API the calls decide.

${toMarkdown(planTable(plans))}

For more than 20 addresses of a VPC in one stack, the library lists the VPC once, in pages of 50: the calls grow with the addresses
of the VPC, not with the constructs. A data source with an id lists the whole region each time, because the provider sends the API no id.

Each bandwidth has a \`terraform_data\` that keeps the id of its address and replaces it when that changes. One table for the
stack would be cheaper, and wrong: Terraform takes an entry that is added to it for a change, and replaces what exists already
when it is moved, renamed or imported; and an apply with \`-target\` stores the new ids of what it leaves out, whose trigger is
then lost. So a plan has two resources for each address where it had one. Terraform spends most of that time on parsing
their expressions, each a dozen times and more: the library keeps them short, and reads \`self\` in a condition only
where it must, because Terraform goes through all changes of the plan for each such reading.`}

## What is asked for

${typeof lookups === 'string' ? `Not measured: ${lookups}.` : `Bandwidth for some instances of a VPC, by the way in which their addresses are asked for ([lookups.md](lookups.md)): one call for each
instance, or a list of the VPC in pages of 50. The state is what the lookups alone leave there:

${toMarkdown(lookupTable(lookups))}`}

A [set](sets.md) against as many single constructs, both found by their instances:

${typeof sets === 'string' ? `Not measured: ${sets}.` : toMarkdown(setTable(sets))}

## The command on a plan

${typeof exposure === 'string' ? `Not measured: ${exposure}.` : `${toMarkdown(exposureTable(exposure))}

A first plan of ${integer(exposure.resources / 5)} workers of [new-network](../examples/new-network): each has an instance, a security group, bandwidth, an
egress-only rule and the library's record of its address. Every second rule is for another address. Each run is a process of its own:
times are those of the fastest run, and memory is the most of any run. The targets are 3 seconds of the processor and 500 MB at 50,000
resources. Half of the time reads the JSON. Time and memory grow in proportion to the plan.`}

## Profile
${profiles ? `
From a profile of one run of ${integer(profiles.count)} addresses each (\`node --cpu-prof\`, which itself slows both):

${toMarkdown(profileTable(profiles))}

The most costly functions of the library's run, of cdktf and constructs:

${toMarkdown(functionTable(profiles, 'cdktf', 'constructs'))}

and of the library and the bindings:

${toMarkdown(functionTable(profiles, 'the library', 'the bindings'))}
` : ''}
Lessons:

- **cdktf resolves each resource three times**: to find references to other stacks, to write it, and once more as a part of the
  stack. cdktf goes through each value of a resource key by key, its names included (\`resolve\`), and each name of its
  meta-arguments is turned into snake case, undefined ones too. So the library's resources hand over only what is there, and
  their own lifecycle as Terraform reads it.
- **The call stack of each block reference is most of what a construct costs.** The bindings make a reference for every
  \`timeouts\`, given or not, and cdktf records the whole call stack with it (\`captureStackTrace\`): the greater part of the
  construction, by hand as with the library, and much of the memory of a resource. Nothing can keep cdktf from
  recording it; the library lets go of the record at once, because it would only show in an error about the reference itself.
- **The rest is the constructs themselves.** An address and its bandwidth are a construct each, in addition to the resource: a node
  with its maps and sets, three where by hand there is one. They take memory, and every pass of cdktf over the tree meets them.
- **Names are hashed once.** A resource below a construct has a path, and cdktf makes its name from an MD5 of it; what lies
  directly in a stack keeps its id.
- **Checks cost little** once nothing is built for a message that is not needed, each pattern is compiled once, and a table
  for all takes the place of an expression for each.
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
