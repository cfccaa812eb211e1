// Which security groups filter an address, and what they let in, as far as a plan or a state shows it.
import * as path from 'node:path';
import { BANDWIDTH, bandwidth, change, planWith } from './plans';
import { showPorts } from '../../src/exposure/ports';
import { Places } from '../src/exposure';
import { jsonOf, Plan } from '../src/plan';
import { planExposure } from '../src/plan-exposure';
import { readPlanOrState } from '../src/plan-input';
import { State, stateExposure } from '../src/state';
import { valueSources } from '../src/value-sources';

const PLACES: Places = { placeOf: ({ address }) => ({ path: address, subject: address }) };
const INSTANCE = 'alicloud_instance.web';
const INTERFACE = 'alicloud_ecs_network_interface.web';
const GROUP = 'alicloud_security_group.web';
const RULE = 'alicloud_security_group_rule';
const LOOKUP = 'data.alicloud_vpc_ipv6_addresses.web';

type Values = Readonly<Record<string, unknown>>;

function ingress(group: string | undefined, ports: string, more: Values = {}): Values {
  return { type: 'ingress', security_group_id: group, ip_protocol: 'tcp', port_range: ports, ipv6_cidr_ip: '::/0', cidr_ip: null, policy: 'accept', priority: 1, source_security_group_id: null, ...more };
}

const resource = (address: string, values: Values, more: object = {}) => {
  const [, type, name] = /^(?:data\.)?(\w+)\.(.+)$/.exec(address)!;
  return { address, mode: address.startsWith('data.') ? 'data' : 'managed', type, name, values, ...more };
};

/** What a data source read of an address. */
const lookup = (id: string, instance: string) => resource(LOOKUP, { addresses: [{ id, ipv6_address: '2001:db8::1', associated_instance_id: instance }] });

function stateOf(...resources: object[]): object {
  return { format_version: '1.0', values: { root_module: { resources } } };
}

function ofState(...resources: object[]): string {
  const { rows: [row] } = stateExposure(State.of(jsonOf(JSON.stringify(stateOf(resource(`${BANDWIDTH}.web`, bandwidth('ipv6-web')), ...resources)))), PLACES);
  return showPorts(row.ports!);
}

describe('a state', () => {
  const group = resource(GROUP, { id: 'sg-web' });
  const https = resource(`${RULE}.https`, ingress('sg-web', '443/443'));
  const instance = resource(INSTANCE, { id: 'i-web', security_groups: ['sg-web'] });

  test.each<[string, object[], string]>([
    ['the groups of its instance', [lookup('ipv6-web', 'i-web'), instance, group, https], 'tcp 443 from ::/0'],
    ['the groups of its interface', [lookup('ipv6-web', 'eni-web'), resource(INTERFACE, { id: 'eni-web', security_group_ids: ['sg-web'] }), group, https], 'tcp 443 from ::/0'],
    ['the groups of an interface that its instance lists', [
      lookup('ipv6-web', 'eni-web'), resource(INSTANCE, { id: 'i-web', security_groups: [], network_interfaces: [{ network_interface_id: 'eni-web', security_group_ids: ['sg-web'] }] }), group, https,
    ], 'tcp 443 from ::/0'],
    ['all groups of its instance together', [
      lookup('ipv6-web', 'i-web'), resource(INSTANCE, { id: 'i-web', security_groups: ['sg-web', 'sg-more'] }), group, resource('alicloud_security_group.more', { id: 'sg-more' }), https,
      resource(`${RULE}.ssh`, ingress('sg-more', '22/22')),
    ], 'tcp 22, tcp 443 from ::/0'],
    ['no group of another instance', [lookup('ipv6-web', 'i-web'), resource(INSTANCE, { id: 'i-web', security_groups: ['sg-web'] }), group, resource(`${RULE}.ssh`, ingress('sg-other', '22/22'))], 'no port'],
    ['no rule for IPv4, for egress or for a group', [
      lookup('ipv6-web', 'i-web'), instance, group,
      resource(`${RULE}.a`, ingress('sg-web', '22/22', { ipv6_cidr_ip: '', cidr_ip: '0.0.0.0/0' })),
      resource(`${RULE}.b`, ingress('sg-web', '23/23', { type: 'egress' })),
      resource(`${RULE}.c`, ingress('sg-web', '24/24', { ipv6_cidr_ip: '', source_security_group_id: 'sg-other' })),
    ], 'no port'],
    ['no denial that is tainted', [lookup('ipv6-web', 'i-web'), instance, group, https, resource(`${RULE}.deny`, ingress('sg-web', '443/443', { policy: 'drop' }), { tainted: true })], 'tcp 443 from ::/0'],
    ['a denial', [lookup('ipv6-web', 'i-web'), instance, group, https, resource(`${RULE}.deny`, ingress('sg-web', '443/443', { policy: 'drop' }))], 'no port'],
    ['a prefix list as unknown', [lookup('ipv6-web', 'i-web'), instance, group, resource(`${RULE}.list`, ingress('sg-web', '22/22', { ipv6_cidr_ip: '', prefix_list_id: 'pl-1' }))], `${RULE}.list: its source is unknown`],
    ['nothing without a data source that lists it', [instance, group, https], 'security groups not in this state: no data source of it lists the address'],
    ['nothing without its instance', [lookup('ipv6-web', 'i-web'), group, https], 'security groups not in this state: it belongs to i-web'],
    ['no rules of a group in another place', [lookup('ipv6-web', 'i-web'), instance, https], 'tcp 443 from ::/0; unknown: security groups not in this state (sg-web)'],
    ['no ports of an address without an instance', [lookup('ipv6-web', '')], 'it belongs to no instance, and no security group filters it'],
  ])('shows %s', (_, resources, shown) => {
    expect(ofState(...resources)).toBe(shown);
  });

  test('shows no ports of a closed address', () => {
    const closed = stateOf(resource(`${BANDWIDTH}.web`, bandwidth('ipv6-web')), resource('alicloud_vpc_ipv6_egress_rule.web', { instance_id: 'ipv6-web', instance_type: 'Ipv6Address', ipv6_gateway_id: 'ipv6gw-1' }));
    expect(stateExposure(State.of(jsonOf(JSON.stringify(closed))), PLACES).rows[0].ports).toBeUndefined();
  });
});

