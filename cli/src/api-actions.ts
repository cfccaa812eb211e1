// Everything that the command can ask the API for. No other action leaves this machine.

/** The actions that change something. Each has a dry run, and is asked for as nothing else. */
export const DRY_RUN_ACTIONS = [
  'AllocateIpv6Address',
  'AllocateIpv6InternetBandwidth',
  'CreateIpv6EgressOnlyRule',
  'CreateIpv6Gateway',
  'DeleteIpv6EgressOnlyRule',
  'DeleteIpv6Gateway',
  'DeleteIpv6InternetBandwidth',
  'ModifyIpv6AddressAttribute',
  'ModifyIpv6GatewayAttribute',
  'ModifyIpv6InternetBandwidth',
  'ReleaseIpv6Address',
] as const;

/** The actions that only read. */
export const READ_ONLY_ACTIONS = [
  'DescribeIpv6Addresses',
  'DescribeIpv6EgressOnlyRules',
  'DescribeIpv6Gateways',
  'DescribeNetworkInterfaces',
  'DescribeSecurityGroupAttribute',
  'GetCdtServiceStatus',
] as const;

export type DryRunAction = typeof DRY_RUN_ACTIONS[number];
export type ReadOnlyAction = typeof READ_ONLY_ACTIONS[number];
export type Action = DryRunAction | ReadOnlyAction;

/** The product whose API has an action. */
export function productOf(action: Action): 'cdt' | 'ecs' | 'vpc' {
  if (action === 'GetCdtServiceStatus') return 'cdt';
  return action === 'DescribeNetworkInterfaces' || action === 'DescribeSecurityGroupAttribute' ? 'ecs' : 'vpc';
}

/** The RAM action that the credentials need. */
export function permissionOf(action: Action): string {
  return `${productOf(action)}:${action}`;
}
