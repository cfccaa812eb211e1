import type { ApiErrorCode as DocumentedCode } from '../../src/api/error-codes';

/**
 * The codes that AllocateIpv6InternetBandwidth may answer, with HTTP status and message.
 *
 * No message may hold the word "NotFound": the provider reads it as "the resource is gone".
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-allocateipv6internetbandwidth
 */
export const ALLOCATE_BANDWIDTH_ERRORS = {
  'IllegalParam.Bandwidth': [400, 'The specified parameter Bandwidth is not valid.'],
  'MissingParam.Ipv6InstanceId': [400, 'The parameter Ipv6AddressId is mandatory.'],
  'InvalidIpv6Instance.NotFound': [400, 'The specified Ipv6AddressId or Ipv6InternetBandwidthId does not exist.'],
  'IllegalParam.ChargeType': [400, 'The specified parameter ChargeType is not valid.'],
  'IllegalParam.InternetChargeType': [400, 'The specified parameter InternetChargeType is not valid.'],
  'OperationUnsupported.PrePaid': [400, 'The subscription billing method is not supported.'],
  'OperationFailed.Ipv6GatewayDisMatchIpv6Address': [400, 'The IPv6 address and the IPv6 gateway are in different VPCs.'],
  'OperationFailed.InternetBandwidthAlreadyExisted': [400, 'The IPv6 address already has Internet bandwidth.'],
  'OperationFailed.Ipv6GatewayNotExist': [400, 'The VPC of the IPv6 address has no IPv6 gateway.'],
  'IncorrectStatus.Ipv6Instance': [400, 'The IPv6 address is in an unstable state.'],
  'IllegalParam.Ipv6Address': [400, 'The specified IPv6 address is not valid.'],
  'UnsupportedFeature.InternetChargeTypeOnFreeIpv6Address': [400, 'The state of the IPv6 address does not support the billing method.'],
  'UnsupportedFeature.InternetChargeTypeOnStaticIsp': [400, 'A single-ISP IPv6 address does not support the billing method.'],
  'OperationUnsupported.ULA': [400, 'Unique local addresses are not supported.'],
  'OperationFailed.OpenCdtServiceFirst': [400, 'The billing method needs CDT to be activated.'],
  'OperationFailed.UpgradeCdtServiceFirst': [400, 'The billing method needs CDT to be upgraded.'],
  'OperationUnsupported.PrivateGUA': [400, 'Private global unicast addresses are not supported.'],
  'OperationDenied.UnSupportedBindTypeCloudInstance': [400, 'The IPv6 address is bound to a cloud instance that cannot have Internet bandwidth.'],
  'OperationFailed.QueryAccountInfo': [500, 'The account could not be queried.'],
  'OperationFailed.SaleValidate': [500, 'The sale condition could not be validated.'],
  'SystemBusy': [500, 'The system is busy.'],
  'InvalidRegionId.NotFound': [404, 'The specified region does not exist.'],
  'ResourceNotFound.Ipv6Address': [404, 'The specified IPv6 address does not exist.'],
} as const satisfies Record<DocumentedCode, readonly [status: number, message: string]>;

const OTHER_ERRORS = {
  // any action
  'DryRunOperation': [400, 'Request validation has been passed with DryRun flag set.'],
  'Forbidden.RAM': [403, 'User not authorized to operate on the specified resource, or this API does not support RAM.'],
  'InternalError': [500, 'The request processing has failed due to some unknown error.'],
  'InvalidAccessKeyId.NotFound': [404, 'Specified access key is not found.'],
  'InvalidAction.NotFound': [404, 'The specified action does not exist.'],
  'NoPermission': [403, 'You are not authorized to do this action.'],
  'ServiceUnavailable': [503, 'The request has failed due to a temporary failure of the server.'],
  'SignatureDoesNotMatch': [400, 'Specified signature is not matched with our calculation.'],
  'Throttling.User': [400, 'Request was denied due to user flow control.'],

  // other actions, documented
  'DependencyViolation.Ipv6InternetBandwidth': [400, 'Internet bandwidth depends on the resource.'],
  'OperationFailed.AssociationExist': [400, 'The IPv6 address is associated with an instance.'],
  'ResourceNotFound.Ipv6InstanceId': [404, 'The specified IPv6 instance does not exist.'],

  // other actions: the condition is documented, the code's name is not
  'DependencyViolation.Ipv6EgressOnlyRule': [400, 'An egress-only rule depends on the resource.'],
  'IllegalParam.Ipv6AddressId': [400, 'More ids are given than one call may ask for.'],
  'IllegalParam.PageSize': [400, 'The specified parameter PageSize is not valid.'],
  'InvalidVpcId.NotFound': [404, 'The specified VPC does not exist.'],
  'InvalidVSwitchId.NotFound': [404, 'The specified vSwitch does not exist.'],
  'OperationDenied.UnassociatedIpv6Address': [400, 'The IPv6 address is associated with no instance.'],
  'OperationFailed.InternetBandwidthNotExist': [400, 'The IPv6 address has no Internet bandwidth.'],
  'OperationFailed.Ipv6EgressOnlyRuleAlreadyExisted': [400, 'The IPv6 address already has an egress-only rule.'],
  'OperationFailed.Ipv6GatewayAlreadyExisted': [400, 'The VPC already has an IPv6 gateway.'],
  'QuotaExceeded.Ipv6EgressOnlyRule': [400, 'The IPv6 gateway has no room for another egress-only rule.'],
  'ResourceNotFound.Ipv6EgressOnlyRule': [404, 'The specified egress-only rule does not exist.'],
  'ResourceNotFound.Ipv6Gateway': [404, 'The specified IPv6 gateway does not exist.'],

  // VPC and ECS around the addresses
  'Forbidden.VpcNotEmpty': [400, 'Something is left in the VPC or the vSwitch.'],
  'InvalidInstanceId.NotFound': [404, 'The specified instance does not exist.'],
  'InvalidParameter.Amount': [400, 'More is given than one call may ask for.'],
  'InvalidParameter.NextToken': [400, 'The specified NextToken is not valid.'],
  'InvalidRouteTableId.NotFound': [404, 'The specified route table does not exist.'],
  'InvalidSecurityGroupId.NotFound': [404, 'The specified security group does not exist.'],
} as const;

/** Every code of the stand-in, with HTTP status and message. */
export const API_ERRORS = { ...ALLOCATE_BANDWIDTH_ERRORS, ...OTHER_ERRORS };

export type ApiErrorCode = keyof typeof API_ERRORS;

/** A call that the API refuses. */
export class ApiError extends Error {
  public readonly status: number;

  constructor(public readonly code: ApiErrorCode) {
    const [status, message] = API_ERRORS[code];
    super(message);
    this.status = status;
  }
}

/** Refuses the call with this code unless the condition holds. */
export function demand(condition: unknown, code: ApiErrorCode): asserts condition {
  if (!condition) {
    throw new ApiError(code);
  }
}
