import * as path from 'node:path';
import { AnnotationMetadataEntryType, Annotations, App } from 'cdktf';
import { IConstruct } from 'constructs';
import { Acknowledgement } from './acknowledgements';
import { Finding } from './findings';
import { stackOf, stacksOf } from '../terraform/stacks';

/** What the synthesis says, and about which construct. */
interface Problem {
  readonly construct: IConstruct;
  readonly message: string;
}

/** What a finding says in one sentence; of one that stands for others with the same cause, how many. */
export function messageOf({ ruleId, path: where, block, actual, limit, remediation }: Finding, others = 0): string {
  const reason = block ? `{ reason, block: '${block}' }` : '{ reason }';
  return `${ruleId}: ${where}${others > 0 ? ` and ${others} more` : ''}: ${actual}, allowed is ${limit}: ${remediation}, or acknowledge it with Ipv6ExposureRules.acknowledge(construct, '${ruleId}', ${reason})`;
}

/** What the rules have to say at a synthesis, each of it once, and findings with the same cause as one. */
export class Problems {
  private readonly findings = new Map<string, Map<string, Finding>>();
  private readonly stale = new Map<string, Problem>();

  add(finding: Finding): void {
    const key = finding.cause === undefined ? messageOf(finding) : `${finding.ruleId} ${finding.limit} ${finding.cause}`;
    let same = this.findings.get(key);
    if (!same) this.findings.set(key, same = new Map());
    same.set(finding.path, finding);
  }

  addStale({ construct, ruleId, block }: Acknowledgement): void {
    const where = `${construct.node.path || 'app'}${block ? ` (${block})` : ''}`;
    const message = `${ruleId}: ${where}: acknowledged, but no finding of the rule names this construct: remove the acknowledgement, or acknowledge the construct that the finding names`;
    this.stale.set(message, { construct, message });
  }

  private get problems(): Problem[] {
    const found = [...this.findings.values()].map((findings) => {
      const [first] = findings.values();
      return { construct: first.construct, message: messageOf(first, findings.size - 1) };
    });
    return [...found, ...this.stale.values()];
  }

  /** Warns at the constructs; of an app that is being synthesized, in its manifest too, for which cdktf collected the warnings before. */
  warn(app?: App): void {
    for (const { construct, message } of this.problems) {
      const place = inStack(construct);
      if (place.node.metadata.some(({ data }) => data === message)) continue; // an app may be synthesized twice
      Annotations.of(place).addWarning(message);
      if (app) annotate(app, place, AnnotationMetadataEntryType.WARN, message);
    }
  }

  /** Stops the synthesis; of an app that the command line synthesizes, by errors that the command line prints before it stops. */
  stop(app?: App): void {
    const { problems } = this;
    if (problems.length === 0) return;
    if (!app || !isRunByCommandLine(app)) throw new ExposureError(problems.map(({ message }) => message));
    for (const { construct, message } of problems) annotate(app, inStack(construct), AnnotationMetadataEntryType.ERROR, message);
  }
}

/**
 * Whether cdktf's command line runs the app. It goes on after error annotations, reads them from the manifest in `CDKTF_OUTDIR`, prints
 * each once, and fails: in `cdktf synth`, `diff` and `deploy`, with `--skip-synth` too. An error that is thrown it would print twice,
 * with its stack trace.
 *
 * `CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS` alone does not say so: cdktf's own message advises it to whoever wants errors ignored.
 */
function isRunByCommandLine({ outdir }: App): boolean {
  const { CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: goesOn, CDKTF_OUTDIR: reads, CDKTF_CONTEXT_JSON: context = '' } = process.env;
  return goesOn === 'true' && reads !== undefined && path.resolve(reads) === path.resolve(outdir) && context.includes('"cdktfRelativeModules"');
}

function annotate(app: App, construct: IConstruct, level: AnnotationMetadataEntryType, message: string): void {
  app.manifest.forStack(stackOf(construct)!).annotations.push({ constructPath: construct.node.path, level, message });
}

/** The construct, or the first stack in it: warnings and errors belong to stacks. */
function inStack(construct: IConstruct): IConstruct {
  return stackOf(construct) ? construct : stacksOf(construct)[0];
}

/** What stops a synthesis. It has no stack trace: the messages name the constructs. */
class ExposureError extends Error {
  constructor(messages: string[]) {
    super(messages.join('\n'));
    this.name = 'Ipv6ExposureRules';
    this.stack = `${this.name}: ${this.message}`;
  }
}
