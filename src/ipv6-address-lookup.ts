/**
 * How a plan asks the API for the addresses that a stack looks up. It decides what a plan costs and what it can check, and
 * never what is deployed: to change it changes no resource.
 */
export enum Ipv6AddressLookup {
  /**
   * One list of the VPC (of the vSwitch, of the region: whatever the lookup names) for all addresses of the stack that are
   * looked up there: a call for every 50 addresses that live there, and all of them in the state.
   */
  LIST = 'List',

  /**
   * One call for each address that the stack wants, whatever else lives in the VPC. If other constructs of the stack have the
   * same VPC listed, the list serves this address too.
   *
   * For an address that is found by its id, such an answer has neither the status of the address nor its instance, its VPC or
   * the address itself. So the plan checks that the address exists and that its gateway is the right one. It leaves to the
   * apply IncorrectStatus.Ipv6Instance, OperationUnsupported.ULA, IllegalParam.Ipv6Address of a prefix,
   * OperationDenied.UnSupportedBindTypeCloudInstance, and whether the address can have an egress-only rule.
   */
  EACH = 'Each',
}
