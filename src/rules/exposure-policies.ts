import { Annotations, App, Aspects, IAspect, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { ExposureLimits } from './exposure-rule';
import { Finding, Findings } from './findings';
import { Acknowledgement, Acknowledgements } from '../private/acknowledgements';
import { beforeEachStack } from '../private/app-aspects';
import { ConstructError } from '../private/construct-error';
import { ExposedGateways } from '../private/exposed-gateways';
import { Exposure, exposureOf } from '../private/exposure';
import { stacksOf } from '../private/terraform-blocks';

/** What one Ipv6ExposureRules asks for. */
export interface ExposurePolicy {
  readonly limits: ExposureLimits;
  /** The ids of the rules whose findings do not stop the synthesis. */
  readonly warnings: readonly string[];
}

const policies = new WeakMap<IAspect, ExposurePolicy>();
const policiesOfApp = new WeakMap<IConstruct, ExposurePolicies>();

/**
 * The policies of an app, held against each stack when its aspects are done, and against the whole app at the very end.
 *
 * The end finds what an aspect of one stack did to another, errors that were to be ignored, and acknowledgements that
 * nothing answers to.
 */
export class ExposurePolicies {
  /** Makes an aspect one that carries a policy. */
  static register(aspect: IAspect, policy: ExposurePolicy): void {
    policies.set(aspect, policy);
    beforeEachStack(watchFromAbove);
  }

  static of(construct: IConstruct): ExposurePolicies {
    const { root } = construct.node;
    let ofApp = policiesOfApp.get(root);
    if (!ofApp) policiesOfApp.set(root, ofApp = new ExposurePolicies(root));
    return ofApp;
  }

  private readonly watched = new Set<TerraformStack>();
  private readonly said = new Set<string>();
  private readonly answered = new Set<Acknowledgement>();
  private finished = new Set<TerraformStack>();
  private gateways = new ExposedGateways();
  private findings = new Map<ExposurePolicy, Findings>();

  private constructor(private readonly root: IConstruct) {
    root.node.addValidation({ validate: () => this.finishApp() });
  }

  watch(stack: TerraformStack): void {
    if (this.watched.has(stack)) return;
    if (App.isApp(this.root) && this.root.skipValidation) {
      throw new ConstructError(stack, {
        problem: 'the app skips its validations, and would skip Ipv6ExposureRules with them: skipValidation cannot be set',
        seen: true,
        wayOut: 'leave skipValidation out of the App',
      });
    }
    this.watched.add(stack);
    // A validation runs when the aspects of the stack are done, and before its warnings and errors are collected.
    stack.node.addValidation({ validate: () => this.finish(stack) });
  }

  private finish(stack: TerraformStack): string[] {
    const [first] = this.finished;
    if (stack === first) this.startAgain();
    // A stack inside a stack is finished with it, and then by itself: it has been counted.
    const counted = this.finished.has(stack);
    this.finished.add(stack);
    for (const [policy, part] of byPolicy(exposureOf([stack], this.gateways))) {
      const findings = (counted ? undefined : this.findings.get(policy)) ?? new Findings(policy.limits);
      if (!counted) this.findings.set(policy, findings);
      for (const finding of findings.add(part)) {
        if (!this.isAcknowledged(finding)) this.annotate(stack, policy, finding);
      }
    }
    return [];
  }

  private annotate(stack: TerraformStack, { warnings }: ExposurePolicy, finding: Finding): void {
    const message = messageOf(finding);
    if (this.said.has(message)) return;
    this.said.add(message);
    // Of another stack, the warnings and errors may be collected already.
    const place = finding.construct.node.scopes.includes(stack) ? finding.construct : stack;
    if (warnings.includes(finding.ruleId)) Annotations.of(place).addWarning(message);
    else Annotations.of(place).addError(message);
  }

  private finishApp(): string[] {
    const problems: string[] = [];
    for (const [policy, part] of byPolicy(exposureOf(stacksOf(this.root)))) {
      for (const finding of new Findings(policy.limits).add(part)) {
        // Errors of a stack do not stop an app that is told to go on, as cdktf's command line tells it: this does.
        if (!this.isAcknowledged(finding) && !policy.warnings.includes(finding.ruleId)) problems.push(messageOf(finding));
      }
    }
    const stale = Acknowledgements.of(this.root).all.filter((acknowledgement) => !this.answered.has(acknowledgement));
    return [...problems, ...stale.map(staleMessage)];
  }

  private isAcknowledged({ construct, ruleId }: Finding): boolean {
    const acknowledgement = Acknowledgements.of(construct).find(construct, ruleId);
    if (acknowledgement) this.answered.add(acknowledgement);
    return acknowledgement !== undefined;
  }

  private startAgain(): void {
    this.finished = new Set();
    this.gateways = new ExposedGateways();
    this.findings = new Map();
    this.answered.clear();
  }
}

function watchFromAbove(stack: TerraformStack): void {
  if (policiesOver(stack).length > 0) ExposurePolicies.of(stack).watch(stack);
}

export function messageOf({ ruleId, path, seen, limit, wayOut }: Finding): string {
  return `${ruleId}: ${path}: ${seen}, allowed is ${limit}: ${wayOut}, or acknowledge it with Ipv6ExposureRules.acknowledge(construct, '${ruleId}', { reason })`;
}

function staleMessage({ construct, ruleId }: Acknowledgement): string {
  return `${ruleId}: ${construct.node.path || 'app'}: acknowledged, but no finding of the rule names this construct: remove the acknowledgement, or acknowledge the construct that the finding names`;
}

/** The policies that were added to a construct, or above it. */
function policiesOver(construct: IConstruct): ExposurePolicy[] {
  const found = construct.node.scopes.flatMap((scope) => Aspects.of(scope).all.map((aspect) => policies.get(aspect)));
  return [...new Set(found)].filter((policy) => policy !== undefined);
}

/** What each policy has to look at. */
function byPolicy({ bandwidths, egressRules }: Exposure): Map<ExposurePolicy, Exposure> {
  const parts = new Map<ExposurePolicy, Exposure>();
  const part = (policy: ExposurePolicy): Exposure => {
    let own = parts.get(policy);
    if (!own) parts.set(policy, own = { bandwidths: [], egressRules: [], modules: [] });
    return own;
  };
  for (const bandwidth of bandwidths) policiesOver(bandwidth.construct).forEach((policy) => part(policy).bandwidths.push(bandwidth));
  for (const egressRule of egressRules) policiesOver(egressRule.construct).forEach((policy) => part(policy).egressRules.push(egressRule));
  return parts;
}
