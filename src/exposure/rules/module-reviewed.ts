import { BOOLEAN, ExposureRule } from '../exposure-rule';

export const moduleReviewed: ExposureRule<'moduleReviewed'> = {
  id: 'Ipv6ModuleReviewed',
  why: 'A module can give addresses Internet bandwidth, and the synthesis cannot read what is in it.',
  setBy: 'moduleReviewed',
  defaultLimit: true,
  limitType: BOOLEAN,
  checkModule: ({ what }) => ({
    actual: what === 'file' ? 'a file beside the synthesized one, which Terraform reads too' : 'a module, whose resources the synthesis cannot read',
    limit: 'what the synthesis can read',
    remediation: `look into the ${what} for alicloud_vpc_ipv6_internet_bandwidth`,
  }),
};
