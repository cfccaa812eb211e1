import { IConstruct } from 'constructs';
import { RAM_ACTIONS } from './api/ram-actions';
import { WrittenApp, WrittenBlock } from './terraform/written-stack';
import { ConstructError } from './validation/construct-error';

/**
 * What a RAM policy is narrowed to.
 */
export interface Ipv6RamPolicyOptions {
  /**
   * The id of the region, such as `cn-hangzhou`.
   *
   * @default - for each resource, the region that its provider block states; any region, if it states none
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
 * It holds the actions that the provider calls for the resources and lookups in the scope, and no more: those for tags and
 * resource groups only where a resource has them, those of a lookup only where something is looked up or adopted. Each is
 * narrowed to the ARN that the action supports. It is read from the scope whenever it is asked for, so it may be made
 * before the scope is complete. A change that removes the last resource of a kind still needs the policy from before.
 *
 * @see https://www.alibabacloud.com/help/en/ram/policy-structure-and-syntax
 */
export class Ipv6RamPolicy {
  /**
   * The policy of a scope.
   *
   * Throws where `region` or `accountId` can be neither.
   */
  public static of(scope: IConstruct, options: Ipv6RamPolicyOptions = {}): Ipv6RamPolicy {
    const check = (name: keyof Ipv6RamPolicyOptions, pattern: RegExp, remediation: string): void => {
      const value: unknown = options[name];
      if (value === undefined || (typeof value === 'string' && pattern.test(value))) return;
      throw new ConstructError(scope, { problem: `${name} of the RAM policy is not valid`, actual: value, remediation });
    };
    check('region', /^[a-z][a-z0-9-]*$/, 'write the id of a region, such as "cn-hangzhou"');
    check('accountId', /^\d+$/, 'write the id of the account, digits only, as a string');
    return new Ipv6RamPolicy(scope, options);
  }

  private constructor(private readonly scope: IConstruct, private readonly options: Ipv6RamPolicyOptions) {}

  /**
   * The policy document, as RAM takes it: `Version` and `Statement`.
   */
  public get document(): { [key: string]: any } {
    return this.documentOf(this.constructs());
  }

  private documentOf(app: WrittenApp): { [key: string]: any } {
    const grants = this.grants(app);
    const statements = new Map<string, { Effect: 'Allow'; Action: string[]; Resource: string[] }>();
    for (const action of [...grants.keys()].sort()) {
      const resources = [...grants.get(action)!].sort();
      const key = resources.join(' ');
      const statement = statements.get(key);
      if (statement) statement.Action.push(action);
      else statements.set(key, { Effect: 'Allow', Action: [action], Resource: resources });
    }
    return { Version: '1', Statement: [...statements.keys()].sort().map((key) => statements.get(key)) };
  }

  /**
   * The actions that it allows, such as `vpc:AllocateIpv6InternetBandwidth`, in alphabetical order.
   */
  public get actions(): string[] {
    return [...this.grants(this.constructs()).keys()].sort();
  }

  /**
   * The types of the scope's other `alicloud_` resources and data sources: the policy says nothing of them, in
   * alphabetical order.
   */
  public get typesNotCovered(): string[] {
    const others = this.blocks(this.constructs()).filter(({ block: { kind, type } }) => !(type in RAM_ACTIONS[kind]));
    return [...new Set(others.map(({ block }) => block.type))].sort();
  }

  /**
   * The policy document as JSON text.
   */
  public toJson(): string {
    return this._toJsonOf(this.constructs());
  }

  /**
   * The policy document for the Terraform that is written, as JSON text.
   * @internal
   */
  public _toJsonOf(app: WrittenApp): string {
    return `${JSON.stringify(this.documentOf(app), null, 2)}\n`;
  }

  /** What the stacks of the scope would write now. */
  private constructs(): WrittenApp {
    return WrittenApp.ofConstructs(this.scope);
  }

  /** The resources that each action is granted for. */
  private grants(app: WrittenApp): Map<string, Set<string>> {
    const { region, accountId = '*' } = this.options;
    const grants = new Map<string, Set<string>>();
    for (const { block, regionOfProvider } of this.blocks(app)) {
      for (const { action, on, when } of RAM_ACTIONS[block.kind][block.type] ?? []) {
        if (when && isEmpty(block.arguments[when])) continue;
        const name = `vpc:${action}`;
        const resources = grants.get(name) ?? new Set();
        grants.set(name, resources.add(on ? `acs:vpc:${region ?? regionOfProvider}:${accountId}:${on}` : '*'));
      }
    }
    return grants;
  }

  private blocks(app: WrittenApp): { block: WrittenBlock; regionOfProvider: string }[] {
    return app.stacks.flatMap((stack) => {
      const regions = new Map(stack.providers('alicloud').map(([reference, { region }]) => [reference, app.resolve(stack, region).literal]));
      const inScope = [...stack.blocks('resource', isAlicloud), ...stack.blocks('data', isAlicloud)]
        .filter(({ construct }) => construct.node.scopes.includes(this.scope));
      // What a part of a stack looks up stands elsewhere in the stack, for all of its parts.
      return [...new Set([...inScope, ...stack.dataSourcesReadBy(inScope).filter(({ type }) => isAlicloud(type))])]
        .map((block) => ({ block, regionOfProvider: String(regions.get(String(block.arguments.provider ?? 'alicloud')) || '*') }));
    });
  }
}

function isAlicloud(type: string): boolean {
  return type.startsWith('alicloud_');
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}
