import { BOOLEAN, ExposureRule } from '../exposure-rule';

export const libraryConstructRequired: ExposureRule<'libraryConstructRequired'> = {
  id: 'Ipv6LibraryConstructRequired',
  why: 'A hand-written resource has none of the library\'s checks: a second bandwidth, a wrong gateway or a changed address fails during apply.',
  setBy: 'libraryConstructRequired',
  defaultLimit: true,
  limitType: BOOLEAN,
  checkBandwidth: ({ handWritten }) => {
    if (!handWritten) return undefined;
    return {
      actual: 'a hand-written alicloud_vpc_ipv6_internet_bandwidth',
      limit: 'bandwidth of the library\'s constructs',
      remediation: 'write it as an Ipv6InternetBandwidth; one that exists is kept by resource.moveFromId (docs/moving.md)',
    };
  },
};
