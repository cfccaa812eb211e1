import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { acknowledgementsIn, acknowledgementsOf } from './exposure/acknowledgements';
import { ExposedBandwidth, ExposedEgressRule, Exposure, exposureOf, partOf } from './exposure/exposure';
import { exposureMarkdown } from './exposure/exposure-markdown';
import { Ipv6RamPolicy } from './ipv6-ram-policy';
import { WrittenApp } from './terraform/written-stack';
import { ConstructError } from './validation/construct-error';
import { ConstructRegistry } from './validation/construct-registry';

/**
 * Which way connections can be opened between an address and the Internet.
 */
export enum Ipv6ExposureDirection {
  /**
   * From the address, and from the Internet to it.
   */
  INBOUND_AND_OUTBOUND = 'inbound and outbound',

  /**
   * From the address only: an egress-only rule in the same stack denies the other way.
   */
  OUTBOUND_ONLY = 'outbound only',
}

/**
 * How an address is found.
 */
export enum Ipv6AddressFoundBy {
  /**
   * The app creates it.
   */
  OWNED = 'owned',

  /**
   * It is looked up by its id.
   */
  ID = 'id',

  /**
   * It is looked up by the ECS instance that it is assigned to.
   */
  INSTANCE = 'instance',

  /**
   * It is looked up by the network interface that it is assigned to.
   */
  INTERFACE = 'interface',

  /**
   * Its id is taken as given, and nothing is looked up.
   */
  AS_GIVEN = 'as given',

  /**
   * A set, looked up by the ids of the addresses.
   */
  IDS = 'ids',

  /**
   * A set, looked up by the ECS instances that they are assigned to.
   */
  INSTANCES = 'instances',

  /**
   * A set, looked up by the network interfaces that they are assigned to.
   */
  INTERFACES = 'interfaces',

  /**
   * A set: all of a vSwitch that belong to an instance.
   */
  VSWITCH = 'vSwitch',

  /**
   * A set: all of a VPC that belong to an instance.
   */
  VPC = 'VPC',
}

/**
 * An acknowledged finding.
 */
export interface Ipv6Acknowledgement {
  /**
   * The path of the construct that the finding names.
   */
  readonly constructPath: string;

  /**
   * The id of the rule.
   */
  readonly ruleId: string;

  /**
   * Why it may stay.
   */
  readonly reason: string;
}

/**
 * One bandwidth, or the bandwidths of one set, in the exposure report. Tokens are shown as the expressions that they are.
 */
export interface Ipv6ExposureRow {
  /**
   * The path of the bandwidth's construct.
   */
  readonly constructPath: string;

  /**
   * The path of its stack.
   */
  readonly stack: string;

  /**
   * How its address is found.
   */
  readonly foundBy: Ipv6AddressFoundBy;

  /**
   * What the address is found by: its id, or the id of the instance or interface. Of a set, all ids that the program gives, or the id
   * of the vSwitch or VPC.
   */
  readonly address: string;

  /**
   * The gateway, by one name wherever the app uses it: the path of its construct if the app creates it, else its id or its VPC.
   */
  readonly gateway: string;

  /**
   * The id of the gateway, as Terraform gets it.
   */
  readonly gatewayId: string;

  /**
   * Which way connections can be opened.
   */
  readonly direction: Ipv6ExposureDirection;

  /**
   * Why inbound is open: the stack has no egress-only rule, or none that closes this address for certain.
   *
   * @default - outbound only
   */
  readonly openBecause?: string;

  /**
   * Mbit/s of the address.
   */
  readonly bandwidth: string;

  /**
   * Mbit/s of the address, as a number.
   *
   * @default - only Terraform knows it
   */
  readonly mbps?: number;

  /**
   * How many addresses it is for: `1`, unless it is a set, or a hand-written resource with `count` or `for_each`.
   */
  readonly addresses: string;

  /**
   * How it is paid for.
   */
  readonly chargeType: string;

  /**
   * Whether existing bandwidth is taken over.
   */
  readonly adopted: boolean;

  /**
   * Whether it is a resource that is not one of this library's constructs.
   */
  readonly handWritten: boolean;

  /**
   * The acknowledged findings that name it, by rule.
   */
  readonly acknowledgements: Ipv6Acknowledgement[];
}

/**
 * A sum in the exposure report.
 */
export interface Ipv6ExposureTotal {
  /**
   * What it is the sum of: a gateway, or a direction.
   */
  readonly name: string;

  /**
   * The number of bandwidths.
   */
  readonly bandwidths: number;

  /**
   * How many of them the Internet can open connections to.
   */
  readonly inbound: number;

  /**
   * Mbit/s of all whose Mbit/s are known.
   */
  readonly mbps: number;

