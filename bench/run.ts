// Measures the constructs against the same Terraform written by hand. What it prints is docs/performance.md, which it writes
// too, unless --quick asks for a small run, which plans with Terraform only with --plans.
import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { load, outFile, prepare, synthesize } from './children';
import { exposureCost, missingCommand } from './exposure';
import { lookupCosts, LookupSizes } from './lookups';
import type { Synthesis } from './measure';
import { BINARY, callsOfLookupEach, missing, planCosts, PlanSizes } from './plan';
import { profile } from './profile';
import {
  Cost, costTable, designDoc, exposureTable, Figures, functionTable, loadTable, lookupTable, performanceDoc, planTable, plot, profileTable,
  Size, synthesisDoc, targetTable, toText,
} from './report';

const ROOT = path.join(__dirname, '..');
const quick = process.argv.includes('--quick');
const LARGE = quick ? 100 : 10_000;
const LOOKUPS: LookupSizes = quick
  ? { vpcs: [100], wanted: [3] }
  : { vpcs: [100, 2_000, 20_000], wanted: [3, 500] };
const PLANS: PlanSizes = quick
  ? { single: [30], sets: [[30, 1]] }
  : { single: [200, 1_000, 2_000], sets: [[30, 1], [200, 1], [2_000, 16]] };

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  prepare();
  checkSame(3);
  if (!quick) checkSame(1_000);
  console.log('by hand and with the library: the same Terraform\n');

  // Where the provider is not installed, Terraform would look for it in its registry: a quick run asks only if it is told to.
  const withoutTerraform = quick && !process.argv.includes('--plans') ? 'a quick run' : missing();
  const figures: Figures = {
    machine: machine(withoutTerraform === undefined),
    sizes: quick ? [measure(10, 1), measure(100, 1)] : [measure(100, 11), measure(1_000, 11), measure(10_000, 9)],
    load: measureLoad(quick ? 1 : 41),
    claims: measureClaims(LARGE),
    exposure: missingCommand() ?? exposureCost(LARGE, quick ? 1 : 11),
    rules: measureRules(LARGE, quick ? 1 : 5),
    plans: withoutTerraform ?? await planCosts(PLANS, note),
    callsOfLookupEach: withoutTerraform === undefined && !quick ? await callsOfLookupEach(200) : undefined,
    lookups: withoutTerraform ?? await lookupCosts(LOOKUPS, note),
    profiles: quick ? undefined : { count: LARGE, l1: profile('l1', LARGE), l2: profile('l2', LARGE) },
  };

  console.log(`on ${figures.machine}\n`);
  const { plans, profiles, claims, exposure, lookups } = figures;
  for (const table of [
    costTable(figures),
    loadTable(figures),
    ...(typeof exposure === 'string' ? [] : [exposureTable(exposure)]),
    ...(typeof plans === 'string' ? [] : [planTable(plans)]),
    ...(typeof lookups === 'string' ? [] : [lookupTable(lookups)]),
    ...(profiles ? [profileTable(profiles), functionTable(profiles, 'cdktf', 'constructs'), functionTable(profiles, 'the library', 'the bindings')] : []),
    targetTable(figures),
  ]) {
    console.log(`${toText(table)}\n`);
  }
  if (typeof exposure === 'string') console.log(`alicloud-ipv6 exposure: not measured: ${exposure}`);
  if (typeof lookups === 'string') console.log(`lookups: not measured: ${lookups}`);
  if (typeof plans === 'string') console.log(`terraform plan: not measured: ${plans}`);
  console.log(`the uniqueness check: ${claims.milliseconds.toFixed(1)} ms at ${claims.count} addresses, ${(claims.share * 100).toFixed(1)} % of the run`);

  if (quick) return;
  fs.mkdirSync(path.join(ROOT, 'docs', 'design'), { recursive: true });
  const files = { 'performance.md': performanceDoc(figures), 'design/performance.md': designDoc(figures), 'design/synthesis.md': synthesisDoc(figures), 'performance.svg': plot(figures) };
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(ROOT, 'docs', name), text);
  console.log(`\nwritten: ${Object.keys(files).map((name) => `docs/${name}`).join(', ')}`);
}

