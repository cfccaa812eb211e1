import * as fc from 'fast-check';
import { IngressRule, openPorts, portsBeyond, Ports, showOpenings, showPorts } from '../../src/exposure/ports';
import { ALLOWED_PORTS, AllowedPorts, openPortsAllowed } from '../../src/exposure/rules/open-ports';

const rule = (protocol: string, ports: string, source = '::/0', more: Partial<IngressRule> = {}): IngressRule =>
  ({ subject: `${protocol} ${ports}`, protocol, ports, source, policy: 'accept', priority: 1, ...more });
const drop = (protocol: string, ports: string, source = '::/0', priority = 1) => rule(protocol, ports, source, { policy: 'drop', priority });

describe('the rules of security groups let in', () => {
  test.each<[string, IngressRule[], string]>([
    ['nothing without a rule', [], 'no port'],
    ['what is accepted', [rule('tcp', '443/443'), rule('icmpv6', '-1/-1')], 'tcp 443, icmpv6 from ::/0'],
    ['ranges that touch as one', [rule('tcp', '80/90'), rule('tcp', '91/100')], 'tcp 80-100 from ::/0'],
    ['everything', [rule('all', '-1/-1')], 'everything from ::/0'],
    ['all ports of a protocol', [rule('udp', '-1/-1')], 'udp 1-65535 from ::/0'],
    ['other senders', [rule('tcp', '22/22', '2001:db8::/32'), rule('tcp', '443/443')], 'tcp 22 from 2001:db8::/32; tcp 443 from ::/0'],
    ['one sender only once', [rule('tcp', '22/22', '2001:db8::/32'), rule('tcp', '22/22')], 'tcp 22 from ::/0'],
    ['nothing that is denied at the same priority', [rule('tcp', '22/22'), drop('tcp', '22/22')], 'no port'],
    ['nothing that is denied at a higher priority', [rule('tcp', '22/22', '::/0', { priority: 2 }), drop('all', '-1/-1')], 'no port'],
    ['ports that are denied at a lower priority', [rule('tcp', '22/22'), drop('tcp', '22/22', '::/0', 2)], 'tcp 22 from ::/0'],
    ['the ports outside of a denied range', [rule('tcp', '1/100'), drop('tcp', '20/30')], 'tcp 1-19, tcp 31-100 from ::/0'],
    ['the senders outside of a denied block', [rule('tcp', '22/22'), drop('tcp', '22/22', '2001:db8::/32')], 'tcp 22 from ::/0 without 2001:db8::/32'],
    ['nothing if two denied blocks are all senders', [rule('tcp', '22/22'), drop('tcp', '22/22', '::/1'), drop('tcp', '22/22', '8000::/1')], 'no port'],
    ['nothing of TCP if UDP is accepted', [rule('udp', '53/53')], 'udp 53 from ::/0'],
    ['a single address', [rule('tcp', '22/22', '2001:db8::1')], 'tcp 22 from 2001:db8::1'],
    ['all protocols except the denied one', [rule('all', '-1/-1', '::/0', { priority: 2 }), drop('tcp', '-1/-1')], 'udp 1-65535, icmpv6, other protocols from ::/0'],
  ])('%s', (_, rules, shown) => {
    expect(showPorts(openPorts(rules))).toBe(shown);
  });

  test.each<[string, Partial<IngressRule>, string]>([
    ['its protocol', { protocol: undefined }, 'its protocol is unknown'],
    ['its ports', { ports: undefined }, 'its ports are unknown'],
    ['ports that are not a range', { ports: '443' }, 'its ports 443 are no range'],
    ['ports that TCP does not have', { ports: '0/70000' }, 'its ports 0/70000 are no range'],
    ['its source', { source: undefined }, 'its source is unknown'],
    ['a source that is not a block', { source: '2001:db8::/129' }, 'its source 2001:db8::/129 is no IPv6 block'],
    ['its policy', { policy: undefined }, 'its policy is unknown'],
    ['its priority', { priority: undefined }, 'its priority is unknown'],
  ])('unknown ports, if a rule has an unknown %s', (_, unknown, reason) => {
    expect(openPorts([rule('tcp', '443/443', '::/0', unknown)])).toEqual({ openings: [], unknown: [`tcp 443/443: ${reason}`] });
    // A rule that denies and has an unknown value denies nothing.
    const denies = { policy: 'drop', ...unknown };
    if (denies.policy) expect(showPorts(openPorts([rule('tcp', '22/22'), rule('tcp', '22/22', '::/0', denies)]))).toBe('tcp 22 from ::/0');
  });

  test('the senders that a partial denial does not match', () => {
    expect(showPorts(openPorts([rule('tcp', '22/22'), rule('tcp', '22/22', '::/0', { policy: 'drop', isPartial: true })]))).toBe('tcp 22 from ::/0');
  });
});

