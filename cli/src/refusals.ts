import { API_ERRORS, ApiErrorCode } from '../../src/api/error-codes';

/** A refusal of the API, its meaning and its fix. */
export interface Refusal {
  readonly code: string;
  readonly meaning: string;
  readonly wayOut?: string;
  readonly link?: string;
}

const PAGE = 'https://github.com/cdktf-alicloud-ipv6/cdktf-alicloud-ipv6/blob/main/docs/errors.md';

/** The fix in the configuration or the account by code, and the heading of docs/errors.md with details. */
const WAYS_OUT: Readonly<Record<ApiErrorCode, readonly [wayOut: string, heading?: string]>> = {
  'IllegalParam.Bandwidth': ['set bandwidth to a whole number from 1 to 2000, from 1 to 1000 with PayByTraffic'],
  'MissingParam.Ipv6InstanceId': ['set ipv6_address_id to the id of an address'],
  'InvalidIpv6Instance.NotFound': ['check ipv6_address_id, and the region of the provider block'],
  'IllegalParam.ChargeType': ['remove the subscription, which no argument of the provider requests'],
  'IllegalParam.InternetChargeType': ['set internet_charge_type to PayByBandwidth or PayByTraffic'],
  'OperationUnsupported.PrePaid': ['remove the subscription, which no argument of the provider requests'],
  'OperationFailed.Ipv6GatewayDisMatchIpv6Address': ['set ipv6_gateway_id to the gateway of the address\'s own VPC'],
  'OperationFailed.InternetBandwidthAlreadyExisted': ['keep one bandwidth for the address; `alicloud-ipv6 import PLAN` prints how to import the one that exists', 'bandwidth-that-was-bought-elsewhere'],
  'OperationFailed.Ipv6GatewayNotExist': ['create an alicloud_vpc_ipv6_gateway in the address\'s VPC first'],
  'IncorrectStatus.Ipv6Instance': ['wait until the address is Available, and plan again'],
  'IllegalParam.Ipv6Address': ['use a single address of the vSwitch\'s IPv6 block'],
  'UnsupportedFeature.InternetChargeTypeOnFreeIpv6Address': ['use the other internet_charge_type, or another address', 'the-charge-type-does-not-fit-the-address'],
  'UnsupportedFeature.InternetChargeTypeOnStaticIsp': ['use the other internet_charge_type, or an address of another block', 'the-charge-type-does-not-fit-the-address'],
  'OperationUnsupported.ULA': ['use an address of a global block'],
  'OperationFailed.OpenCdtServiceFirst': ['activate CDT in the account\'s console, or use the other internet_charge_type', 'cdt-billing'],
  'OperationFailed.UpgradeCdtServiceFirst': ['upgrade CDT in the account\'s console, or use the other internet_charge_type', 'cdt-billing'],
  'OperationUnsupported.PrivateGUA': ['use an address of a public block', 'private-global-unicast-addresses'],
  'OperationDenied.UnSupportedBindTypeCloudInstance': ['use the address of an ECS instance or a network interface'],
  'OperationFailed.QueryAccountInfo': ['check the account\'s balance and status, and run the command again', 'errors-that-pass'],
  'OperationFailed.SaleValidate': ['check the account\'s balance and status, and run the command again', 'errors-that-pass'],
  'SystemBusy': ['run the command again later', 'errors-that-pass'],
  'InvalidRegionId.NotFound': ['change the region of the provider block'],
  'ResourceNotFound.Ipv6Address': ['check ipv6_address_id, and the region of the provider block'],
};

/** @param said the message of the API, for a code that is not documented for bandwidth */
export function refusalOf(code: string, said = ''): Refusal {
  if (!isDocumented(code)) return { code, meaning: said };
  const [wayOut, heading = 'the-codes'] = WAYS_OUT[code];
  return { code, meaning: API_ERRORS[code], wayOut, link: `${PAGE}#${heading}` };
}

function isDocumented(code: string): code is ApiErrorCode {
  return Object.hasOwn(API_ERRORS, code);
}