/** What is compared must be the same, or the ratios say nothing. */
function checkSame(count: number): void {
  const [byHand, library] = (['l1', 'l2'] as const).map((writing) => {
    const file = outFile(`${writing}.tf.json`);
    synthesize(writing, count, `--keep=${file}`);
    return withoutMetadata(JSON.parse(fs.readFileSync(file, 'utf8')));
  });
  assert.deepEqual(byHand, library, 'bench/apps.ts no longer writes by hand what the library synthesizes');
}

function withoutMetadata(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutMetadata);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).filter(([name]) => name !== '//').map(([name, value]) => [name, withoutMetadata(value)]));
}

/** In turn, so that what else the machine does meets both. */
function measure(count: number, runs: number): Size {
  note(`${count} addresses, ${runs} runs`);
  const results: Record<'l1' | 'l2', Synthesis[]> = { l1: [], l2: [] };
  for (let run = 0; run < runs; run++) {
    for (const writing of ['l1', 'l2'] as const) results[writing].push(synthesize(writing, count));
  }
  return { count, runs, l1: summary(results.l1), l2: summary(results.l2) };
}

function summary(results: Synthesis[]): Cost {
  const fastest = (figure: (result: Synthesis) => number) => Math.min(...results.map(figure));
  return {
    construct: fastest(({ construct }) => construct),
    synth: fastest(({ synth }) => synth),
    together: fastest(({ construct, synth }) => construct + synth),
    cpu: fastest(({ cpu }) => cpu),
    memory: median(results.map(({ memory }) => memory)),
    bytes: results[0].bytes,
  };
}

/** What an app loads that uses the library, against one that has cdktf alone. */
function measureLoad(runs: number): Figures['load'] {
  note(`loading, ${runs} runs`);
  const library = 'const library = require("cdktf-alicloud-ipv6")';
  const ways: [what: string, expressions: string[]][] = [
    ['cdktf alone', []],
    ['and the library', [library]],
    ['and what the README\'s first app reads of it', [library, ...['Ipv6Address', 'Ipv6InternetBandwidth', 'providerAlicloud.provider.AlicloudProvider'].map(reading)]],
    ['and all of it', [library, 'const all = (value) => Object.values(value).forEach((each) => typeof each === "object" && all(each))', 'all(library)']],
  ];
  const times = ways.map((): number[] => []);
  for (let run = 0; run < runs; run++) {
    ways.forEach(([, expressions], i) => times[i].push(load('require("cdktf")', ...expressions)));
  }
  return {
    runs,
    ways: ways.map(([what], i) => ({ what, milliseconds: median(times[i]), ratio: median(times[i].map((time, pair) => time / times[0][pair])) })),
  };
}

function reading(name: string): string {
  return `library.${name}`;
}

/** Processor time with rules of exposure against the same without them, in turn. */
function measureRules(count: number, runs: number): Figures['rules'] {
  note(`rules at ${count} addresses, ${runs} runs`);
  const times = Array.from({ length: runs }, () => (['l2', 'rules'] as const).map((writing) => synthesize(writing, count).cpu));
  const [without, withRules] = [0, 1].map((way) => Math.min(...times.map((pair) => pair[way])));
  return { count, ratio: withRules / without };
}

function measureClaims(count: number): Figures['claims'] {
  const { claims, construct, synth } = synthesize('l2', count, '--claims');
  return { count, milliseconds: claims!, share: claims! / (construct + synth) };
}

function machine(withTerraform: boolean): string {
  const [cpu, ...others] = os.cpus();
  const terraform = withTerraform ? `, ${execFileSync(BINARY, ['version'], { encoding: 'utf8' }).split('\n')[0]}` : '';
  return `${others.length + 1} × ${cpu.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.release().split('-')[0]}, Node.js ${process.version}${terraform}`;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function note(line: string): void {
  process.stderr.write(`${line} …\n`);
}
