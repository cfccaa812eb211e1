import { Exposure, ExposureRow } from './exposure';
import { SourceLocation } from './source-location';
import { ExposureFacts, isIn, Place } from '../../src/exposure/facts';
import { Acknowledgement, AppliedRule, Finding, judge } from '../../src/exposure/findings';

/** The result for one plan or state. */
export interface ExposureResult {
  /** The file or folder, as it was given. */
  readonly name: string;
  /** The absolute path of the file or folder; undefined for standard input. */
  readonly file: string | undefined;
  readonly kind: 'plan' | 'state' | 'account';
  readonly rows: readonly ExposureRow[];
  readonly findings: readonly Finding[];
  /** Services with public IPv6 that are not judged. */
  readonly services: readonly string[];
  /** True if the plan leaves something out. */
  readonly isIncomplete: boolean;
  /** The line of the configuration that a Terraform address comes from. */
  lineOf(address: string): SourceLocation | undefined;
}

/** The results for all plans and states of a run. */
export interface ExposureReport {
  readonly results: readonly ExposureResult[];
  /** Findings about a gateway that several of the plans and states use. */
  readonly findings: readonly Finding[];
  /** The acknowledgements that match no finding. */
  readonly stale: readonly Acknowledgement[];
}

/** One plan or state before the rules are checked. */
export type Unjudged = Omit<ExposureResult, 'findings' | 'rows' | 'services'> & {
  readonly exposure: Exposure;
  readonly rules: readonly AppliedRule[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** The path of the stack's construct; undefined where paths are Terraform addresses. */
  readonly stackPath: string | undefined;
};

/** Checks several plans and states together: a gateway's total is that of all of them. */
export function report(inputs: readonly Unjudged[]): ExposureReport {
  const facts = inputs.map(({ exposure }) => exposure.facts);
  const { findings, stale } = judge(
    {
      bandwidths: facts.flatMap(({ bandwidths }) => bandwidths),
      egressOnlyRules: facts.flatMap(({ egressOnlyRules }) => egressOnlyRules),
      gateways: facts.flatMap(({ gateways }) => gateways),
      opaque: facts.flatMap(({ opaque }) => opaque),
    },
    // Each stack of a rules file repeats the rules of the app.
    distinct(inputs.flatMap(({ rules }) => rules), ({ rule: { id }, ...settings }) => [id, settings]),
    distinct(inputs.flatMap(({ acknowledgements }) => acknowledgements), ({ ruleId, path, block, reason }) => [ruleId, path, block, reason]),
  );
  const blocks = new Map(facts.flatMap((of, i) => [...of.bandwidths, ...of.opaque, ...of.gateways].map((place): [Place, number] => [place, i])));
  const owners = findings.map(({ place }) => blocks.get(place) ?? onlyUserOf(place, facts));
  return {
    results: inputs.map(({ name, file, kind, isIncomplete, exposure, lineOf }, i) => ({
      name,
      file,
      kind,
      isIncomplete,
      lineOf,
      rows: exposure.rows,
      findings: findings.filter((_, j) => owners[j] === i),
      services: exposure.facts.opaque.flatMap((opaque) => opaque.kind === 'service' ? [opaque.subject] : []),
    })),
    findings: findings.filter((_, j) => owners[j] === undefined),
    // An acknowledgement of several stacks may be for a stack that is not in the input.
    stale: stale.filter(({ path }) => inputs.some(({ stackPath }) => isIn(path, stackPath ?? ''))),
  };
}

/** Returns true if the rules forbid something. */
export function isForbidden({ results, findings }: ExposureReport): boolean {
  return [...findings, ...results.flatMap((result) => result.findings)].some(({ severity, acknowledgement }) => severity === 'error' && !acknowledgement);
}

/** The plan or state that uses a gateway, if it is the only one; a gateway whose id is unknown may be any. */
function onlyUserOf({ subject }: Place, facts: readonly ExposureFacts[]): number | undefined {
  const users = facts.flatMap((of, i) =>
    [...of.bandwidths, ...of.egressOnlyRules].some(({ gateway }) => gateway === undefined || gateway === subject) ? [i] : []);
  return users.length === 1 ? users[0] : undefined;
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => unknown): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(keyOf(item)), item])).values()];
}