describe('a plan whose addresses exist', () => {
  const prior = stateOf(lookup('ipv6-web', 'i-web'));
  const stays = (address: string, values: Values) => change(address, ['no-op'], { before: values, after: values });
  const web = [stays(`${BANDWIDTH}.web`, bandwidth('ipv6-web')), stays(INSTANCE, { id: 'i-web', security_groups: ['sg-web'] }), stays(GROUP, { id: 'sg-web' })];

  function ports(changes: object[], more: object = {}): string {
    const plan = planWith({ changes: [...web, ...changes], complete: true, prior_state: prior, ...more });
    return showPorts(planExposure(Plan.parse(plan), PLACES).rows[0].ports!);
  }

  test.each<[string, object[], string]>([
    ['a rule that it creates', [change(`${RULE}.a`, ['create'], { after: ingress('sg-web', '22/22') })], 'tcp 22 from ::/0'],
    ['no rule that it deletes', [change(`${RULE}.a`, ['delete'], { before: ingress('sg-web', '22/22') })], 'no port'],
    ['a rule that it forgets', [change(`${RULE}.a`, ['forget'], { before: ingress('sg-web', '22/22') })], 'tcp 22 from ::/0'],
    ['a rule as it will be', [change(`${RULE}.a`, ['delete', 'create'], { before: ingress('sg-web', '22/22'), after: ingress('sg-web', '443/443') })], 'tcp 443 from ::/0'],
    ['that a rule has unknown ports', [change(`${RULE}.a`, ['create'], { after: ingress('sg-web', '', { port_range: undefined }) })], `${RULE}.a: its ports are unknown`],
    ['that a rule may be for the group', [change(`${RULE}.a`, ['create'], { after: ingress(undefined, '22/22') })], `the plan does not show which security group ${RULE}.a is for`],
    ['no denial that may be for another group', [
      change(`${RULE}.a`, ['create'], { after: ingress('sg-web', '22/22') }), change(`${RULE}.b`, ['create'], { after: ingress(undefined, '22/22', { policy: 'drop' }) }),
    ], 'tcp 22 from ::/0'],
  ])('shows %s', (_, changes, shown) => {
    expect(ports(changes)).toBe(shown);
  });

  test('shows ports as unknown if it did not read the groups', () => {
    expect(ports([], { complete: false })).toContain('security groups not read by this plan');
    expect(ports([], { prior_state: undefined })).toContain('no data source of it lists the address');
  });

  test('shows ports as unknown for an instance that it replaces', () => {
    const plan = planWith({
      changes: [web[0], change(INSTANCE, ['delete', 'create'], { before: { id: 'i-web', security_groups: ['sg-web'] }, after: { id: undefined, security_groups: ['sg-web'] } }), web[2]], complete: true, prior_state: prior,
    });
    expect(showPorts(planExposure(Plan.parse(plan), PLACES).rows[0].ports!)).toBe(`${INSTANCE} is replaced or deleted`);
  });
});