// ---- against a direct reading of the rules

interface Packet {
  readonly protocol: string;
  readonly port: number;
  readonly sender: string;
}

/** Senders, with the blocks among those below that have them. */
const SENDERS: Readonly<Record<string, readonly string[]>> = {
  '4000::1': ['::/0'],
  '2a00::1': ['::/0', '2000::/3'],
  '2001:db8:1::1': ['::/0', '2000::/3', '2001:db8::/32', '2001:db8:1::/48'],
  '2001:db8:2::1': ['::/0', '2000::/3', '2001:db8::/32'],
};

/** As the documentation has it: sorted by priority, what denies first; the first rule that matches decides. */
function isLetIn(rules: readonly IngressRule[], { protocol, port, sender }: Packet): boolean {
  const sorted = [...rules].sort((one, other) => one.priority! - other.priority! || (one.policy === 'drop' ? -1 : 1));
  const matching = sorted.find((each) => {
    const [from, to] = each.ports!.split('/').map(Number);
    return (each.protocol === 'all' || each.protocol === protocol) && (from === -1 || (from <= port && port <= to)) && SENDERS[sender].includes(each.source!);
  });
  return matching?.policy === 'accept';
}

function isOpen({ openings }: Ports, { protocol, port, sender }: Packet): boolean {
  const name = openings.some((opening) => opening.protocol === protocol) || ['tcp', 'udp', 'icmpv6'].includes(protocol) ? protocol : 'other';
  return openings.some((opening) => opening.protocol === name && (opening.from === -1 || (opening.from <= port && port <= opening.to))
    && opening.sources.some(({ prefix, except }) => SENDERS[sender].includes(prefix) && !except.some((block) => SENDERS[sender].includes(block))));
}

const ranges = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 30 })).map(([from, more]) => `${from}/${from + more}`);
const rules = fc.array(fc.record({
  protocol: fc.constantFrom('tcp', 'udp', 'icmpv6', 'all'),
  ports: fc.oneof(ranges, fc.constant('-1/-1')),
  source: fc.constantFrom('::/0', '2000::/3', '2001:db8::/32', '2001:db8:1::/48'),
  policy: fc.constantFrom('accept', 'accept', 'drop'),
  priority: fc.integer({ min: 1, max: 4 }),
}), { maxLength: 8 }).map((drawn): IngressRule[] => drawn.map((each) =>
  ({ subject: 'rule', ...each, ports: ['tcp', 'udp'].includes(each.protocol) ? each.ports : '-1/-1' })));
const packets = ['tcp', 'udp', 'icmpv6', 'sctp'].flatMap((protocol) => Object.keys(SENDERS).flatMap((sender) =>
  (['tcp', 'udp'].includes(protocol) ? [...Array.from({ length: 92 }, (_, i) => i + 1), 65_535] : [-1]).map((port): Packet => ({ protocol, port, sender }))));

test('a packet is let in exactly if the first rule that matches it accepts it', () => {
  fc.assert(fc.property(rules, (drawn) => {
    const ports = openPorts(drawn);
    expect(packets.filter((packet) => isOpen(ports, packet) !== isLetIn(drawn, packet))).toEqual([]);
  }), { numRuns: 500 });
});

