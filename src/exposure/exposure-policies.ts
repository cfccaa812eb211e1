import { App, IStackSynthesizer, ISynthesisSession, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { Acknowledgement, acknowledgementsIn, findAcknowledgement } from './acknowledgements';
import { Exposure, exposureOf, partOf } from './exposure';
import { ExposurePolicy } from './exposure-policy';
import { writeRulesFile } from './exposure-rules-file';
import { appliedRules, Finding, findingsIn } from './findings';
import { GatewaySums } from './gateway-sums';
import { Problems } from './problems';
import { bandwidthPerAddress } from './rules/bandwidth-per-address';
import { chargeTypeAllowed } from './rules/charge-type-allowed';
import { LimitsOfRules } from '../guards/limits-of-rules';
import { NewStacks } from '../terraform/new-stacks';
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
    new NewStacks(root, {
      begun: (construct) => construct.node.addValidation({
        validate: () => !TerraformStack.isStack(construct) || this.synthesizers.has(construct) ? [] : this.checkStack(construct),
      }),
      complete: (stack) => this.watchIfRuled(stack),
    });
    // Before it is complete, a stack is known by the first of this library's constructs in it.
    ConstructRegistry.of(root).observe((construct) => {
      const stack = stackOf(construct);
      if (stack) this.watchIfRuled(stack);
    });
  }

  add(policy: ExposurePolicy): void {
    if (App.isApp(this.root)) refuseSkippedValidation(policy.scope, this.root.skipValidation);
    this.policies.push(policy);
    this.addLimits(policy);
    for (const stack of stacksOf(policy.scope)) this.watch(stack);
  }

  /** What only Terraform knows, the plan holds against the limits, unless they only warn: a condition of a plan refuses. */
  private addLimits({ scope, limits }: ExposurePolicy): void {
    for (const { id: ruleId, setBy } of [bandwidthPerAddress, chargeTypeAllowed]) {
      const allowed = limits[setBy];
      if (allowed === undefined || limits.warnings?.includes(ruleId)) continue;
      const appliesTo = (construct: IConstruct) => construct.node.scopes.includes(scope) && !findAcknowledgement({ construct, ruleId });
      LimitsOfRules.of(this.root).add({ ruleId, allowed, appliesTo });
    }
  }

  private watchIfRuled(stack: TerraformStack): void {
    if (this.policies.some(({ scope }) => stack.node.scopes.includes(scope))) this.watch(stack);
  }

  private watch(stack: TerraformStack): void {
    if (this.synthesizers.has(stack)) return;
    const synthesizer = new CheckedSynthesizer(stack.synthesizer, this.root);
    this.synthesizers.set(stack, synthesizer);
    stack.synthesizer = synthesizer;
    stack.node.addValidation({ validate: () => synthesizer.isInApp ? [] : this.checkStack(stack) });
    GatewaySums.check(stack, () => this.policies);
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
    return this.tell(findings, stale, App.isApp(this.root) ? this.root : undefined);
  }

  /** What the policies find in one stack. A sum over several stacks is higher, and only the app can tell that. */
  private checkStack(stack: TerraformStack): string[] {
    const findings = this.findings(exposureOf(new WrittenApp([WrittenStack.ofConstructs(stack)])));
    return this.tell(findings, []);
  }

  private findings(exposure: Exposure): { policy: ExposurePolicy; finding: Finding }[] {
    return this.policies.flatMap((policy) => findingsIn(partOf(exposure, policy.scope), policy.limits).map((finding) => ({ policy, finding })));
  }

  private tell(findings: { policy: ExposurePolicy; finding: Finding }[], stale: Acknowledgement[], app?: App): string[] {
    const errors = new Problems();
    const warnings = new Problems();
    for (const { policy: { limits }, finding } of findings) {
      if (findAcknowledgement(finding)) continue;
      (limits.warnings?.includes(finding.ruleId) ? warnings : errors).add(finding);
    }
    stale.forEach((acknowledgement) => errors.addStale(acknowledgement));
    warnings.warn(app);
    errors.stop(app);
    return [];
  }
}

/** Tells the synthesis of an app from that of a single stack in a test. cdktf lets each stack have a synthesizer of its own. */
class CheckedSynthesizer implements IStackSynthesizer {
  /** Whether the app is synthesized, whose own validation will check the stack. */
  isInApp = false;

  constructor(private readonly inner: IStackSynthesizer, private readonly root: IConstruct) {}

  synthesize(session: ISynthesisSession): void {
    refuseSkippedValidation(this.root, session.skipValidation);
    this.isInApp = App.isApp(this.root) && session.manifest === this.root.manifest;
    try {
      this.inner.synthesize(session);
    } finally {
      this.isInApp = false;
    }
  }
}

function refuseSkippedValidation(scope: IConstruct, skipValidation?: boolean): void {
  if (!skipValidation) return;
  throw new ConstructError(scope, {
    problem: 'the app skips its validations, and would skip Ipv6ExposureRules with them: skipValidation cannot be set',
    actual: true,
    remediation: 'leave skipValidation out of the App',
  });
}

function key({ construct, ruleId, block = '' }: { readonly construct: IConstruct; readonly ruleId: string; readonly block?: string }): string {
  return `${ruleId} ${construct.node.path} ${block}`;
}
