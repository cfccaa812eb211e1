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
