import { ExposureRule } from './exposure-rule';

export const libraryConstructRequired: ExposureRule = {
  id: 'Ipv6LibraryConstructRequired',
  why: 'A hand-written resource has none of the library\'s checks: a second bandwidth, a wrong gateway or a changed address fails during apply.',
  setBy: 'libraryConstructRequired',
  checkBandwidth: ({ handWritten }, limits) => {
    if (!limits.libraryConstructRequired || !handWritten) return undefined;
    return {
      seen: 'a hand-written alicloud_vpc_ipv6_internet_bandwidth',
      limit: 'bandwidth of the library\'s constructs',
      wayOut: 'write it as an Ipv6InternetBandwidth; one that exists is kept by resource.moveFromId (docs/moving.md)',
    };
  },
};
