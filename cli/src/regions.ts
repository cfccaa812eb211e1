import { Expression } from './configuration';
import { InputError } from './input-error';
import { Plan, ResourceChange } from './plan';
import type { PlanInput } from './plan-input';
import { REGIONS } from '../../src/api/regions';

/** The region to ask for a resource, or why none is told. */
export type Region = { readonly region: string } | { readonly reason: string };

/** The regions of a plan's resources. A question to another region would be answered, and mean nothing. */
export class Regions {
  private readonly found = new Map<string, Region>();

  /** @param given the region of --region, where the plan proves none */
  constructor(private readonly input: Pick<PlanInput, 'plan' | 'providerText'>, private readonly given: string | undefined) {
    if (given !== undefined && !isRegion(given)) throw new InputError('--region must be the id of a region: write an id such as cn-hangzhou');
  }

  /** The region of the provider block that manages a resource. */
  of(change: ResourceChange): Region {
    const { plan } = this.input;
    const name = plan.isWritten(change) ? plan.provider(change).name : onlyProviderOf(plan);
    if (name === undefined) {
      return this.given === undefined ? { reason: 'its block is gone, and the plan has several provider blocks: give the region with --region' } : { region: this.given };
    }
    const known = this.found.get(name) ?? this.ofProvider(name, plan.providerNamed(name));
    this.found.set(name, known);
    return known;
  }

  private ofProvider(name: string, { arguments: written, isOfRoot }: ReturnType<Plan['providerNamed']>): Region {
    const region = written.get('region');
    const proven = region ? this.valueOf(region, name, isOfRoot) : regionOfEnvironment();
    if (typeof proven !== 'string') {
      return this.given === undefined ? { reason: `the plan does not prove the region of the provider ${name}: give it with --region` } : { region: this.given };
    }
    if (REGIONS.includes(proven) || proven === this.given) return { region: proven };
    return { reason: `the region of the provider ${name} is none that this command knows: if it is right, give it with --region` };
  }

  /** A literal, or a variable of the root module as such: a plan names the variables of an expression, and not the expression. */
  private valueOf(region: Expression, name: string, isOfRoot: boolean): unknown {
    if (region.isLiteral) return region.literal;
    const [reference, ...others] = region.references;
    if (!isOfRoot || others.length > 0) return undefined;
    const text = region.literal ?? this.input.providerText(name, 'region');
    return text === `\${${reference}}` ? this.input.plan.variableOf(region) : undefined;
  }
}

/** Returns true if a text can be the id of a region: it becomes a part of the name of the host that is asked. */
export function isRegion(text: string): boolean {
  return /^[a-z][a-z0-9-]{1,60}$/.test(text);
}

/** The provider block of a resource that the configuration no longer has, if there is only one. */
function onlyProviderOf(plan: Plan): string | undefined {
  const names = plan.providerNames;
  return names.length <= 1 ? names[0] ?? 'alicloud' : undefined;
}

/** The region that a provider block without one takes. */
function regionOfEnvironment(): string | undefined {
  const regions = new Set([process.env.ALICLOUD_REGION, process.env.ALIBABA_CLOUD_REGION].filter(Boolean));
  return regions.size === 1 ? [...regions][0] : undefined;
}
