import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'cdktf';
import { IConstruct } from 'constructs';
import { Acknowledgement } from './exposure/findings';
import { AppSynthesis } from './exposure/program/app-synthesis';
import { ProgramFacts, programFacts } from './exposure/program/program-facts';
import { ReportContent, reportContent, ReportedBandwidth } from './exposure/program/report-content';
import { reportMarkdown } from './exposure/program/report-markdown';
import { Ipv6RamPolicy } from './ipv6-ram-policy';
import { stacksOf } from './terraform/stacks';
import { WrittenStack } from './terraform/written-stack';
import { ConstructError } from './validation/construct-error';
import { ConstructRegistry } from './validation/construct-registry';

/** Verdict on connections from the Internet to an address. */
export enum Ipv6Inbound {
  /** The Internet can open connections to the address. */
  OPEN = 'open',

  /** An egress-only rule denies connections from the Internet: the address is outbound only. */
  CLOSED = 'closed',

  /** An egress-only rule may deny them, and the program does not prove it. The rules treat it as open. */
  UNPROVEN = 'unproven',
}

/** An acknowledged finding. */
export interface Ipv6Acknowledgement {
  /** The path of the construct that the finding names. */
  readonly constructPath: string;

  /**
   * The Terraform address or the id that the finding names as well.
   *
   * @default - none
   */
  readonly block?: string;

  /** The id of the rule. */
  readonly ruleId: string;

  /** Reason of the acknowledgement. */
  readonly reason: string;
}

/** One bandwidth, or the bandwidths of one set, in the exposure report. An unset value is unknown to the program. */
export interface Ipv6ExposureRow {
  /** The path of the bandwidth's construct. If an override or a custom element writes the block, the path of its stack. */
  readonly constructPath: string;

  /**
   * The Terraform address of a block that an override or a custom element writes.
   *
   * @default - a construct writes it
   */
  readonly block?: string;

  /** The path of the stack. */
  readonly stack: string;

  /** The address as the program names it, such as `ipv6-…`, `instance i-…` or `VPC vpc-…`; all ids of a set. */
  readonly address: string;

  /**
   * The number of addresses.
   *
   * @default - unknown
   */
  readonly addresses?: number;

  /**
   * The path of the construct that creates the gateway, or the literal id of the gateway.
   *
   * @default - unknown
   */
  readonly gateway?: string;

  /** Verdict on connections from the Internet to the address. */
  readonly inbound: Ipv6Inbound;

  /**
   * Reason of an open or unproven verdict.
   *
   * @default - inbound is closed
   */
  readonly reason?: string;

  /**
   * Mbit/s of each address.
   *
   * @default - unknown
   */
  readonly bandwidth?: number;

  /**
   * The charge type, as the API names it.
   *
   * @default - unknown
   */
  readonly chargeType?: string;

  /** True for a resource that no construct of this library writes. */
  readonly handWritten: boolean;

  /** The acknowledged findings of the bandwidth, by rule. */
  readonly acknowledgements: Ipv6Acknowledgement[];
}

/** Properties of an `Ipv6ExposureReport`. */
export interface Ipv6ExposureReportProps {
  /**
   * The name of the files, without `.json` and `.md`.
   *
   * @default "ipv6-exposure"
   */
  readonly fileName?: string;

  /**
   * A RAM policy to write next to the report, as `<fileName>.ram-policy.json`.
   *
   * @default - none
   */
  readonly ramPolicy?: Ipv6RamPolicy;
}

/**
 * The addresses of an app, or of a part of it, that have Internet bandwidth: one row for each bandwidth, with totals, a picture and the
 * acknowledgements, before anything is deployed.
 *
 * It is written as JSON for programs and as Markdown for people. It lists modules, whose resources only Terraform knows.
 */
export class Ipv6ExposureReport {
  /**
   * Adds a report to an app, or to a part of it: `app.synth()` writes it into the app's output folder, next to the stacks.
   *
   * A validation of the app writes the report. An app with `skipValidation`, or a synthesis that fails earlier, writes none.
   *
   * Throws if the app has another report of the same file name.
   *
   * @param scope the app, or a part of it
   * @param props the name of the files, and a RAM policy
   */
  public static addTo(scope: IConstruct, props: Ipv6ExposureReportProps = {}): Ipv6ExposureReport {
    const report = new Ipv6ExposureReport(scope, props);
    const names = [report.fileName, ...props.ramPolicy ? [`${report.fileName}.ram-policy`] : []];
    ConstructRegistry.of(scope).registerOnly('exposure report', { own: names[0], conflicting: names.slice(1), further: names.slice(1) }, scope, (other) => ({
      problem: `fileName must differ from that of the report of ${other.node.path || 'the app'}`,
      actual: report.fileName,
      remediation: 'change one of them',
    }));
    AppSynthesis.of(scope).onWritten((facts, stacks) => {
      report.writeFiles(facts, stacks);
      return [];
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

  /** Returns the rows of the scope as it is now, sorted by construct path. */
  public rows(): Ipv6ExposureRow[] {
    return this.content().bandwidths.map(rowOf);
  }

  /**
   * Returns the report as JSON text: the rows, the totals of each gateway and of each kind of inbound, the acknowledgements, and what the
   * synthesis cannot read.
   */
  public toJson(): string {
    return asJson(this.content());
  }

  /** Returns the report as Markdown, with a Mermaid picture. */
  public toMarkdown(): string {
    return reportMarkdown(this.content());
  }

  private writeFiles(facts: ProgramFacts, stacks: readonly WrittenStack[]): void {
    const content = reportContent(facts, this.scope);
    const writeFile = (name: string, text: string) => fs.writeFileSync(path.join(App.of(this.scope).outdir, name), text);
    writeFile(`${this.fileName}.json`, asJson(content));
    writeFile(`${this.fileName}.md`, reportMarkdown(content));
    if (this.ramPolicy) writeFile(`${this.fileName}.ram-policy.json`, this.ramPolicy._toJsonOf(stacks));
  }

  /** Returns the content of the scope as it is now. */
  private content(): ReportContent {
    return reportContent(programFacts(stacksOf(this.scope).map((stack) => WrittenStack.ofConstructs(stack))), this.scope);
  }
}

function rowOf(bandwidth: ReportedBandwidth): Ipv6ExposureRow {
  const { path: constructPath, block, stack, addressText: address, addresses, gateway, inbound, reason, mbps, chargeType, isHandWritten } = bandwidth;
  return {
    constructPath,
    block,
    stack: stack.node.path,
    address,
    addresses,
    gateway,
    inbound: inbound as Ipv6Inbound,
    reason,
    bandwidth: mbps,
    chargeType,
    handWritten: isHandWritten === true,
    acknowledgements: bandwidth.acknowledgements.map(acknowledged),
  };
}

function acknowledged({ path: constructPath, block, ruleId, reason }: Acknowledgement): Ipv6Acknowledgement {
  return { constructPath, block, ruleId, reason };
}

function asJson({ bandwidths, acknowledgements, ...others }: ReportContent): string {
  return `${JSON.stringify({ rows: bandwidths.map(rowOf), ...others, acknowledgements: acknowledgements.map(acknowledged) }, null, 2)}\n`;
}