describe('a plan that creates the instance', () => {
  const LOCALS = {
    'by-id': `\${{ for a in ${LOOKUP}.addresses : a.id => a }}`,
    'by-instance': '${{ for id, a in local.by-id : a.associated_instance_id => id... if try(length(a.associated_instance_id) > 0, false) }}',
    'instance': `\${${INSTANCE}.id}`,
    'address': '${try(one(local.by-instance[local.instance]), "")}',
  };
  const create = (address: string, after: Values) => change(address, ['create'], { after });
  const code = (text: unknown, ...references: string[]) => ({ constant_value: text, references });

  interface Options {
    readonly address?: unknown;
    readonly groups?: unknown;
    readonly ofRule?: unknown;
    readonly locals?: Values;
    readonly ofLookup?: object;
    readonly more?: object[];
  }

  function ports({ address = '${local.address}', groups = [`\${${GROUP}.id}`], ofRule = `\${${GROUP}.id}`, locals = LOCALS, ofLookup = {}, more = [] }: Options = {}): string {
    const written = (at: string, expressions: object, others: object = {}) => ({ address: at, expressions, ...others });
    const expression = (value: unknown) => value === null ? { references: ['local.address'] } : code(value, 'x.y');
    const plan = planWith({
      changes: [
        create(`${BANDWIDTH}.web`, bandwidth(undefined)), create(INSTANCE, { id: undefined, security_groups: undefined }), create(GROUP, { id: undefined }),
        create(`${RULE}.https`, ingress(undefined, '443/443')), ...more,
      ],
      configuration: {
        root_module: {
          resources: [
            written(`${BANDWIDTH}.web`, { ipv6_address_id: expression(address) }),
            written(INSTANCE, { security_groups: expression(groups) }),
            written(GROUP, {}),
            written(`${RULE}.https`, { security_group_id: expression(ofRule) }),
            written(LOOKUP, { associated_instance_id: code(`\${${INSTANCE}.id}`, `${INSTANCE}.id`, INSTANCE) }, ofLookup),
          ],
        },
      },
    });
    return showPorts(planExposure(Plan.parse(plan), PLACES, locals).rows[0].ports!);
  }

  const UNSHOWN = 'the plan does not show which instance the address is of: check the state after the apply';

  test('shows its ports, if the text shows that the address belongs to the instance', () => {
    expect(ports()).toBe('tcp 443 from ::/0');
    expect(ports({ address: `\${${LOOKUP}.addresses[0].id}` })).toBe('tcp 443 from ::/0');
  });

  test.each<[string, Options, string]>([
    ['in HCL, where a plan shows only references', { address: null }, UNSHOWN],
    ['if its text is not available', { locals: {} }, UNSHOWN],
    ['if its text has an id', { locals: { ...LOCALS, address: `\${${LOOKUP}.addresses[0].id == "" ? "ipv6-other" : ${LOOKUP}.addresses[0].id}` } }, UNSHOWN],
    ['if its text reads a variable', { address: `\${coalesce(var.id, ${LOOKUP}.addresses[0].id)}` }, UNSHOWN],
    ['if its text reads a tag', { address: `\${coalesce(${INSTANCE}.tags, ${LOOKUP}.addresses[0].id)}` }, UNSHOWN],
    ['if two data sources list it', { address: `\${coalesce(data.alicloud_vpc_ipv6_addresses.other.addresses[0].id, ${LOOKUP}.addresses[0].id)}` }, UNSHOWN],
    ['if the data source is repeated', { ofLookup: { count_expression: { constant_value: 2 } } }, UNSHOWN],
    ['if its groups are computed', { groups: '${local.groups}' }, `the plan does not show the security groups of ${INSTANCE}: check the state after the apply`],
    ['of a group that another module has', { groups: ['${module.network.group}'] }, `the plan does not show the security groups of ${INSTANCE}: check the state after the apply`],
    ['of a rule whose group is computed', { ofRule: '${local.group}' }, `the plan does not show which security group ${RULE}.https is for`],
  ])('shows nothing %s', (_, options, shown) => {
    expect(ports(options)).toBe(shown);
  });
});

test.each(['plan', 'state'])('the %s of a network that Terraform makes from nothing shows the ports of its web server', async (name) => {
  const { content, locals } = await readPlanOrState(path.join(__dirname, 'plans/new-network', `${name}.json`));
  const { rows } = content instanceof State ? stateExposure(content, PLACES) : planExposure(content, PLACES, locals);
  expect(rows.map(({ after, ports }) => [after, ports && showPorts(ports)])).toEqual([['open', 'tcp 443, icmpv6 from ::/0'], ['closed', undefined]]);
});

test.each<[string, unknown, string[] | undefined]>([
  ['a reference', '${data.a_b.c.id}', ['data.a_b.c']],
  ['an id', '${alicloud_instance.a.id}', ['alicloud_instance.a']],
  ['an instance by its key', '${alicloud_instance.a["x"].id}', undefined],
  ['another attribute', '${alicloud_instance.a.tags}', undefined],
  ['a literal', 'ipv6-a', undefined],
  ['a template', 'x${data.a_b.c.id}', undefined],
  ['two expressions', '${data.a_b.c.id}${data.a_b.d.id}', undefined],
  ['a heredoc', '${<<E\nipv6-a\nE\n}', undefined],
  ['a local that refers to itself', '${local.self}', []],
  ['a local that is not available', '${local.other}', undefined],
  ['no text', 5, undefined],
])('the sources of %s', (_, text, sources) => {
  expect(valueSources(text, { self: '${local.self}' })).toEqual(sources);
});
