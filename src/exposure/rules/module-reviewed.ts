import { BOOLEAN, ExposureRule } from '../rule';

export const moduleReviewed: ExposureRule<boolean> = {
  id: 'Ipv6ModuleReviewed',
  why: 'A module can give addresses Internet bandwidth, and the synthesis cannot read its resources.',
  setBy: 'moduleReviewed',
  defaultLimit: true,
  limitType: BOOLEAN,
  onlyIn: 'program',
  checkOpaque: ({ kind }) => kind !== 'module' && kind !== 'file' ? undefined : {
    actual: kind === 'file' ? 'another file that Terraform reads with the stack' : 'a module, whose resources the synthesis cannot read',
    limit: 'resources that the synthesis can read',
    remediation: `search the ${kind} for alicloud_vpc_ipv6_internet_bandwidth`,
    isUnknown: true,
  },
};
