import { App, TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import { Found, ProviderFreePlan } from './provider-free-plan';
import {
  InternetChargeType, Ipv6Address, Ipv6Addresses, Ipv6AddressLookup, Ipv6Gateway, Ipv6InternetBandwidth,
  Ipv6InternetBandwidthProps, Ipv6InternetBandwidths, Ipv6InternetBandwidthsProps,
} from '../../src';

const plan = new ProviderFreePlan();
const evaluated = ProviderFreePlan.terraform ? test : test.skip;
if (!ProviderFreePlan.terraform) {
  process.stderr.write('skipped: the conditions of a plan as Terraform evaluates them; no Terraform is at hand (TERRAFORM_BINARY_NAME names one)\n');
}

type Build = (stack: TerraformStack) => void;
const synthesized: Array<[title: string, stack: string]> = [];

/** A stack that must be planned without a word. */
function passes(title: string, found: Found, build: Build, members: string[] = []) {
  const verdict = evaluation(title, found, build);
  evaluated(title, async () => {
    const { members: planned, ...others } = await verdict();
    expect({ ...others, members: planned.sort() }).toEqual({ refusals: [], errors: [], unplanned: [], members });
  }, 120_000);
}

/** A stack of which Terraform must say just this. */
function refuses(title: string, found: Found, build: Build, ...messages: string[]) {
  const verdict = evaluation(title, found, build);
  evaluated(title, async () => {
    const { refusals, errors } = await verdict();
    const lines = (texts: string[]) => texts.flatMap((text) => text.split('\n')).sort();
    expect({ refusals: lines(refusals), errors }).toEqual({ refusals: lines(messages), errors: [] });
  }, 120_000);
}

function evaluation(title: string, found: Found, build: Build) {
  const stack = new TerraformStack(new App(), 'net');
  build(stack);
  const text = Testing.synth(stack);
  synthesized.push([title, text]);
  return plan.add(text, found);
}

/** An address of a server, as the provider lists it: nothing stands against it. */
function listed(differences: object = {}) {
  return {
    associated_instance_id: 'i-web',
    associated_instance_type: 'EcsInstance',
    create_time: '2024-05-06T07:08:09Z',
    id: 'ipv6-web',
    ipv6_address: '2408:4005:3c5:6e00:1c4f:9ac2:a1c5:b1d4',
    ipv6_address_id: 'ipv6-web',
    ipv6_address_name: '',
    ipv6_gateway_id: 'ipv6gw-a',
    network_type: 'Private',
    status: 'Available',
    vpc_id: 'vpc-a',
    vswitch_id: 'vsw-a',
    ...differences,
  };
}

const WEB = { addresses: [listed()] };
const UNASSOCIATED = { addresses: [listed({ associated_instance_id: '', associated_instance_type: '' })] };

function web(differences: object): Found {
  return { addresses: [listed(differences), listed({ id: 'ipv6-other', associated_instance_id: 'i-other', ipv6_address: '2408:4005:3c5:6e00::2' })] };
}

/** Bandwidth for the address of a server. */
function bandwidth(props: Partial<Ipv6InternetBandwidthProps> = {}): Build {
  return (stack) => {
    new Ipv6InternetBandwidth(stack, 'Web', {
      ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-web', { vpcId: 'vpc-a' }),
      bandwidth: 10,
      egressOnly: false,
      ...props,
    });
  };
}

/** Bandwidth whose props need the stack. */
function bandwidthWith(props: (stack: TerraformStack) => Partial<Ipv6InternetBandwidthProps>): Build {
  return (stack) => bandwidth(props(stack))(stack);
}

function variable(stack: TerraformStack, value: unknown, type = 'string'): { readonly stringValue: string; readonly numberValue: number } {
  if (value === null) return { stringValue: '${null}', numberValue: Token.asNumber('${null}') };
  return new TerraformVariable(stack, 'given', { type, default: value });
}

/** Something that the stack creates itself: its id is not known at plan. */
function createdId(stack: TerraformStack): string {
  stack.addOverride('resource.terraform_data.created', {});
  return '${terraform_data.created.id}';
}

describe('the address', () => {
  passes('an address that is found passes', WEB, bandwidth());

  passes('an address whose id is a token passes', WEB, bandwidthWith((stack) => ({
    ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Token', variable(stack, 'ipv6-web').stringValue),
  })));

  refuses(
    'an address that is not in its VPC is refused', web({ vpc_id: 'vpc-b' }), bandwidth(),
    'net/Web: no address ipv6-web in vpc-a (ResourceNotFound.Ipv6Address): check the ids and the provider\'s region, or assign an address; pass what this stack creates as a construct',
  );

  refuses(
    'an address that is not in the region is refused', web({ id: 'ipv6-web2' }), bandwidthWith((stack) => ({
      ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Token', variable(stack, 'ipv6-web').stringValue),
    })),
    'net/Web: no address ipv6-web in the region (ResourceNotFound.Ipv6Address): check the ids and the provider\'s region, or assign an address; pass what this stack creates as a construct',
  );

  refuses(
    'an address is refused where a VPC has none at all', {}, bandwidth(),
    'net/Web: no address ipv6-web in vpc-a (ResourceNotFound.Ipv6Address): check the ids and the provider\'s region, or assign an address; pass what this stack creates as a construct',
  );

  refuses(
    'an address whose id turns out to be null is refused', WEB, bandwidthWith((stack) => ({
      ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Token', variable(stack, null).stringValue),
    })),
    'net/Web: no address null in the region (ResourceNotFound.Ipv6Address): check the ids and the provider\'s region, or assign an address; pass what this stack creates as a construct',
  );

  refuses(
    'an address that is Pending is refused', web({ status: 'Pending' }), bandwidth(),
    'net/Web: the address ipv6-web is Pending, not Available (IncorrectStatus.Ipv6Instance): plan again when it is Available',
  );

  passes('an address that has become Public through its bandwidth passes', web({ network_type: 'Public' }), bandwidth({ egressOnly: true }));

  refuses(
    'a unique local address is refused', web({ ipv6_address: 'fd12:3456:789a:1::1' }), bandwidth(),
    'net/Web: fd12:3456:789a:1::1 is a unique local address, fc00::/7 (OperationUnsupported.ULA): use a global address',
  );

  refuses(
    'a unique local address in capitals is refused', web({ ipv6_address: 'FC00:0:0:0:0:0:0:1' }), bandwidth(),
    'net/Web: FC00:0:0:0:0:0:0:1 is a unique local address, fc00::/7 (OperationUnsupported.ULA): use a global address',
  );

  passes('a global address with fc00 further on passes', web({ ipv6_address: '2408:fc00:fd00::fc' }), bandwidth());

  refuses(
    'a prefix is refused', web({ ipv6_address: '2408:4005:3c5:6e01::/80' }), bandwidth(),
    'net/Web: 2408:4005:3c5:6e01::/80 is a prefix, not an address (IllegalParam.Ipv6Address): use a single address',
  );

  refuses(
    'all that stands against an address is said at once',
    web({ status: 'Pending', ipv6_address: 'fd00::/80', associated_instance_id: 'nlb-a', associated_instance_type: 'NlbInstance', ipv6_gateway_id: '' }),
    bandwidth(),
    'net/Web: the address ipv6-web is Pending, not Available (IncorrectStatus.Ipv6Instance): plan again when it is Available',
    'net/Web: fd00::/80 is a unique local address, fc00::/7 (OperationUnsupported.ULA): use a global address',
    'net/Web: fd00::/80 is a prefix, not an address (IllegalParam.Ipv6Address): use a single address',
    'net/Web: the address ipv6-web is bound to nlb-a, NlbInstance (OperationDenied.UnSupportedBindTypeCloudInstance): use the address of an instance or interface, or name the type in supportedBindTypes',
    'net/Web: vpc-a, the VPC of ipv6-web, has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create an Ipv6Gateway, and pass it as ipv6Gateway',
  );

  passes('what stands against another address of the VPC does not matter', {
    addresses: [listed(), listed({ id: 'ipv6-other', status: 'Pending', ipv6_address: 'fd00::1', ipv6_gateway_id: '' })],
  }, bandwidth());

  refuses(
    'each bandwidth is refused for its own address', {
      addresses: [listed({ status: 'Pending' }), listed({ id: 'ipv6-db', ipv6_address: 'fd00::1' }), listed({ id: 'ipv6-mail' })],
    },
    (stack) => {
      for (const id of ['web', 'db', 'mail']) {
        const ipv6Address = Ipv6Address.fromIpv6AddressId(stack, `Address-${id}`, `ipv6-${id}`, { vpcId: 'vpc-a' });
        new Ipv6InternetBandwidth(stack, id, { ipv6Address, bandwidth: 1, egressOnly: false });
      }
    },
    'net/db: fd00::1 is a unique local address, fc00::/7 (OperationUnsupported.ULA): use a global address',
    'net/web: the address ipv6-web is Pending, not Available (IncorrectStatus.Ipv6Instance): plan again when it is Available',
  );

  const many = Array.from({ length: 23 }, (_, i) => `ipv6-${String(i).padStart(2, '0')}`);
  refuses(
    'a fleet without a gateway is refused by one message, which names the first twenty',
    { addresses: many.map((id) => listed({ id, ipv6_gateway_id: '' })) },
    (stack) => {
      for (const id of many) {
        const ipv6Address = Ipv6Address.fromIpv6AddressId(stack, `Address-${id}`, id, { vpcId: 'vpc-a' });
        new Ipv6InternetBandwidth(stack, id, { ipv6Address, bandwidth: 1, egressOnly: false });
      }
    },
    [
      ...many.slice(0, 20).map((id) => `net/${id}: vpc-a, the VPC of ${id}, has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create an Ipv6Gateway, and pass it as ipv6Gateway`),
      'and more',
    ].join('\n'),
  );

  refuses(
    'a path that reads like a template is shown as it is', web({ status: 'Pending' }), (stack) => {
      new Ipv6InternetBandwidth(stack, 'Web ${a} %{b}', {
        ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-web', { vpcId: 'vpc-a' }),
        bandwidth: 1,
        egressOnly: false,
      });
    },
    'net/Web ${a} %{b}: the address ipv6-web is Pending, not Available (IncorrectStatus.Ipv6Instance): plan again when it is Available',
  );
});

describe('the type of the instance of an address', () => {
  passes('the address of a network interface passes', web({ associated_instance_id: 'eni-a', associated_instance_type: 'NetworkInterface' }), bandwidth());

  passes('an unassociated address passes', UNASSOCIATED, bandwidth());

  refuses(
    'the address of a load balancer is refused', web({ associated_instance_id: 'nlb-a', associated_instance_type: 'NlbInstance' }), bandwidth(),
    'net/Web: the address ipv6-web is bound to nlb-a, NlbInstance (OperationDenied.UnSupportedBindTypeCloudInstance): use the address of an instance or interface, or name the type in supportedBindTypes',
  );

  passes(
    'supportedBindTypes lets a kind pass', web({ associated_instance_id: 'nlb-a', associated_instance_type: 'NlbInstance' }),
    bandwidth({ supportedBindTypes: ['NlbInstance'] }),
  );

  passes('supportedBindTypes takes nothing away', WEB, bandwidth({ supportedBindTypes: ['NlbInstance'] }));

  refuses(
    'supportedBindTypes lets no other kind pass', web({ associated_instance_id: 'nat-a', associated_instance_type: 'NatGateway' }),
    bandwidth({ supportedBindTypes: ['NlbInstance'] }),
    'net/Web: the address ipv6-web is bound to nat-a, NatGateway (OperationDenied.UnSupportedBindTypeCloudInstance): use the address of an instance or interface, or name the type in supportedBindTypes',
  );

  passes('an associated address can have an egress-only rule', WEB, bandwidth({ egressOnly: true }));

  refuses(
    'an egress-only rule of an unassociated address is refused', UNASSOCIATED, bandwidth({ egressOnly: true }),
    'net/Web: the address ipv6-web belongs to no instance, and does not support an egress-only rule: remove egressOnly, or use the address of an instance',
  );

  passes('an egress-only rule of an instance that the stack creates passes', {}, (stack) => bandwidth({
    ipv6Address: Ipv6Address.fromInstanceId(stack, 'Instance', createdId(stack)), egressOnly: true,
  })(stack));

  refuses(
    'an egress-only rule of an address that is not found leaves the word to the bandwidth', {}, bandwidth({ egressOnly: true }),
    'net/Web: no address ipv6-web in vpc-a (ResourceNotFound.Ipv6Address): check the ids and the provider\'s region, or assign an address; pass what this stack creates as a construct',
  );
});

describe('the gateway', () => {
  refuses(
    'an address whose VPC has no gateway is refused', web({ ipv6_gateway_id: '' }), bandwidth(),
    'net/Web: vpc-a, the VPC of ipv6-web, has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create an Ipv6Gateway, and pass it as ipv6Gateway',
  );

  const inVpc = (vpcId: string) => bandwidthWith((stack) => ({
    ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Anywhere', 'ipv6-web'),
    ipv6Gateway: Ipv6Gateway.fromIpv6GatewayAttributes(stack, 'Gateway', { ipv6GatewayId: 'ipv6gw-a', vpcId }),
  }));
  const inGivenVpc = (vpcId: string | null) => (stack: TerraformStack) => inVpc(variable(stack, vpcId).stringValue)(stack);

  passes('a gateway of the address\'s VPC passes', WEB, inVpc('vpc-a'));
  passes('a gateway of a VPC that is a token passes', WEB, inGivenVpc('vpc-a'));
  passes('a gateway that the lookup cannot know yet passes, where its VPC is the address\'s', web({ ipv6_gateway_id: '' }), inVpc('vpc-a'));

  refuses(
    'a gateway of another VPC is refused', WEB, inVpc('vpc-b'),
    'net/Web: the address ipv6-web is in vpc-a, the IPv6 gateway in vpc-b (OperationFailed.Ipv6GatewayDisMatchIpv6Address): pass the gateway of the address\'s own VPC',
  );

  refuses(
    'a gateway of another VPC is refused where the VPC is a token', WEB, inGivenVpc('vpc-b'),
    'net/Web: the address ipv6-web is in vpc-a, the IPv6 gateway in vpc-b (OperationFailed.Ipv6GatewayDisMatchIpv6Address): pass the gateway of the address\'s own VPC',
  );

  const bare = (ipv6GatewayId: string) => bandwidthWith((stack) => ({ ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(stack, 'Gateway', ipv6GatewayId) }));
  const bareToken = (ipv6GatewayId: string) => (stack: TerraformStack) => bare(variable(stack, ipv6GatewayId).stringValue)(stack);

  passes('a gateway by its id passes', WEB, bare('ipv6gw-a'));
  passes('a gateway by an id that is a token passes', WEB, bareToken('ipv6gw-a'));
  passes('a gateway by an id that is a token passes while the VPC has none yet', web({ ipv6_gateway_id: '' }), bareToken('ipv6gw-a'));
  passes('a gateway that the stack creates by other means passes', web({ ipv6_gateway_id: '' }), (stack) => bare(createdId(stack))(stack));

  refuses(
    'a gateway by the id of another VPC\'s is refused', WEB, bare('ipv6gw-b'),
    'net/Web: vpc-a, the VPC of ipv6-web, has the IPv6 gateway ipv6gw-a, not ipv6gw-b (OperationFailed.Ipv6GatewayDisMatchIpv6Address): pass the gateway of the address\'s own VPC',
  );

  refuses(
    'a gateway by a token with the id of another VPC\'s is refused', WEB, bareToken('ipv6gw-b'),
    'net/Web: vpc-a, the VPC of ipv6-web, has the IPv6 gateway ipv6gw-a, not ipv6gw-b (OperationFailed.Ipv6GatewayDisMatchIpv6Address): pass the gateway of the address\'s own VPC',
  );

  refuses(
    'a gateway by its id is refused where the VPC of has none', web({ ipv6_gateway_id: '' }), bare('ipv6gw-a'),
    'net/Web: vpc-a, the VPC of ipv6-web, has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create an Ipv6Gateway, and pass it as ipv6Gateway',
  );

  const lookedUp = (vpcId: string): Build => (stack) => bandwidth({
    ipv6Address: Ipv6Address.fromIpv6AddressAttributes(stack, 'Given', { ipv6AddressId: 'ipv6-web' }),
    ipv6Gateway: Ipv6Gateway.fromVpcId(stack, 'Gateway', vpcId),
    egressOnly: true,
  })(stack);
  const GATEWAYS = { gateways: [{ ipv6_gateway_id: 'ipv6gw-b', vpc_id: 'vpc-b' }, { ipv6_gateway_id: 'ipv6gw-a', vpc_id: 'vpc-a' }] };

  passes('the gateway that a VPC has passes', GATEWAYS, lookedUp('vpc-a'));
  passes('the gateway of a VPC that is a token passes', GATEWAYS, (stack) => lookedUp(variable(stack, 'vpc-a').stringValue)(stack));

  refuses(
    'a VPC without a gateway is refused where its gateway is asked for', GATEWAYS, lookedUp('vpc-c'),
    'net/Web: vpc-c has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create an Ipv6Gateway, and pass it instead of Ipv6Gateway.fromVpcId',
  );

  refuses(
    'a looked-up gateway of another VPC is refused', { ...WEB, ...GATEWAYS }, bandwidthWith((stack) => ({
      ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Anywhere', 'ipv6-web'),
      ipv6Gateway: Ipv6Gateway.fromVpcId(stack, 'Gateway', 'vpc-b'),
    })),
    'net/Web: the address ipv6-web is in vpc-a, the IPv6 gateway in vpc-b (OperationFailed.Ipv6GatewayDisMatchIpv6Address): pass the gateway of the address\'s own VPC',
  );
});

describe('the address of an instance', () => {
  const SECOND = listed({ id: 'ipv6-second', ipv6_address: '2408:4005:3c5:6e00::a' });
  const TWO = { addresses: [listed(), SECOND, listed({ id: 'ipv6-other', associated_instance_id: 'i-other', ipv6_address: '2408::1' })] };
  const of = (instanceId: string, ipv6Address?: string) => bandwidthWith((stack) => ({
    ipv6Address: Ipv6Address.fromInstanceId(stack, 'Instance', instanceId, { vpcId: 'vpc-a', ipv6Address }),
  }));

  passes('the one address of an instance passes', WEB, of('i-web'));
  passes('the one address of an instance whose id is a token passes', TWO, (stack) => of(variable(stack, 'i-other').stringValue)(stack));
  passes('an instance that the stack creates passes', {}, (stack) => of(createdId(stack))(stack));
  passes('an instance that the stack creates passes, with its literal', {}, (stack) => of(createdId(stack), '2408::1')(stack));
  passes('the one address of a network interface passes', web({ associated_instance_id: 'eni-a', associated_instance_type: 'NetworkInterface' }), bandwidthWith((stack) => ({
    ipv6Address: Ipv6Address.fromNetworkInterfaceId(stack, 'Interface', 'eni-a'),
    egressOnly: true,
  })));

  refuses(
    'an instance without an IPv6 address is refused', WEB, of('i-none'),
    'net/Web: no IPv6 address of i-none in vpc-a (ResourceNotFound.Ipv6Address): check the ids and the provider\'s region, or assign an address; pass what this stack creates as a construct',
  );

  refuses(
    'an instance without an IPv6 address is refused where its id is a token', WEB, (stack) => of(variable(stack, 'i-none').stringValue)(stack),
    'net/Web: no IPv6 address of i-none in vpc-a (ResourceNotFound.Ipv6Address): check the ids and the provider\'s region, or assign an address; pass what this stack creates as a construct',
  );

  refuses(
    'an instance with more than one address is refused', TWO, of('i-web'),
    'net/Web: found 2 addresses for one IPv6 address of i-web in vpc-a: name one of them with ipv6Address',
  );

  passes('the literal says which address of an instance', TWO, of('i-web', '2408:4005:3c5:6e00::a'));
  passes('a literal in capitals and uncompressed is found', TWO, of('i-web', '2408:4005:03C5:6E00:0000:0000:0000:000A'));
  passes('a literal that is listed in capitals and uncompressed is found', {
    addresses: [listed(), { ...SECOND, ipv6_address: '2408:4005:03C5:6E00:0000:0000:0000:000A' }],
  }, of('i-web', '2408:4005:3c5:6e00::a'));
  passes('a literal that is a token is found, however it is written', TWO, (stack) => of('i-web', variable(stack, '2408:4005:3C5:6E00:0::A').stringValue)(stack));

  refuses(
    'a literal that the instance does not have is refused', TWO, of('i-web', '2408:4005:3c5:6e00::b'),
    'net/Web: no IPv6 address 2408:4005:3c5:6e00::b of i-web in vpc-a (ResourceNotFound.Ipv6Address): check the ids and the provider\'s region, or assign an address; pass what this stack creates as a construct',
  );

  refuses(
    'a literal of another instance is refused', TWO, of('i-web', '2408::1'),
    'net/Web: no IPv6 address 2408::1 of i-web in vpc-a (ResourceNotFound.Ipv6Address): check the ids and the provider\'s region, or assign an address; pass what this stack creates as a construct',
  );

  refuses(
    'a token that is no address is refused', WEB, (stack) => of('i-web', variable(stack, 'localhost').stringValue)(stack),
    'net/Web: no IPv6 address localhost of i-web in vpc-a (ResourceNotFound.Ipv6Address): check the ids and the provider\'s region, or assign an address; pass what this stack creates as a construct',
  );

  refuses(
    'a literal is refused where the instance has no address', WEB, of('i-none', '2408::1'),
    'net/Web: no IPv6 address 2408::1 of i-none in vpc-a (ResourceNotFound.Ipv6Address): check the ids and the provider\'s region, or assign an address; pass what this stack creates as a construct',
  );

  refuses(
    'the address of an instance is held to what holds for any', web({ status: 'Pending' }), of('i-web'),
    'net/Web: the address ipv6-web is Pending, not Available (IncorrectStatus.Ipv6Instance): plan again when it is Available',
  );
});

describe('one bandwidth for an address', () => {
  const two = (instanceId: string): Build => (stack) => {
    bandwidth()(stack);
    bandwidth({ ipv6Address: Ipv6Address.fromInstanceId(stack, 'Instance', instanceId) });
    new Ipv6InternetBandwidth(stack, 'Other', { ipv6Address: Ipv6Address.fromInstanceId(stack, 'Other address', instanceId), bandwidth: 1, egressOnly: false });
  };

  passes('two lookups that find two addresses pass', web({}), two('i-other'));

  refuses(
    'two lookups that find the same address are refused', WEB, two('i-web'),
    'net: more than one Internet bandwidth for ipv6-web (net/Other and net/Web) (OperationFailed.InternetBandwidthAlreadyExisted): keep one of them for each address',
  );

  passes('an address whose id is not known yet stands in nobody\'s way', WEB, (stack) => two(createdId(stack))(stack));

  refuses(
    'two addresses that are not found are refused for that alone', {}, two('i-none'),
    'net/Other: no IPv6 address of i-none in the region (ResourceNotFound.Ipv6Address): check the ids and the provider\'s region, or assign an address; pass what this stack creates as a construct\n'
    + 'net/Web: no address ipv6-web in vpc-a (ResourceNotFound.Ipv6Address): check the ids and the provider\'s region, or assign an address; pass what this stack creates as a construct',
  );
});

describe('values that only Terraform knows', () => {
  const mbits = (value: unknown, internetChargeType?: InternetChargeType, type = 'number') =>
    bandwidthWith((stack) => ({ bandwidth: variable(stack, value, type).numberValue, internetChargeType }));
  const chargedBy = (value: unknown, bandwidthOfIt = 10, type = 'string') =>
    bandwidthWith((stack) => ({ bandwidth: bandwidthOfIt, internetChargeType: variable(stack, value, type).stringValue as InternetChargeType }));
  const refusal = (seen: string, max: number, chargeType: string) =>
    `net/Web: bandwidth is ${seen}, not an integer from 1 to ${max} Mbit/s for ${chargeType} (IllegalParam.Bandwidth): pass such a number`;
  const { PAY_BY_BANDWIDTH, PAY_BY_TRAFFIC } = InternetChargeType;

  passes('a bandwidth of 1 passes', WEB, mbits(1));
  passes('a bandwidth of 1000 passes, paid by traffic', WEB, mbits(1000, PAY_BY_TRAFFIC));
  passes('a bandwidth of 2000 passes, paid by bandwidth', WEB, mbits(2000, PAY_BY_BANDWIDTH));
  passes('a bandwidth that is not known at plan passes', WEB, (stack) => bandwidth({ bandwidth: Token.asNumber(`\${length(${createdId(stack).slice(2, -1)})}`) })(stack));

  refuses('a bandwidth of 0 is refused', WEB, mbits(0), refusal('0', 2000, 'PayByBandwidth'));
  refuses('a bandwidth of -1 is refused', WEB, mbits(-1), refusal('-1', 2000, 'PayByBandwidth'));
  refuses('a bandwidth of 1.5 is refused', WEB, mbits(1.5), refusal('1.5', 2000, 'PayByBandwidth'));
  refuses('a bandwidth of 1001 is refused, paid by traffic', WEB, mbits(1001, PAY_BY_TRAFFIC), refusal('1001', 1000, 'PayByTraffic'));
  refuses('a bandwidth of 2001 is refused, paid by bandwidth', WEB, mbits(2001, PAY_BY_BANDWIDTH), refusal('2001', 2000, 'PayByBandwidth'));
  refuses('a bandwidth that turns out to be null is refused', WEB, mbits(null), refusal('null', 2000, 'PayByBandwidth'));
  refuses('a bandwidth that turns out to be a text is refused', WEB, mbits('fast', undefined, 'any'), refusal('fast', 2000, 'PayByBandwidth'));
  refuses(
    'a bandwidth is refused for an address that is taken as given', {}, (stack) => bandwidth({
      ipv6Address: Ipv6Address.fromIpv6AddressAttributes(stack, 'Given', { ipv6AddressId: 'ipv6-web', ipv6GatewayId: 'ipv6gw-a' }),
      bandwidth: variable(stack, 0, 'number').numberValue,
    })(stack),
    refusal('0', 2000, 'PayByBandwidth'),
  );

  passes('a charge type PayByBandwidth passes', WEB, chargedBy('PayByBandwidth', 2000));
  passes('a charge type PayByTraffic passes', WEB, chargedBy('PayByTraffic', 1000));
  refuses('a literal bandwidth is held to the limit of its charge type', WEB, chargedBy('PayByTraffic', 1001), refusal('1001', 1000, 'PayByTraffic'));

  const chargeTypeRefusal = (seen: string) =>
    `net/Web: internetChargeType is ${seen}, not PayByBandwidth or PayByTraffic (IllegalParam.InternetChargeType): use one of InternetChargeType`;
  refuses('a charge type that the provider does not take is refused', WEB, chargedBy('PayByOld95'), chargeTypeRefusal('PayByOld95'));
  refuses('a charge type in other letters is refused', WEB, chargedBy('paybytraffic'), chargeTypeRefusal('paybytraffic'));
  refuses('a charge type that turns out to be null is refused', WEB, chargedBy(null), chargeTypeRefusal('null'));

  refuses(
    'what is wrong with the address and with the values is said together', web({ status: 'Pending' }), mbits(0),
    'net/Web: the address ipv6-web is Pending, not Available (IncorrectStatus.Ipv6Instance): plan again when it is Available',
    refusal('0', 2000, 'PayByBandwidth'),
  );
});

describe('a location that is null or invalid at plan', () => {
  const locations: [string, unknown, string][] = [['null', null, 'null'], ['empty', '', ''], ['of another kind', 'vsw-a', 'vsw-a']];
  for (const [kind, value, seen] of locations) {
    const refusal = `net/Web: vpcId is ${seen}, not the id of a VPC (vpc-…): pass such an id`;
    refuses(`a VPC that is ${kind} is refused for a set`, WEB, (stack) => {
      const ipv6Addresses = Ipv6Addresses.fromVpcId(stack, 'Addresses', variable(stack, value).stringValue);
      new Ipv6InternetBandwidths(stack, 'Web', { ipv6Addresses, bandwidth: 1, egressOnly: false });
    }, refusal);
    const gatewayRefusal = `net/Web: ${seen} has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create an Ipv6Gateway, and pass it instead of Ipv6Gateway.fromVpcId`;
    refuses(`a VPC that is ${kind} is refused for a gateway`, { ...WEB, gateways: [{ ipv6_gateway_id: 'ipv6gw-a', vpc_id: 'vpc-a' }] }, bandwidthWith((stack) => ({
      ipv6Gateway: Ipv6Gateway.fromVpcId(stack, 'Gateway', variable(stack, value).stringValue),
    })), refusal, ...value === null ? [] : [gatewayRefusal], `net/Web: the address ipv6-web is in vpc-a, the IPv6 gateway in ${seen || 'null'} (OperationFailed.Ipv6GatewayDisMatchIpv6Address): pass the gateway of the address\'s own VPC`);
  }
});

describe('sensitive values', () => {
  const sensitive = (stack: TerraformStack, value: unknown, type: string) => new TerraformVariable(stack, 'given', { type, default: value, sensitive: true });
  refuses('an instance that has no address is refused, and not shown', WEB, bandwidthWith((stack) => ({
    ipv6Address: Ipv6Address.fromInstanceId(stack, 'Sensitive', sensitive(stack, 'i-secret', 'string').stringValue),
  })), 'net/Web: no IPv6 address of a sensitive value in the region (ResourceNotFound.Ipv6Address): check the ids and the provider\'s region, or assign an address; pass what this stack creates as a construct');
  refuses('Mbit/s that are out of range are refused, and not shown', WEB, bandwidthWith((stack) => ({
    bandwidth: sensitive(stack, 5000, 'number').numberValue,
  })), 'net/Web: bandwidth is a sensitive value, not an integer from 1 to 2000 Mbit/s for PayByBandwidth (IllegalParam.Bandwidth): pass such a number');
  passes('an address that is found passes', WEB, bandwidthWith((stack) => ({
    ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Sensitive', sensitive(stack, 'ipv6-web', 'string').stringValue),
  })));
});

describe('attributes without a value', () => {
  const EMPTY = { associated_instance_id: '', associated_instance_type: '', create_time: '', ipv6_address_name: '', network_type: '', vswitch_id: '' };
  const NULL = Object.fromEntries(Object.keys(EMPTY).map((attribute) => [attribute, null]));
  const byEveryKey: Build = (stack) => {
    bandwidth({ egressOnly: true })(stack);
    for (const ipv6Address of [undefined, '2408:4005:3c5:6e00::2']) {
      new Ipv6InternetBandwidth(stack, `Other ${ipv6Address}`, {
        ipv6Address: Ipv6Address.fromInstanceId(stack, `Other ${ipv6Address} address`, ipv6Address ? 'i-other' : 'i-third', { vpcId: 'vpc-a', ipv6Address }),
        bandwidth: 1,
        egressOnly: true,
      });
    }
  };
  const with_ = (...some: object[]): Found => ({
    addresses: [
      ...web({}).addresses!,
      listed({ id: 'ipv6-third', associated_instance_id: 'i-third', ipv6_address: '2408:4005:3c5:6e00::3' }),
      ...some.map((differences, index) => listed({
        id: `ipv6-more-${index}`, associated_instance_id: 'i-more', ipv6_address: `2408:4005:3c5:6e00::4${index}`, ...differences,
      })),
    ],
  });

  passes('empty attributes of other addresses do not matter', with_(EMPTY, EMPTY), byEveryKey);
  passes('null attributes of other addresses do not matter', with_(NULL, NULL), byEveryKey);
  passes('addresses without a literal do not matter', with_({ ipv6_address: '' }, { ipv6_address: null }, { ipv6_address: '' }), byEveryKey);
  passes('addresses without a gateway do not matter', with_({ ipv6_gateway_id: '' }, { ipv6_gateway_id: null }), byEveryKey);

  const [, second] = web({}).addresses!;
  passes('an address that the API lists twice, on two pages, passes', { addresses: [...with_().addresses!, second, ...with_().addresses!] }, byEveryKey);

  passes('an unassociated address passes with null for what it is bound to', web(NULL), bandwidth());

  refuses(
    'an egress-only rule is refused with null for what the address is bound to', web(NULL), bandwidth({ egressOnly: true }),
    'net/Web: the address ipv6-web belongs to no instance, and does not support an egress-only rule: remove egressOnly, or use the address of an instance',
  );

  refuses(
    'a gateway whose id turns out to be null is refused', WEB, bandwidthWith((stack) => ({ ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(stack, 'Gateway', '${null}') })),
    'net/Web: vpc-a, the VPC of ipv6-web, has the IPv6 gateway ipv6gw-a, not null (OperationFailed.Ipv6GatewayDisMatchIpv6Address): pass the gateway of the address\'s own VPC',
  );

  refuses(
    'a missing gateway is refused with null for its id', web({ ipv6_gateway_id: null }), bandwidth(),
    'net/Web: vpc-a, the VPC of ipv6-web, has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create an Ipv6Gateway, and pass it as ipv6Gateway',
  );

  refuses(
    'an address without a status is refused', web({ status: null }), bandwidth(),
    'net/Web: the address ipv6-web is null, not Available (IncorrectStatus.Ipv6Instance): plan again when it is Available',
  );
});

describe('the lookups of the plan-time checks', () => {
  const dataOf = (stack: string): { [type: string]: { [name: string]: any } } => JSON.parse(stack).data ?? {};

  test('no lookup of these stacks has depends_on', () => {
    expect(synthesized.length).toBeGreaterThan(50);
    for (const [title, stack] of synthesized) {
      for (const block of Object.values(dataOf(stack)).flatMap((named) => Object.values(named))) {
        expect({ title, arguments: Object.keys(block) }).toEqual({ title, arguments: expect.not.arrayContaining(['depends_on']) });
      }
    }
  });

  test.each([
    ['by id', (stack: TerraformStack) => Ipv6Address.fromIpv6AddressId(stack, 'A', 'ipv6-a')],
    ['by id and VPC', (stack: TerraformStack) => Ipv6Address.fromIpv6AddressId(stack, 'A', 'ipv6-a', { vpcId: 'vpc-a' })],
    ['by instance', (stack: TerraformStack) => Ipv6Address.fromInstanceId(stack, 'A', 'i-a')],
    ['by instance and literal', (stack: TerraformStack) => Ipv6Address.fromInstanceId(stack, 'A', 'i-a', { ipv6Address: '2408::1' })],
    ['by an instance that is a token', (stack: TerraformStack) => Ipv6Address.fromInstanceId(stack, 'A', createdId(stack), { vpcId: 'vpc-a' })],
    ['by network interface', (stack: TerraformStack) => Ipv6Address.fromNetworkInterfaceId(stack, 'A', 'eni-a')],
  ])('a guard adds no lookup to that of an address %s', (_how, address) => {
    const guarded = (yes: boolean) => {
      const stack = new TerraformStack(new App(), 'net');
      const ipv6Address = address(stack);
      new TerraformOutput(stack, 'literal', { value: ipv6Address.ipv6AddressLiteral });
      if (yes) {
        const given = variable(stack, 10, 'number').numberValue;
        new Ipv6InternetBandwidth(stack, 'Web', { ipv6Address, bandwidth: given, egressOnly: true, supportedBindTypes: ['NlbInstance'] });
      }
      return dataOf(Testing.synth(stack));
    };

    expect(Object.keys(guarded(true))).toEqual(['alicloud_vpc_ipv6_addresses']);
    expect(guarded(true)).toEqual(guarded(false));
  });

  test('one lookup serves 1,000 addresses of a VPC, with their checks and rules', () => {
    const stack = new TerraformStack(new App(), 'net');
    for (let index = 0; index < 1000; index++) {
      const ipv6Address = index % 2
        ? Ipv6Address.fromIpv6AddressId(stack, `Address${index}`, `ipv6-${index}`, { vpcId: 'vpc-a' })
        : Ipv6Address.fromInstanceId(stack, `Address${index}`, `i-${index}`, { vpcId: 'vpc-a' });
      new Ipv6InternetBandwidth(stack, `Bandwidth${index}`, { ipv6Address, bandwidth: 1, egressOnly: true });
    }

    const data = dataOf(Testing.synth(stack));
    expect(Object.values(data).flatMap((named) => Object.values(named))).toEqual([{ vpc_id: 'vpc-a' }]);
  }, 60_000);
});

describe('a set', () => {
  type Make = (stack: TerraformStack, ids: string[]) => Ipv6Addresses;
  const byInstance: Make = (stack, ids) => Ipv6Addresses.fromInstanceIds(stack, 'Addresses', ids, { vpcId: 'vpc-a' });
  const byId: Make = (stack, ids) => Ipv6Addresses.fromIpv6AddressIds(stack, 'Addresses', ids, { vpcId: 'vpc-a' });
  const list = (stack: TerraformStack, value: unknown, type = 'list(string)') => {
    const given = new TerraformVariable(stack, 'ids', { type });
    given.addOverride('default', value);
    return given.listValue;
  };

  const set = (make: Make, ids: unknown, props: Partial<Ipv6InternetBandwidthsProps> = {}, type?: string): Build => (stack) => {
    const given = Array.isArray(ids) && type === undefined ? ids as string[] : list(stack, ids, type);
    new Ipv6InternetBandwidths(stack, 'Fleet', { ipv6Addresses: make(stack, given), bandwidth: 5, egressOnly: false, ...props });
  };
  const three = (differences: object = {}) => ({
    addresses: ['a', 'b', 'c'].map((name) => listed({ id: `ipv6-${name}`, associated_instance_id: `i-${name}`, ...name === 'b' ? differences : {} })),
  });

  passes('of instances that are there passes', three(), set(byInstance, ['i-a', 'i-b', 'i-c'], { egressOnly: true }), ['ipv6-a', 'ipv6-b', 'ipv6-c']);
  passes('of a variable passes', three(), set(byInstance, ['i-a', 'i-b'], {}, 'list(string)'), ['ipv6-a', 'ipv6-b']);
  passes('of a variable that is a set passes', three(), set(byInstance, ['i-a', 'i-b'], {}, 'set(string)'), ['ipv6-a', 'ipv6-b']);
  passes('of a map\'s values passes', three(), set(byInstance, { one: 'i-a', two: 'i-b' }, {}, 'map(string)'), ['ipv6-a', 'ipv6-b']);
  passes('that is empty passes', three(), set(byInstance, [], {}, 'list(string)'));
  passes('of ids passes', three(), set(byId, ['ipv6-a', 'ipv6-b']), ['ipv6-a', 'ipv6-b']);
  passes('of all of a VPC passes', three(), set((stack) => Ipv6Addresses.fromVpcId(stack, 'Addresses', 'vpc-a'), []), ['ipv6-a', 'ipv6-b', 'ipv6-c']);
  passes('of all of a VPC leaves out what can have no bandwidth', {
    addresses: [listed(), listed({ id: 'ipv6-free', associated_instance_id: '', associated_instance_type: '' }), listed({ id: 'ipv6-nat', associated_instance_type: 'NatGateway' }),
      listed({ id: 'ipv6-ula', ipv6_address: 'fd00::1' }), listed({ id: 'ipv6-prefix', ipv6_address: '2408:4005:3c5:6e00::/80' })],
  }, set((stack) => Ipv6Addresses.fromVpcId(stack, 'Addresses', 'vpc-a'), [], { egressOnly: true }), ['ipv6-web']);
  passes('whose Mbit/s are a variable passes', three(), (stack) => set(byInstance, ['i-a'], { bandwidth: variable(stack, 7, 'number').numberValue })(stack), ['ipv6-a']);

  refuses(
    'names each instance without an address, and each with several',
    { addresses: [listed(), listed({ id: 'ipv6-web2' })] }, set(byInstance, ['i-web', 'i-none', 'i-gone']),
    'net/Fleet: i-web has 2 IPv6 addresses, not one: name one of them with Ipv6Addresses.fromIpv6AddressIds\n'
    + 'net/Fleet: no IPv6 address of i-none in vpc-a (ResourceNotFound.Ipv6Address): assign one to it, or check the id and the provider\'s region\n'
    + 'net/Fleet: no IPv6 address of i-gone in vpc-a (ResourceNotFound.Ipv6Address): assign one to it, or check the id and the provider\'s region',
  );
  refuses(
    'names each id that is not there', three(), set(byId, ['ipv6-a', 'ipv6-z']),
    'net/Fleet: no address ipv6-z in vpc-a (ResourceNotFound.Ipv6Address): check the id and the provider\'s region',
  );
  refuses(
    'has the guards of single addresses', three({ status: 'Pending' }), set(byInstance, ['i-a', 'i-b', 'i-c']),
    'net/Fleet: the address ipv6-b is Pending, not Available (IncorrectStatus.Ipv6Instance): plan again when it is Available',
  );
  refuses(
    'names the first 20 of many', { addresses: [] }, set(byId, Array.from({ length: 30 }, (_, i) => `ipv6-${i + 10}`)),
    `${Array.from({ length: 20 }, (_, i) => `net/Fleet: no address ipv6-${i + 10} in vpc-a (ResourceNotFound.Ipv6Address): check the id and the provider's region`).join('\n')}\nand more`,
  );
  refuses(
    'of a variable refuses what is no id', three(), set(byInstance, ['i-a', 'ipv6-b', '', null], {}, 'list(string)'),
    'net/Fleet: instanceIds has "ipv6-b", which is not an id (i-…): remove it\n'
    + 'net/Fleet: instanceIds has "", which is not an id (i-…): remove it\n'
    + 'net/Fleet: instanceIds has null, which is not an id (i-…): remove it',
  );
  refuses('of a variable refuses what is no list', three(), set(byInstance, 'i-a', {}, 'any'), 'net/Fleet: instanceIds must be a list of ids (i-…), got another type: pass a list of strings');
  refuses('of a variable refuses nothing at all', three(), set(byInstance, null, {}, 'list(string)'), 'net/Fleet: instanceIds must be a list of ids (i-…), got another type: pass a list of strings');
  refuses(
    'refuses an egress-only rule for an address on no instance', UNASSOCIATED, set(byId, ['ipv6-web'], { egressOnly: true }),
    'net/Fleet: the address ipv6-web belongs to no instance, and does not support an egress-only rule: remove egressOnly, or use the address of an instance',
  );
  refuses(
    'refuses a gateway of another VPC', three({ vpc_id: 'vpc-a' }), (stack) =>
      set((scope, ids) => Ipv6Addresses.fromInstanceIds(scope, 'Addresses', ids), ['i-a'], {
        ipv6Gateway: Ipv6Gateway.fromIpv6GatewayAttributes(stack, 'Gateway', { ipv6GatewayId: 'ipv6gw-b', vpcId: 'vpc-b' }),
      })(stack),
    'net/Fleet: the address ipv6-a is in vpc-a, the IPv6 gateway in vpc-b (OperationFailed.Ipv6GatewayDisMatchIpv6Address): pass the gateway of the address\'s own VPC',
  );
  refuses(
    'refuses Mbit/s that are out of range', three(), (stack) => set(byInstance, ['i-a'], { bandwidth: variable(stack, 3000, 'number').numberValue })(stack),
    'net/Fleet: bandwidth is 3000, not an integer from 1 to 2000 Mbit/s for PayByBandwidth (IllegalParam.Bandwidth): pass such a number',
  );
  refuses('refuses an address that another bandwidth of the stack is for', three(), (stack) => {
    set(byInstance, ['i-a', 'i-b'])(stack);
    new Ipv6InternetBandwidth(stack, 'Web', { ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-b', { vpcId: 'vpc-a' }), bandwidth: 1, egressOnly: false });
  }, 'net: more than one Internet bandwidth for ipv6-b (net/Fleet and net/Web) (OperationFailed.InternetBandwidthAlreadyExisted): keep one of them for each address');

  const moved = (addressId: string, ids: string[]): Build => (stack) => {
    const ipv6Addresses = byInstance(stack, list(stack, ids));
    new Ipv6InternetBandwidths(stack, 'Fleet', { ipv6Addresses, bandwidth: 5, egressOnly: false }).moveAddressFromId(addressId, 'alicloud_vpc_ipv6_internet_bandwidth.Web');
  };
  passes('to which one of its addresses is moved passes', three(), moved('ipv6-b', ['i-a', 'i-b']), ['ipv6-a', 'ipv6-b']);
  for (const [which, ids] of [['another address', ['i-a', 'i-b']], ['an address, and which is empty,', []]] as const) {
    refuses(
      `to which ${which} is moved is refused`, three(), moved('ipv6-c', [...ids]),
      'net/Fleet: the address ipv6-c is moved or imported here, and is not in the set: add it to the set, or remove the call',
    );
  }

  const SINGLE = { bandwidths: [{ ipv6_address_id: 'ipv6-a', ipv6_gateway_id: 'ipv6gw-a', id: '' }, { ipv6_address_id: 'ipv6-b', ipv6_gateway_id: '', id: '' }] };
  const each: Make = (stack, ids) => Ipv6Addresses.fromIpv6AddressIds(stack, 'Addresses', ids, { lookup: Ipv6AddressLookup.EACH });
  passes('that is asked for by ids alone passes', SINGLE, set(each, ['ipv6-a'], { egressOnly: true }), ['ipv6-a']);
  refuses(
    'that is asked for by ids alone checks that each is there, and its gateway', SINGLE, set(each, ['ipv6-a', 'ipv6-b', 'ipv6-c']),
    'net/Fleet: no address ipv6-c in the region (ResourceNotFound.Ipv6Address): check the id and the provider\'s region',
    'net/Fleet: the VPC of ipv6-b has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create an Ipv6Gateway, and pass it as ipv6Gateway',
  );
});
