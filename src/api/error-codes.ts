/**
 * The documented errors of AllocateIpv6InternetBandwidth, with their meanings. Messages of the library name them.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-allocateipv6internetbandwidth
 */
export const API_ERRORS = {
  'IllegalParam.Bandwidth': 'the bandwidth is out of range',
  'MissingParam.Ipv6InstanceId': 'the request names no address',
  'InvalidIpv6Instance.NotFound': 'the address or the bandwidth is not found',
  'IllegalParam.ChargeType': 'the charge type is not valid',
  'IllegalParam.InternetChargeType': 'the Internet charge type is not valid',
  'OperationUnsupported.PrePaid': 'subscription billing is not supported',
  'OperationFailed.Ipv6GatewayDisMatchIpv6Address': 'the address and the gateway are in different VPCs',
  'OperationFailed.InternetBandwidthAlreadyExisted': 'the address has Internet bandwidth already',
  'OperationFailed.Ipv6GatewayNotExist': 'the VPC of the address has no IPv6 gateway',
  'IncorrectStatus.Ipv6Instance': 'the address is in an unstable state',
  'IllegalParam.Ipv6Address': 'the address is not valid',
  'UnsupportedFeature.InternetChargeTypeOnFreeIpv6Address': 'the state of the address does not support the billing method',
  'UnsupportedFeature.InternetChargeTypeOnStaticIsp': 'an address of a single ISP does not support the billing method',
  'OperationUnsupported.ULA': 'unique local addresses are not supported',
  'OperationFailed.OpenCdtServiceFirst': 'the billing method needs CDT billing to be enabled',
  'OperationFailed.UpgradeCdtServiceFirst': 'CDT billing has to be upgraded',
  'OperationUnsupported.PrivateGUA': 'private global unicast addresses are not supported',
  'OperationDenied.UnSupportedBindTypeCloudInstance': 'the address is bound to a cloud service that cannot have Internet bandwidth',
  'OperationFailed.QueryAccountInfo': 'the account could not be queried for the order',
  'OperationFailed.SaleValidate': 'the conditions of sale could not be checked',
  'SystemBusy': 'the service is busy',
  'InvalidRegionId.NotFound': 'there is no such region',
  'ResourceNotFound.Ipv6Address': 'the address is not found',
} as const;

/** The code of a documented error. */
export type ApiErrorCode = keyof typeof API_ERRORS;
