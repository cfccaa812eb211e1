import { applied, bandwidthFact, findingsIn, shown } from '../facts';

test.each([[undefined, 0], [false, 0], [true, 1]])('a bandwidth whose isHandWritten is %s has %d findings', (isHandWritten, findings) => {
  expect(shown(findingsIn({ bandwidths: [bandwidthFact({ isHandWritten })] }, [applied('Ipv6LibraryConstructRequired', true)])))
    .toEqual(Array(findings).fill(['stack/B', 'a hand-written alicloud_vpc_ipv6_internet_bandwidth', false]));
});
