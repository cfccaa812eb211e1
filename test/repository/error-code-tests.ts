/** The tests that show where each error code of the API is stopped, by their file and title; docs/errors.md says it to users. */
export const TESTS_OF_ERROR_CODES: Record<string, readonly [file: string, title: string][]> = {
  'IllegalParam.Bandwidth': [
    ['test/checks/synth.test.ts', 'a bandwidth out of range is refused at once'],
    ['test/checks/conditions.test.ts', 'a bandwidth of 2001 is refused, paid by bandwidth'],
  ],
  'MissingParam.Ipv6InstanceId': [
    ['test/checks/synth.test.ts', 'a bandwidth without an address is refused at once'],
  ],
  'InvalidIpv6Instance.NotFound': [
    ['test/checks/conditions.test.ts', 'an address that is not in the region is refused'],
    ['test/e2e/replacement.e2e.ts', 'a changed address replaces only its own bandwidth and rule, and destroys the old ones first'],
    ['test/e2e/over-time/records.e2e.ts', 'of a hand-written bandwidth that is moved'],
  ],
  'IllegalParam.ChargeType': [
    ['test/checks/synth.test.ts', 'no argument can ask for a subscription'],
    ['test/e2e/errors.e2e.ts', 'no request asks for a subscription'],
  ],
  'IllegalParam.InternetChargeType': [
    ['test/checks/synth.test.ts', 'an unknown charge type is refused at once'],
    ['test/checks/conditions.test.ts', 'a charge type that the provider does not take is refused'],
  ],
  'OperationUnsupported.PrePaid': [
    ['test/checks/synth.test.ts', 'no argument can ask for a subscription'],
    ['test/e2e/errors.e2e.ts', 'no request asks for a subscription'],
  ],
  'OperationFailed.Ipv6GatewayDisMatchIpv6Address': [
    ['test/checks/synth.test.ts', 'a gateway of another VPC is refused at once'],
    ['test/checks/conditions.test.ts', 'a gateway of another VPC is refused'],
  ],
  'OperationFailed.InternetBandwidthAlreadyExisted': [
    ['test/checks/synth.test.ts', 'a second bandwidth for an address is refused at once'],
    ['test/checks/conditions.test.ts', 'two lookups that find the same address are refused'],
  ],
  'OperationFailed.Ipv6GatewayNotExist': [
    ['test/checks/synth.test.ts', 'an address that is not looked up and has no gateway is refused at once'],
    ['test/checks/conditions.test.ts', 'an address whose VPC has no gateway is refused'],
  ],
  'IncorrectStatus.Ipv6Instance': [
    ['test/checks/conditions.test.ts', 'an address that is Pending is refused'],
  ],
  'IllegalParam.Ipv6Address': [
    ['test/checks/synth.test.ts', 'a literal that is not a public address is refused at once'],
    ['test/checks/conditions.test.ts', 'a prefix is refused'],
  ],
  'UnsupportedFeature.InternetChargeTypeOnFreeIpv6Address': [
    ['cli/test/preflight.test.ts', '%s is reported before the first write, with its meaning, the fix and a link'],
  ],
  'UnsupportedFeature.InternetChargeTypeOnStaticIsp': [
    ['cli/test/preflight.test.ts', '%s is reported before the first write, with its meaning, the fix and a link'],
  ],
  'OperationUnsupported.ULA': [
    ['test/checks/synth.test.ts', 'a literal that is not a public address is refused at once'],
    ['test/checks/conditions.test.ts', 'a unique local address is refused'],
  ],
  'OperationFailed.OpenCdtServiceFirst': [
    ['cli/test/preflight.test.ts', '%s is reported before the first write, with its meaning, the fix and a link'],
  ],
  'OperationFailed.UpgradeCdtServiceFirst': [
    ['cli/test/preflight.test.ts', '%s is reported before the first write, with its meaning, the fix and a link'],
  ],
  'OperationUnsupported.PrivateGUA': [
    ['cli/test/preflight.test.ts', '%s is reported before the first write, with its meaning, the fix and a link'],
  ],
  'OperationDenied.UnSupportedBindTypeCloudInstance': [
    ['test/checks/conditions.test.ts', 'the address of a load balancer is refused'],
  ],
  'OperationFailed.QueryAccountInfo': [
    ['cli/test/preflight.test.ts', '%s is reported before the first write, with its meaning, the fix and a link'],
    ['test/e2e/errors.e2e.ts', 'the provider retries %s'],
  ],
  'OperationFailed.SaleValidate': [
    ['cli/test/preflight.test.ts', '%s is reported before the first write, with its meaning, the fix and a link'],
    ['test/e2e/errors.e2e.ts', 'the provider retries %s'],
  ],
  'SystemBusy': [
    ['test/e2e/errors.e2e.ts', 'the provider retries %s'],
  ],
  'InvalidRegionId.NotFound': [
    ['test/e2e/errors.e2e.ts', 'an unknown region fails the plan'],
  ],
  'ResourceNotFound.Ipv6Address': [
    ['test/checks/conditions.test.ts', 'an address that is not in its VPC is refused'],
    ['test/checks/conditions.test.ts', 'an instance without an IPv6 address is refused'],
  ],
};
