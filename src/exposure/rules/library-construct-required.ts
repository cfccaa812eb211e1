import { BOOLEAN, ExposureRule } from '../rule';

export const libraryConstructRequired: ExposureRule<boolean> = {
  id: 'Ipv6LibraryConstructRequired',
  why: 'A hand-written resource has no plan-time checks: a second bandwidth, a wrong gateway or a changed address fails during apply.',
  setBy: 'libraryConstructRequired',
  defaultLimit: true,
  limitType: BOOLEAN,
  onlyIn: 'program',
  checkBandwidth: ({ isHandWritten }) => !isHandWritten ? undefined : {
    actual: 'a hand-written alicloud_vpc_ipv6_internet_bandwidth',
    limit: 'bandwidth of the library\'s constructs',
    remediation: 'use Ipv6InternetBandwidth, and keep existing bandwidth with resource.moveFromId (docs/moving.md)',
    isUnknown: false,
  },
};
