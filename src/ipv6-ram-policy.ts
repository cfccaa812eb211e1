import { IConstruct } from 'constructs';
import { AUDIT_ACTIONS, RAM_ACTIONS } from './api/ram-actions';
import { addToGroup } from './terraform/groups';
import { stacksOf } from './terraform/stacks';
import { isExpression } from './terraform/tokens';
import { WrittenBlock, WrittenStack } from './terraform/written-stack';
import { ConstructError } from './validation/construct-error';
import { PropsValidator } from './validation/props-validator';

/** Options for a RAM policy. */
export interface Ipv6RamPolicyOptions {
  /**
   * The id of the region, such as `cn-hangzhou`.
   *
   * @default - for each resource, the region of its provider block; any region, if the block has none
   */
  readonly region?: string;

  /**
   * The id of the Alibaba Cloud account that the resources belong to: digits only.
   *
   * @default - any account
   */
  readonly accountId?: string;
}

/**
 * The RAM policy that a pipeline needs to create, change and destroy the IPv6 resources of an app, a stack, or a part of one.
 *
 * It contains only the actions that the provider calls for the resources and lookups in the scope. It contains actions for tags and resource
 * groups only if a resource has them. Each action is limited to the ARN that it supports. Each read of the policy computes it again from the
 * scope. A change that removes the last resource of a type also needs the former policy, for the deletion.
 *
 * @see https://www.alibabacloud.com/help/en/ram/policy-structure-and-syntax
 */
export class Ipv6RamPolicy {
  /**
   * Returns the policy of a scope.
   *
   * Throws if `region` is no region id, or `accountId` no account id.
   */
  public static of(scope: IConstruct, options: Ipv6RamPolicyOptions = {}): Ipv6RamPolicy {
    new PropsValidator(scope).object('options', options, 'pass { region, accountId } as the second argument, or no second argument');
    const check = (name: keyof Ipv6RamPolicyOptions, pattern: RegExp, rule: string, remediation: string): void => {
      const value: unknown = options[name];
      if (value === undefined || (typeof value === 'string' && pattern.test(value))) return;
      throw new ConstructError(scope, { problem: `${name} of the RAM policy must be ${rule}`, actual: value, remediation });
    };
    check('region', /^[a-z][a-z0-9-]*$/, 'the id of a region', 'write an id such as "cn-hangzhou"');
    check('accountId', /^\d+$/, 'the id of an account', 'write its digits as a string');
    return new Ipv6RamPolicy(scope, options);
  }

  private constructor(private readonly scope: IConstruct, private readonly options: Ipv6RamPolicyOptions) {}

  /** The policy document, as RAM takes it: `Version` and `Statement`. */
  public get document(): { [key: string]: any } {
    return documentOf(this.grants());
  }

  /**
   * The policy document for the role that runs `alicloud-ipv6 audit`. It allows reads only.
   *
   * An audit reads a whole account, so every scope has the same document. The region is that of the options, or any.
   */
  public get auditDocument(): { [key: string]: any } {
    const { region = '*', accountId = '*' } = this.options;
    return documentOf(new Map(Object.entries(AUDIT_ACTIONS).flatMap(([product, actions]) => actions.map(({ action, on }) =>
      [`${product}:${action}`, new Set([on ? `acs:${product}:${region}:${accountId}:${on}` : '*'])]))));
  }

  /** The actions that it allows, such as `vpc:AllocateIpv6InternetBandwidth`, in alphabetical order. */
  public get actions(): string[] {
    return [...this.grants().keys()].sort();
  }

  /** The types of the scope's other `alicloud_` resources and data sources, which the policy does not cover, in alphabetical order. */
  public get typesNotCovered(): string[] {
    const others = this.blocks().filter(({ block: { kind, type } }) => !(type in RAM_ACTIONS[kind]));
    return [...new Set(others.map(({ block }) => block.type))].sort();
  }

  /** Returns the policy document as JSON text. */
  public toJson(): string {
    return this._toJsonOf();
  }

  /**
   * Returns the policy document for the Terraform of stacks, such as what the synthesis wrote, as JSON text.
   * @internal
   */
  public _toJsonOf(stacks?: readonly WrittenStack[]): string {
    return `${JSON.stringify(documentOf(this.grants(stacks)), null, 2)}\n`;
  }

  /** Returns the resources that each action is granted for. */
  private grants(stacks?: readonly WrittenStack[]): Map<string, Set<string>> {
    const { region, accountId = '*' } = this.options;
    const grants = new Map<string, Set<string>>();
    for (const { block, regionOfProvider } of this.blocks(stacks)) {
      for (const { action, on, when } of RAM_ACTIONS[block.kind][block.type] ?? []) {
        if (when && isEmpty(block.arguments[when])) continue;
        const name = `vpc:${action}`;
        const resources = grants.get(name) ?? new Set();
        grants.set(name, resources.add(on ? `acs:vpc:${region ?? regionOfProvider}:${accountId}:${on}` : '*'));
      }
    }
    return grants;
  }

  /** Returns the blocks of the scope in the Terraform of stacks: as they are now, if undefined. */
  private blocks(
    stacks: readonly WrittenStack[] = stacksOf(this.scope).map((stack) => WrittenStack.ofConstructs(stack)),
  ): { block: WrittenBlock; regionOfProvider: string }[] {
    return stacks.flatMap((stack) => {
      const regions = new Map(stack.providers('alicloud').map(([reference, { region }]) => [reference, region]));
      const inScope = [...stack.blocks('resource', isAlicloud), ...stack.blocks('data', isAlicloud)]
        .filter(({ construct }) => construct.node.scopes.includes(this.scope));
      // The lookups of a stack are in the stack itself, and not in the parts that use them.
      return [...new Set([...inScope, ...stack.dataSourcesReadBy(inScope).filter(({ type }) => isAlicloud(type))])]
        .map((block) => ({ block, regionOfProvider: regionOf(regions.get(String(block.arguments.provider ?? 'alicloud'))) }));
    });
  }
}

/** Returns the document that grants each action for its resources: a statement for each list of resources. */
function documentOf(grants: ReadonlyMap<string, ReadonlySet<string>>): { [key: string]: any } {
  const actions = new Map<string, string[]>();
  for (const action of [...grants.keys()].sort()) addToGroup(actions, [...grants.get(action)!].sort().join(' '), action);
  return { Version: '1', Statement: [...actions.keys()].sort().map((arns) => ({ Effect: 'Allow', Action: actions.get(arns), Resource: arns.split(' ') })) };
}

/** Returns a literal region; any region, where only Terraform knows it. */
function regionOf(region: unknown): string {
  return typeof region === 'string' && region !== '' && !isExpression(region) ? region : '*';
}

function isAlicloud(type: string): boolean {
  return type.startsWith('alicloud_');
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}