  /**
   * The number of bandwidths whose Mbit/s only Terraform knows.
   */
  readonly unknown: number;
}

/**
 * A resource that this library knows of, but did not make.
 */
export interface Ipv6HandWrittenResource {
  /**
   * The path of its construct.
   */
  readonly constructPath: string;

  /**
   * The path of its stack.
   */
  readonly stack: string;

  /**
   * Its type: `alicloud_vpc_ipv6_internet_bandwidth` or `alicloud_vpc_ipv6_egress_rule`.
   */
  readonly resourceType: string;

  /**
   * The id of its address.
   */
  readonly address: string;
}

/**
 * Properties of an `Ipv6ExposureReport`.
 */
export interface Ipv6ExposureReportProps {
  /**
   * The name of the files, without `.json` and `.md`.
   *
   * @default "ipv6-exposure"
   */
  readonly fileName?: string;

  /**
   * A RAM policy to write beside the report: as `ipv6-exposure.ram-policy.json`, unless `fileName` says otherwise.
   *
   * @default - none
   */
  readonly ramPolicy?: Ipv6RamPolicy;
}

/**
 * Says which addresses of an app, or of a part of it, can reach the Internet or be reached from it, before anything is
 * deployed: one row for each bandwidth, with totals, a picture, and what was acknowledged.
 *
 * It is written as JSON for programs and as Markdown for people. What modules hold, Terraform alone knows: they are listed.
 */
export class Ipv6ExposureReport {
  /**
   * Adds a report to an app, or to a part of it: `app.synth()` writes it into the app's output folder, beside the stacks, when
   * all of them are synthesized.
   *
   * It is written by one of the app's validations: where they are skipped, and where an error stops the synthesis, nothing is
   * written; `write()` does it then.
   *
   * Throws where the app has another report of the same file name.
   *
   * @param scope the app, or a part of it
   * @param props the name of the files, and a RAM policy
   */
  public static addTo(scope: IConstruct, props: Ipv6ExposureReportProps = {}): Ipv6ExposureReport {
    const report = new Ipv6ExposureReport(scope, props);
    const names = [report.fileName, ...props.ramPolicy ? [`${report.fileName}.ram-policy`] : []];
    ConstructRegistry.of(scope).registerOnly('exposure report', { own: names[0], conflicting: names.slice(1), further: names.slice(1) }, scope, (other) => ({
      problem: `the report of ${other.node.path || 'the app'} writes a file of the same name`,
      actual: report.fileName,
      remediation: 'give one of them another fileName',
    }));
    scope.node.root.node.addValidation({
      validate: () => {
        report.writeFiles(WrittenApp.ofFiles(App.of(scope)));
        return [];
      },
    });
    return report;
  }

  private readonly fileName: string;
  private readonly ramPolicy?: Ipv6RamPolicy;

  private constructor(private readonly scope: IConstruct, props: Ipv6ExposureReportProps) {
    this.fileName = props.fileName ?? 'ipv6-exposure';
    this.ramPolicy = props.ramPolicy;
    if (!/^[\w.-]+$/.test(this.fileName)) {
      throw new ConstructError(scope, {
        problem: 'fileName of the exposure report must be the name of a file', actual: this.fileName, remediation: 'use letters, digits, ".", "_" and "-"',
      });
    }
  }

  /**
   * The rows, sorted by construct path, as the scope is now.
   */
  public rows(): Ipv6ExposureRow[] {
    return rowsOf(this.exposure());
  }

  /**
   * The sums for each gateway, sorted by name.
   */
  public totalsByGateway(): Ipv6ExposureTotal[] {
    return totals(this.rows(), ({ gateway }) => gateway);
  }

  /**
   * The sums for each direction, sorted by name.
   */
  public totalsByDirection(): Ipv6ExposureTotal[] {
    return totals(this.rows(), ({ direction }) => direction);
  }

  /**
   * The bandwidths and egress-only rules that are not this library's, sorted by construct path.
   */
  public handWritten(): Ipv6HandWrittenResource[] {
    return handWrittenOf(this.exposure());
  }

  /**
   * The report as JSON text.
   */
  public toJson(): string {
    return `${JSON.stringify(this.content(), null, 2)}\n`;
  }

  /**
   * The report as Markdown, with a Mermaid picture.
   */
  public toMarkdown(): string {
    return exposureMarkdown(this.content());
  }

  /**
   * Writes the files into the app's output folder.
   */
  public write(): void {
    this.writeFiles(this.constructs());
  }

  /** What the stacks of the app would write now. */
  private constructs(): WrittenApp {
    return WrittenApp.ofConstructs(this.scope.node.root);
  }

  private exposure(app = this.constructs()): Exposure {
    return partOf(exposureOf(app), this.scope);
  }

