import { BOOLEAN, ExposureRule } from '../exposure-rule';

export const moduleReviewed: ExposureRule<'moduleReviewed'> = {
  id: 'Ipv6ModuleReviewed',
  why: 'A module can give addresses Internet bandwidth, and the synthesis cannot read what is in it.',
  setBy: 'moduleReviewed',
  defaultLimit: true,
  limitType: BOOLEAN,
  checkModule: () => ({
    actual: 'a module, whose resources the synthesis cannot read',
    limit: 'what the synthesis can read',
    remediation: 'look into the module for alicloud_vpc_ipv6_internet_bandwidth',
  }),
};
