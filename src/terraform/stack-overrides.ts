import { TerraformStack } from 'cdktf';

/** The blocks that `stack.addOverride` wrote into a stack: cdktf keeps them apart, and merges them into what it writes last. */
export function overridesOf(stack: TerraformStack): { readonly [block: string]: any } {
  return (stack as unknown as { rawOverrides: { readonly [block: string]: any } }).rawOverrides;
}