  private writeFiles(app: WrittenApp): void {
    const { outdir } = App.of(this.scope);
    const content = this.content(this.exposure(app));
    const writeFile = (name: string, text: string) => fs.writeFileSync(path.join(outdir, name), text);
    writeFile(`${this.fileName}.json`, `${JSON.stringify(content, null, 2)}\n`);
    writeFile(`${this.fileName}.md`, exposureMarkdown(content));
    if (this.ramPolicy) writeFile(`${this.fileName}.ram-policy.json`, this.ramPolicy._toJsonOf(app));
  }

  private content(exposure = this.exposure()) {
    const rows = rowsOf(exposure);
    return {
      rows,
      totalsByGateway: totals(rows, ({ gateway }) => gateway),
      totalsByDirection: totals(rows, ({ direction }) => direction),
      handWritten: handWrittenOf(exposure),
      acknowledgements: this.acknowledgements(),
      modules: exposure.modules.map((module) => module.path).sort(),
    };
  }

  private acknowledgements(): Ipv6Acknowledgement[] {
    return sorted(acknowledgementsIn(this.scope).map(({ construct, ruleId, reason, block }) =>
      ({ constructPath: block ? `${construct.node.path} (${block})` : construct.node.path, ruleId, reason })));
  }
}

function rowsOf({ bandwidths }: Exposure): Ipv6ExposureRow[] {
  if (bandwidths.length === 0) return [];
  const stacks = pathsOf(bandwidths);
  return sorted(bandwidths.map((bandwidth): Ipv6ExposureRow => ({
    constructPath: bandwidth.path,
    stack: stacks.get(bandwidth.stack)!,
    foundBy: bandwidth.foundBy as Ipv6AddressFoundBy,
    address: bandwidth.address,
    gateway: bandwidth.gateway?.label ?? 'known to Terraform only',
    gatewayId: bandwidth.gatewayId,
    direction: bandwidth.openBecause === undefined ? Ipv6ExposureDirection.OUTBOUND_ONLY : Ipv6ExposureDirection.INBOUND_AND_OUTBOUND,
    openBecause: bandwidth.openBecause,
    bandwidth: bandwidth.mbps.text,
    mbps: bandwidth.mbps.value,
    addresses: String(bandwidth.addresses.value ?? bandwidth.addresses.text),
    chargeType: bandwidth.chargeType.text,
    adopted: bandwidth.adopted,
    handWritten: bandwidth.handWritten,
    acknowledgements: sorted(acknowledgementsOf(bandwidth.construct).filter(({ block }) => block === bandwidth.block).map(({ ruleId, reason }) =>
      ({ constructPath: bandwidth.path, ruleId, reason }))),
  })));
}

function handWrittenOf({ bandwidths, egressRules }: Exposure): Ipv6HandWrittenResource[] {
  const of = (resourceType: string, exposed: (ExposedBandwidth | ExposedEgressRule)[]) => exposed
    .filter(({ handWritten }) => handWritten)
    .map(({ path: constructPath, stack, address }) => ({ constructPath, stack: stack.node.path, resourceType, address }));
  return sorted([...of('alicloud_vpc_ipv6_internet_bandwidth', bandwidths), ...of('alicloud_vpc_ipv6_egress_rule', egressRules)]);
}

/** The paths of the stacks: made once for each, because cdktf makes a path anew each time. */
function pathsOf(bandwidths: ExposedBandwidth[]): Map<TerraformStack, string> {
  return new Map([...new Set(bandwidths.map(({ stack }) => stack))].map((stack) => [stack, stack.node.path]));
}

function totals(rows: Ipv6ExposureRow[], by: (row: Ipv6ExposureRow) => string): Ipv6ExposureTotal[] {
  const sums = new Map<string, { -readonly [K in keyof Ipv6ExposureTotal]: Ipv6ExposureTotal[K] }>();
  for (const row of rows) {
    const name = by(row);
    let sum = sums.get(name);
    if (!sum) sums.set(name, sum = { name, bandwidths: 0, inbound: 0, mbps: 0, unknown: 0 });
    sum.bandwidths++;
    if (row.direction === Ipv6ExposureDirection.INBOUND_AND_OUTBOUND) sum.inbound++;
    const mbps = (row.mbps ?? NaN) * Number(row.addresses);
    if (Number.isFinite(mbps)) sum.mbps += mbps;
    else sum.unknown++;
  }
  return [...sums.values()].sort((one, other) => compare(one.name, other.name));
}

/** By path, and by rule where there is one: the same order on every machine. */
function sorted<T extends { readonly constructPath: string; readonly ruleId?: string }>(items: T[]): T[] {
  return items.sort((one, other) => compare(one.constructPath, other.constructPath) || compare(one.ruleId ?? '', other.ruleId ?? ''));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
