import type { TerraformProvider } from 'cdktf';

/**
 * Method by which a plan looks up the addresses of a stack. It changes the number of API calls and the checks of a plan. It changes no
 * resource.
 */
export enum Ipv6AddressLookup {
  /**
   * One list of the VPC, vSwitch or region for all addresses of the stack: one call for each 50 addresses in that place. The state
   * contains all of them.
   */
  LIST = 'List',

  /**
   * One call for each address that the stack uses. If another construct of the stack lists the same VPC, the list serves this address too.
   *
   * The answer for an address by its id contains only its gateway. The plan checks that the address exists, and its gateway. It does not
   * check: IncorrectStatus.Ipv6Instance, OperationUnsupported.ULA, IllegalParam.Ipv6Address of a prefix,
   * OperationDenied.UnSupportedBindTypeCloudInstance, and support for an egress-only rule.
   */
  EACH = 'Each',
}

/**
 * Options for the lookup of an address.
 */
export interface Ipv6AddressLookupOptions {
  /**
   * The VPC of the lookup (`vpc-…`). Addresses of the stack with the same VPC share one lookup.
   *
   * @default - the whole region
   */
  readonly vpcId?: string;

  /**
   * The vSwitch of the lookup (`vsw-…`). Use it if the list of the VPC is long.
   *
   * @default - the whole VPC
   */
  readonly vswitchId?: string;

  /**
   * Method of the lookup: one list, or one call for each address.
   *
   * @default - by ids: one list; by instances or network interfaces: one call each for up to 20 addresses, else one list
   */
  readonly lookup?: Ipv6AddressLookup;

  /**
   * The provider block of the lookup. It must be in the same stack.
   *
   * @default - the stack's default provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * Options for the lookup of an address by its instance or network interface.
 */
export interface AssociatedIpv6AddressLookupOptions extends Ipv6AddressLookupOptions {
  /**
   * The address itself, if the instance or interface has more than one.
   *
   * @default - the only one; the plan fails if there are more
   */
  readonly ipv6Address?: string;
}
