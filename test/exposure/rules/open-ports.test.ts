import { openPorts } from '../../../src/exposure/ports';
import { applied, bandwidthFact, findingsIn, shown } from '../facts';

const https = openPorts([{ subject: 'https', protocol: 'tcp', ports: '443/443', source: '::/0', policy: 'accept', priority: 1 }]);

const find = (differences: object, limit = {}) =>
  shown(findingsIn({ bandwidths: [bandwidthFact({ inbound: 'open', ...differences })] }, [applied('Ipv6OpenPorts', limit)]));

test('an allowed port is compliant, and so is an address that is closed', () => {
  expect(find({ ports: https }, { tcp: [443] })).toEqual([]);
  expect(find({ ports: https, inbound: 'closed' })).toEqual([]);
});

test('a port that is not allowed is non-compliant, and so are unknown ports', () => {
  expect(find({ ports: https })).toEqual([['stack/B', 'tcp 443 from ::/0', false]]);
  expect(find({})).toEqual([['stack/B', 'unknown ports (its security groups are unknown)', true]]);
});

test('the listeners of a load balancer are unknown, and a module has no ports of its own', () => {
  const opaque = (kind: 'load balancer' | 'module') => findingsIn({ opaque: [{ kind, path: 'stack/L', subject: 'stack/L' }] }, [applied('Ipv6OpenPorts', { tcp: [443] })]);
  expect(shown(opaque('load balancer'))).toEqual([['stack/L', 'the ports of its listeners, which are not checked', true]]);
  expect(opaque('module')).toEqual([]);
});
