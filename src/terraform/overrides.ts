import { TerraformElement } from 'cdktf';

/** Returns the overrides of a stack, a resource or a provider block: cdktf merges them into the Terraform that it writes. */
export function overridesOf(element: TerraformElement | { readonly addOverride: unknown }): { readonly [name: string]: any } {
  return (element as unknown as { rawOverrides: { readonly [name: string]: any } }).rawOverrides;
}