test('the difference of two sets of rules has exactly the packets that only the first one lets in', () => {
  fc.assert(fc.property(rules, rules, (drawn, known) => {
    const beyond = portsBeyond(openPorts(drawn), openPorts(known));
    const more = packets.filter((packet) => isLetIn(drawn, packet) && !isLetIn(known, packet));
    // A source that is new in part is shown as a whole.
    expect(more.filter((packet) => !isOpen(beyond, packet))).toEqual([]);
    expect(packets.filter((packet) => isOpen(beyond, packet) && !isLetIn(drawn, packet))).toEqual([]);
    if (more.length === 0) expect(showOpenings(beyond.openings)).toBe('no port');
  }), { numRuns: 500 });
});

test('Ipv6OpenPorts finds exactly the ports that more senders reach than a narrow prefix has', () => {
  const allowed = fc.record({ tcp: fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 5 }), udp: fc.constant([]), icmpv6: fc.boolean() });
  fc.assert(fc.property(rules, allowed, (drawn, limit) => {
    const wide = packets.filter(({ sender }) => sender !== '2001:db8:1::1');
    const isAllowed = ({ protocol, port }: Packet) => (protocol === 'tcp' && limit.tcp.includes(port)) || (protocol === 'icmpv6' && limit.icmpv6);
    const isExpected = wide.some((packet) => !isAllowed(packet) && isLetIn(drawn, packet));
    expect(violation(openPorts(drawn), limit) !== undefined).toBe(isExpected);
  }), { numRuns: 500 });
});

function violation(ports: Ports | undefined, limit: AllowedPorts, inbound: 'open' | 'closed' | 'unproven' = 'open') {
  return openPortsAllowed.checkBandwidth!({ path: 'web', subject: 'web', inbound, ports }, limit);
}

describe('Ipv6OpenPorts', () => {
  test('shows only the ports that are not allowed', () => {
    const ports = openPorts([rule('tcp', '443/443'), rule('tcp', '20/22'), rule('icmpv6', '-1/-1'), rule('tcp', '8080/8080', '2001:db8:1::/48')]);
    expect(violation(ports, { tcp: [443, 21], icmpv6: true })).toMatchObject({
      actual: 'tcp 20, tcp 22 from ::/0', limit: 'tcp 443, tcp 21, icmpv6 from a prefix shorter than /48', isUnknown: false,
    });
    expect(violation(ports, { tcp: [443, 20, 21, 22], icmpv6: true })).toBeUndefined();
    expect(violation(ports, { tcp: [443, 20, 21, 22] })?.actual).toBe('icmpv6 from ::/0');
  });

  test('accepts a prefix length from which senders may reach any port', () => {
    const ports = openPorts([rule('tcp', '22/22', '2001:db8:1::/48')]);
    expect(violation(ports, {})).toBeUndefined();
    expect(violation(ports, { narrowPrefixLength: 64 })?.actual).toBe('tcp 22 from 2001:db8:1::/48');
  });

  test('counts unknown ports as open', () => {
    expect(violation({ openings: [], unknown: ['security groups not in this plan'] }, { tcp: [443] })).toMatchObject({ actual: 'unknown ports (security groups not in this plan)', isUnknown: true });
    expect(violation(undefined, {})).toMatchObject({ isUnknown: true });
    expect(violation(undefined, {}, 'closed')).toBeUndefined();
    expect(violation(openPorts([rule('tcp', '22/22')]), {}, 'unproven')).toMatchObject({ isUnknown: true });
  });

  test.each<[unknown, boolean]>([
    [{ tcp: [443], udp: [], icmpv6: true }, true],
    [{}, true],
    [{ narrowPrefixLength: 128 }, true],
    [{ narrowPrefixLength: 0 }, false],
    [{ tcp: [0] }, false],
    [{ tcp: [65_536] }, false],
    [{ tcp: ['443'] }, false],
    [{ icmp: true }, false],
    [{ icmpv6: 1 }, false],
    [true, false],
    [[443], false],
    [null, false],
  ])('accepts the limit %j: %s', (limit, isAccepted) => {
    expect(ALLOWED_PORTS.accepts(limit)).toBe(isAccepted);
  });
});
