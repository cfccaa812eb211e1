import { AnnotationMetadataEntryType, Annotations, App, IStackSynthesizer, ISynthesisSession, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { Acknowledgement, acknowledgementsIn, findAcknowledgement } from './acknowledgements';
import { Exposure, exposureOf, partOf } from './exposure';
import { ExposurePolicy, writeRulesFile } from './exposure-rules-file';
import { appliedRules, Finding, findingsIn } from './findings';
import { stackOf, stacksOf } from '../terraform/stacks';
import { WrittenApp, WrittenStack } from '../terraform/written-stack';
import { ConstructError } from '../validation/construct-error';
import { ConstructRegistry } from '../validation/construct-registry';

const POLICIES = Symbol.for('cdktf-alicloud-ipv6.ExposurePolicies');

/**
 * The policies of an app, and when they are checked.
 *
 * `app.synth()` checks all of them in a validation of the app, which runs when all stacks are written: so aspects of one stack
 * that change another are seen, and the error lists the findings of all stacks. `Testing.synth(stack, true)` and
 * `Testing.fullSynth(stack)` run no validation of the app: then a validation of the stack checks what the policies say about
 * that stack.
 *
 * The root of the construct tree carries them under a symbol, as cdktf's own `Aspects` are carried.
 */
export class ExposurePolicies {
  static of(construct: IConstruct): ExposurePolicies {
    const root = construct.node.root as IConstruct & { [POLICIES]?: ExposurePolicies };
    return root[POLICIES] ??= new ExposurePolicies(root);
  }

  private readonly policies: ExposurePolicy[] = [];
  private readonly synthesizers = new Map<TerraformStack, CheckedSynthesizer>();

  private constructor(private readonly root: IConstruct) {
    root.node.addValidation({ validate: () => this.checkApp() });
    // A stack that is made after the rules is known by the first of this library's constructs in it.
    ConstructRegistry.of(root).observe((construct) => {
      const stack = stackOf(construct);
      if (stack && this.policies.some(({ scope }) => stack.node.scopes.includes(scope))) this.watch(stack);
    });
  }

  add(policy: ExposurePolicy): void {
    if (App.isApp(this.root) && this.root.skipValidation) {
      throw new ConstructError(policy.scope, {
        problem: 'the app skips its validations, and would skip Ipv6ExposureRules with them: skipValidation cannot be set',
        actual: true,
        remediation: 'leave skipValidation out of the App',
      });
    }
    this.policies.push(policy);
    for (const stack of stacksOf(policy.scope)) this.watch(stack);
  }

  private watch(stack: TerraformStack): void {
    if (this.synthesizers.has(stack)) return;
    const synthesizer = new CheckedSynthesizer(stack.synthesizer, this.root);
    this.synthesizers.set(stack, synthesizer);
    stack.synthesizer = synthesizer;
    stack.node.addValidation({ validate: () => synthesizer.isInApp ? [] : this.checkStack(stack) });
  }

  private checkApp(): string[] {
    const exposure = exposureOf(App.isApp(this.root) ? WrittenApp.ofFiles(this.root) : WrittenApp.ofConstructs(this.root));
    if (App.isApp(this.root)) writeRulesFile(this.root, this.policies, exposure);
    const findings = this.findings(exposure);
    const acknowledged = new Set(findings.map(({ finding }) => key(finding)));
    const stale = this.policies.flatMap(({ scope, limits }) => {
      const applied = new Set(appliedRules(limits).map(({ rule }) => rule.id));
      return acknowledgementsIn(scope).filter((acknowledgement) => applied.has(acknowledgement.ruleId) && !acknowledged.has(key(acknowledgement)));
    });
    return this.report(findings, stale, (finding) => this.warnInManifest(finding));
  }

  /** What the policies find in one stack. A sum over several stacks is higher, and only the app can tell that. */
  private checkStack(stack: TerraformStack): string[] {
    const findings = this.findings(exposureOf(new WrittenApp([WrittenStack.ofConstructs(stack)])));
    return this.report(findings, [], warn);
  }

  private findings(exposure: Exposure): { policy: ExposurePolicy; finding: Finding }[] {
    return this.policies.flatMap((policy) => findingsIn(partOf(exposure, policy.scope), policy.limits).map((finding) => ({ policy, finding })));
  }

  private report(findings: { policy: ExposurePolicy; finding: Finding }[], stale: Acknowledgement[], warning: (finding: Finding) => void): string[] {
    const errors = new Set<string>();
    for (const { policy: { limits }, finding } of findings) {
      if (findAcknowledgement(finding)) continue;
      if (limits.warnings?.includes(finding.ruleId)) warning(finding);
      else errors.add(messageOf(finding));
    }
    stale.forEach((acknowledgement) => errors.add(staleMessage(acknowledgement)));
    if (errors.size > 0) throw new ExposureError([...errors]);
    return [];
  }

  /** Adds a warning to what the manifest says about a stack, which cdktf collected before the validations of the app. */
  private warnInManifest(finding: Finding): void {
    const construct = warn(finding);
    if (!construct || !App.isApp(this.root)) return;
    const { type: level, data: message, trace: stacktrace } = construct.node.metadata[construct.node.metadata.length - 1];
    const { annotations } = this.root.manifest.forStack(stackOf(construct)!);
    annotations.push({ constructPath: construct.node.path, level: level as AnnotationMetadataEntryType, message, stacktrace });
  }
}

/** Adds a warning to the construct that a finding names, or to the first stack in it, and returns that, unless it has the warning. */
function warn(finding: Finding): IConstruct | undefined {
  const message = messageOf(finding);
  const construct = stackOf(finding.construct) ? finding.construct : stacksOf(finding.construct)[0];
  if (construct.node.metadata.some(({ data }) => data === message)) return undefined;
  Annotations.of(construct).addWarning(message);
  return construct;
}

/** Tells the synthesis of an app from that of a single stack in a test. cdktf lets each stack have a synthesizer of its own. */
class CheckedSynthesizer implements IStackSynthesizer {
  /** Whether the app is synthesized, whose own validation will check the stack. */
  isInApp = false;

  constructor(private readonly inner: IStackSynthesizer, private readonly root: IConstruct) {}

  synthesize(session: ISynthesisSession): void {
    this.isInApp = App.isApp(this.root) && session.manifest === this.root.manifest;
    try {
      this.inner.synthesize(session);
    } finally {
      this.isInApp = false;
    }
  }
}

/** The findings that stop a synthesis. It has no stack trace: the messages name the constructs. */
class ExposureError extends Error {
  constructor(messages: string[]) {
    super(messages.join('\n'));
    this.name = 'Ipv6ExposureRules';
    this.stack = `${this.name}: ${this.message}`;
  }
}

export function messageOf({ ruleId, path, block, actual, limit, remediation }: Finding): string {
  return `${ruleId}: ${path}: ${actual}, allowed is ${limit}: ${remediation}, or acknowledge it with Ipv6ExposureRules.acknowledge(construct, '${ruleId}', { reason${block ? `, block: '${block}'` : ''} })`;
}

function staleMessage({ construct, ruleId }: Acknowledgement): string {
  return `${ruleId}: ${construct.node.path || 'app'}: acknowledged, but no finding of the rule names this construct: remove the acknowledgement, or acknowledge the construct that the finding names`;
}

function key({ construct, ruleId, block = '' }: { readonly construct: IConstruct; readonly ruleId: string; readonly block?: string }): string {
  return `${ruleId} ${construct.node.path} ${block}`;
}
