/**
 * The documented errors of AllocateIpv6InternetBandwidth that the messages of the library name.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-allocateipv6internetbandwidth
 */
export const API_ERRORS = {
  'IllegalParam.Bandwidth': { http: 400, description: 'the bandwidth is out of range' },
  'MissingParam.Ipv6InstanceId': { http: 400, description: 'the request names no address' },
  'InvalidIpv6Instance.NotFound': { http: 400, description: 'the address or the bandwidth is not found' },
  'IllegalParam.ChargeType': { http: 400, description: 'the charge type is not valid' },
  'IllegalParam.InternetChargeType': { http: 400, description: 'the Internet charge type is not valid' },
  'OperationUnsupported.PrePaid': { http: 400, description: 'subscription billing is not supported' },
  'OperationFailed.Ipv6GatewayDisMatchIpv6Address': { http: 400, description: 'the address and the gateway are in different VPCs' },
  'OperationFailed.InternetBandwidthAlreadyExisted': { http: 400, description: 'the address has Internet bandwidth already' },
  'OperationFailed.Ipv6GatewayNotExist': { http: 400, description: 'the VPC of the address has no IPv6 gateway' },
  'IncorrectStatus.Ipv6Instance': { http: 400, description: 'the address is in an unstable state' },
  'IllegalParam.Ipv6Address': { http: 400, description: 'the address is not valid' },
  'UnsupportedFeature.InternetChargeTypeOnFreeIpv6Address': { http: 400, description: 'the state of the address does not support the billing method' },
  'UnsupportedFeature.InternetChargeTypeOnStaticIsp': { http: 400, description: 'an address of a single ISP does not support the billing method' },
  'OperationUnsupported.ULA': { http: 400, description: 'unique local addresses are not supported' },
  'OperationFailed.OpenCdtServiceFirst': { http: 400, description: 'the billing method needs CDT billing to be enabled' },
  'OperationFailed.UpgradeCdtServiceFirst': { http: 400, description: 'CDT billing has to be upgraded' },
  'OperationUnsupported.PrivateGUA': { http: 400, description: 'private global unicast addresses are not supported' },
  'OperationDenied.UnSupportedBindTypeCloudInstance': { http: 400, description: 'the address is bound to a cloud service that cannot have Internet bandwidth' },
  'OperationFailed.QueryAccountInfo': { http: 500, description: 'the account could not be queried for the order' },
  'OperationFailed.SaleValidate': { http: 500, description: 'the conditions of sale could not be checked' },
  'SystemBusy': { http: 500, description: 'the service is busy' },
  'InvalidRegionId.NotFound': { http: 404, description: 'there is no such region' },
  'ResourceNotFound.Ipv6Address': { http: 404, description: 'the address is not found' },
} as const;

/** The code of a documented error. */
export type ApiErrorCode = keyof typeof API_ERRORS;
