import { TerraformProvider, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { warnOnce } from './warning';
import { REGIONS } from '../api/regions';
import { PROVIDER_VERSIONS } from '../provider/versions';
import { findOrCreateInStack } from '../terraform/locals';
import { overridesOf } from '../terraform/overrides';
import { isExpression } from '../terraform/tokens';
import { allowsVersionOrLater } from '../terraform/version-constraint';

const LOCAL_NAME = 'alicloud';

/**
 * Rules for the provider blocks of a stack: one block for each alias, a supported version, and valid regions. The synthesis checks them
 * when the stack is complete.
 */
export class ProviderBlocks extends Construct {
  static checkOf(stack: TerraformStack): void {
    findOrCreateInStack(stack, 'Ipv6ProviderBlocks', (scope, id) => new ProviderBlocks(scope, id));
  }

  private constructor(private readonly stack: TerraformStack, id: string) {
    super(stack, id);
    stack.node.addValidation({ validate: () => this.validate() });
  }

  private validate(): string[] {
    const blocks = this.stack.node.findAll()
      .filter((construct): construct is TerraformProvider => TerraformProvider.isTerraformProvider(construct))
      .filter((block) => block.terraformResourceType === LOCAL_NAME && TerraformStack.of(block) === this.stack);
    this.warnOfOldProvider(blocks);
    return [...refuseRepeatedAlias(blocks), ...this.refuseRegions(blocks)];
  }

  private warnOfOldProvider(blocks: TerraformProvider[]): void {
    // cdktf writes one requirement for all blocks of a stack: that of the last.
    const metadata = blocks.at(-1)?.terraformGeneratorMetadata;
    const constraint: unknown = overridesOf(this.stack).terraform?.required_providers?.[LOCAL_NAME]?.version
      ?? (metadata?.providerVersion || metadata?.providerVersionConstraint);
    if (typeof constraint !== 'string') return;
    const missing = PROVIDER_VERSIONS.filter(({ since }) => !allowsVersionOrLater(constraint, since));
    if (missing.length === 0) return;
    const warning = `the version of the provider aliyun/alicloud must be ${PROVIDER_VERSIONS[0].since} or later, got ${JSON.stringify(constraint)} `
      + `(${missing.map(({ has }) => has).join('; ')}): raise it in terraformProviders of cdktf.json, and run cdktf get`;
    warnOnce(this.stack, warning);
  }

  private refuseRegions(blocks: TerraformProvider[]): string[] {
    return blocks.flatMap((block) => {
      const region = regionOf(block);
      if (region === undefined || REGIONS.includes(region)) return [];
      if (/^[a-z]{2}-[a-z]+(-[a-z0-9]+)*$/.test(region)) {
        warnOnce(this.stack, `${block.node.path}: region must be a known region, got ${JSON.stringify(region)} (InvalidRegionId.NotFound): check the spelling`);
        return [];
      }
      return [`${block.node.path}: region must be the id of a region, got ${JSON.stringify(region)} (InvalidRegionId.NotFound): write an id such as "cn-hangzhou", or remove region to use ALICLOUD_REGION`];
    });
  }
}

/** Returns the region of a provider block; undefined where it is unknown at synth. */
export function regionOf(block: TerraformProvider): string | undefined {
  const written = overridesOf(block).region ?? (block as { region?: unknown }).region;
  return typeof written === 'string' && !isExpression(written) ? written : undefined;
}

/** Refuses provider blocks with one alias, as Terraform does ("Duplicate provider configuration"). */
function refuseRepeatedAlias(blocks: TerraformProvider[]): string[] {
  return blocks.flatMap((block, i) => {
    const first = blocks.slice(0, i).find(({ alias }) => alias === block.alias);
    if (!first) return [];
    const which = block.alias === undefined ? 'without an alias' : `with the alias "${block.alias}"`;
    return [`${block.node.path}: a second provider block of alicloud ${which}, the first is ${first.node.path}: `
      + 'remove one of them, or give this one an alias and pass it as provider'];
  });
}
