// Apps as nobody would write them: constructs of this library in any order and with any values, drawn by fast-check.
import { App, Fn, TerraformResource, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import {
  IIpv6Address, IIpv6Gateway, IIpv6InternetBandwidth, Ipv6Address, Ipv6EgressOnlyRule, Ipv6Gateway, Ipv6InternetBandwidth, providerAlicloud,
} from 'cdktf-alicloud-ipv6';

const REFUSAL = /^[^:]+: .+: .+/s;

/** The library's own refusal, or cdktf's, where two stacks need each other. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'ConstructError') return REFUSAL.test(error.message) && !error.message.includes('[object ');
  // A validation of the library, which cdktf throws for it.
  if (error.message.startsWith('Validation failed with the following errors:')) return /\n {2}\[[^\n]+\] [^\n]+: /.test(error.message);
  return /Cannot add dependency .* because it would cause a circular dependency/.test(error.message);
}

/** What an act makes, or nothing where it is refused; any other error is one too many. */
export function unlessRefused<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** What a stack has beside this library's constructs: variables, and resources of somebody else's. */
class Surroundings {
  readonly text: string;
  readonly number: number;
  readonly resourceId: string;
  readonly provider: providerAlicloud.provider.AlicloudProvider;

  constructor(readonly stack: TerraformStack) {
    this.text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
    this.number = new TerraformVariable(stack, 'number', { type: 'number' }).numberValue;
    this.resourceId = otherResource(stack, 'instance', 'alicloud_instance').getStringAttribute('id');
    this.provider = new providerAlicloud.provider.AlicloudProvider(stack, 'beijing', { alias: 'beijing', region: 'cn-beijing' });
  }

  /** A literal, or something that only Terraform knows; -1 is for nothing. */
  id(literals: string[], choice: number): string | undefined {
    const all = [...literals, this.text, this.resourceId, '${var.text}', `x-${this.text}`, Fn.join('-', [this.text, 'x'])];
    return choice < 0 ? undefined : all[choice % all.length];
  }
}

export interface Step {
  readonly kind: string;
  readonly stack: number;
  /** What the values and the constructs that it takes are chosen by. */
  readonly choices: number[];
  readonly flags: (boolean | undefined)[];
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    'gateway', 'gatewayId', 'gatewayAttributes', 'gatewayOfVpc', 'address', 'addressId', 'addressOfInstance', 'addressOfInterface', 'addressAttributes',
    'bandwidth', 'bandwidth', 'bandwidth', 'bandwidth', 'bandwidthAttributes', 'rule', 'addRule', 'read', 'server', 'override', 'remove',
  ),
  stack: fc.constantFrom(0, 0, 0, 1, 1, 2),
  choices: fc.array(fc.integer({ min: -1, max: 11 }), { minLength: 6, maxLength: 6 }),
  flags: fc.array(fc.option(fc.boolean(), { nil: undefined }), { minLength: 3, maxLength: 3 }),
});

/** The steps of one app. */
export const steps: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 2, maxLength: 16, size: 'max' });

/** Takes the steps one by one; a construct that is refused leaves the app, as its author would take it out. */
export class RandomApp {
  private readonly surroundings: Surroundings[];
  private readonly gateways: IIpv6Gateway[] = [];
  private readonly addresses: IIpv6Address[] = [];
  private readonly bandwidths: IIpv6InternetBandwidth[] = [];
  /** What something else stands on: its author would not take it out. */
  private readonly needed = new Set<IIpv6InternetBandwidth>();
  readonly counts = { made: 0, refused: 0 };

  constructor(app: App) {
    this.surroundings = ['one', 'two', 'three'].map((id) => new Surroundings(makeStack(app, id)));
  }

  take({ kind, stack, choices, flags }: Step, i: number): void {
    const here = this.surroundings[stack];
    const scope = choices[0] % 2 === 0 ? here.stack : new Construct(here.stack, `Module${i}`);
    const id = `Step${i}`;
    const made = unlessRefused(() => this.make(kind, scope, id, here, choices, flags) ?? true);
    if (made === undefined) scope.node.tryRemoveChild(id);
    this.counts[made === undefined ? 'refused' : 'made']++;
  }

  private make(kind: string, scope: Construct, id: string, here: Surroundings, choices: number[], flags: (boolean | undefined)[]): unknown {
    const [, a, b, c, d] = choices;
    const [first, , third] = flags;
    const vpcId = here.id(['vpc-a', 'vpc-b'], b);
    const provider = third ? here.provider : undefined;
    const literal = [undefined, undefined, '2408:4005:1:2::1', '2408:4005:0001:2:0::1', here.text][Math.abs(d) % 5];
    const texts = { description: [undefined, 'a "quoted" ${var.text}', 'plain', 'back\\slash %%{'][Math.abs(d) % 4], tags: c % 3 === 0 ? { team: 'web', [here.text]: here.text } : undefined };
    const add = <T>(list: T[], item: T) => (list.push(item), item);
    const pick = <T>(list: T[], choice: number) => choice < 0 || list.length === 0 ? undefined : list[choice % list.length];
    switch (kind) {
      case 'gateway':
        return add(this.gateways, new Ipv6Gateway(scope, id, { vpcId: vpcId ?? 'vpc-c', provider, ipv6GatewayName: first ? 'name' : here.text }));
      case 'gatewayId': return add(this.gateways, Ipv6Gateway.fromIpv6GatewayId(scope, id, here.id(['ipv6gw-a', 'ipv6gw-b'], a) ?? 'ipv6gw-c'));
      case 'gatewayAttributes':
        return add(this.gateways, Ipv6Gateway.fromIpv6GatewayAttributes(scope, id, { ipv6GatewayId: here.id(['ipv6gw-a', 'ipv6gw-b'], a) ?? 'ipv6gw-c', vpcId }));
      case 'gatewayOfVpc': return add(this.gateways, Ipv6Gateway.fromVpcId(scope, id, vpcId ?? 'vpc-c', { provider }));
      case 'address': return add(this.addresses, new Ipv6Address(scope, id, { vswitchId: here.id(['vsw-a'], a) ?? 'vsw-b', ipv6Address: literal, ...texts, provider }));
      case 'addressId': return add(this.addresses, Ipv6Address.fromIpv6AddressId(scope, id, here.id(['ipv6-a', 'ipv6-b', 'ipv6-c'], a) ?? 'ipv6-d', { vpcId, provider }));
      case 'addressOfInstance':
        return add(this.addresses, Ipv6Address.fromInstanceId(scope, id, here.id(['i-a', 'i-b'], a) ?? 'i-c', { vpcId, ipv6Address: literal, provider }));
      case 'addressOfInterface':
        return add(this.addresses, Ipv6Address.fromNetworkInterfaceId(scope, id, here.id(['eni-a', 'eni-b'], a) ?? 'eni-c', { vpcId, ipv6Address: literal, provider }));
      case 'addressAttributes': {
        const ipv6AddressId = here.id(['ipv6-a', 'ipv6-b'], a) ?? 'ipv6-d';
        return add(this.addresses, Ipv6Address.fromIpv6AddressAttributes(scope, id, { ipv6AddressId, vpcId, ipv6GatewayId: here.id(['ipv6gw-a'], c) }));
      }
      case 'bandwidth': {
        const ipv6Address = pick(this.addresses, Math.max(a, 0));
        if (!ipv6Address) return undefined;
        return add(this.bandwidths, new Ipv6InternetBandwidth(scope, id, {
          ipv6Address,
          ipv6Gateway: pick(this.gateways, b),
          bandwidth: [1, 2000, here.number, 1500][Math.abs(c) % 4],
          internetChargeType: [undefined, 'PayByTraffic', here.text, '${var.text}'][Math.abs(d) % 4] as any,
          egressOnly: first,
          supportedBindTypes: d === 5 ? ['"Odd"', 'Type'] : undefined,
          timeouts: d === 6 ? { create: '10m' } : undefined,
          provider,
        }));
      }
      case 'bandwidthAttributes':
        return add(this.bandwidths, Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(scope, id, {
          internetBandwidthId: 'ipv6bw-a',
          ipv6AddressId: here.id(['ipv6-a', 'ipv6-b'], a) ?? 'ipv6-d',
          ipv6GatewayId: here.id(['ipv6gw-a'], b) ?? 'ipv6gw-b',
        }));
      case 'rule': {
        const ipv6InternetBandwidth = pick(this.bandwidths, Math.max(a, 0));
        if (!ipv6InternetBandwidth) return undefined;
        const rule = new Ipv6EgressOnlyRule(scope, id, { ipv6InternetBandwidth, description: texts.description, provider });
        this.needed.add(ipv6InternetBandwidth);
        return rule;
      }
      case 'addRule': {
        const bandwidth = pick(this.bandwidths, Math.max(a, 0));
        if (!(bandwidth instanceof Ipv6InternetBandwidth)) return undefined;
        const others = bandwidth.node.children;
        const rule = unlessRefused(() => bandwidth.addEgressOnlyRule());
        if (!rule) bandwidth.node.children.filter((child) => !others.includes(child)).forEach(({ node }) => bandwidth.node.tryRemoveChild(node.id));
        return rule;
      }
      case 'read': {
        // What somebody else's resource takes of an address or a gateway, in whichever stack.
        const address = pick(this.addresses, a);
        const reader = otherResource(scope, id, 'alicloud_vpc');
        reader.addOverride('read', [address?.ipv6AddressId, address?.ipv6AddressLiteral, address?.ipv6GatewayId, pick(this.gateways, b)?.ipv6GatewayId]);
        return reader;
      }
      case 'server': {
        // An instance that needs another's bandwidth first.
        const bandwidth = pick(this.bandwidths, a);
        const server = otherResource(scope, id, 'alicloud_instance');
        server.addOverride('needs', bandwidth?.internetBandwidthId);
        if (bandwidth) this.needed.add(bandwidth);
        const instanceId = server.getStringAttribute('id');
        const ipv6Address = add(this.addresses, b % 2 === 0
          ? Ipv6Address.fromInstanceId(server, 'Address', instanceId, { ipv6Address: literal })
          : Ipv6Address.fromIpv6AddressAttributes(server, 'Address', { ipv6AddressId: server.getStringAttribute('ipv6_address_id'), ipv6GatewayId: 'ipv6gw-a' }));
        return add(this.bandwidths, new Ipv6InternetBandwidth(server, 'Bandwidth', { ipv6Address, bandwidth: 10, egressOnly: first }));
      }
      case 'override': {
        const bandwidth = pick(this.bandwidths, Math.max(a, 0));
        if (!(bandwidth instanceof Ipv6InternetBandwidth)) return undefined;
        if (first) bandwidth.resource.overrideLogicalId(`own_${id}`);
        return bandwidth;
      }
      case 'remove': {
        const bandwidth = this.bandwidths[Math.max(a, 0)];
        if (!bandwidth || this.needed.has(bandwidth)) return undefined;
        this.bandwidths.splice(this.bandwidths.indexOf(bandwidth), 1);
        bandwidth.node.scope!.node.tryRemoveChild(bandwidth.node.id);
        return bandwidth;
      }
      default:
        throw new Error(kind);
    }
  }
}

/** A stack with a provider block. */
function makeStack(app: App, id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new providerAlicloud.provider.AlicloudProvider(stack, 'Provider', { region: 'cn-hangzhou' });
  return stack;
}

/** A resource that some other library makes: only its attributes matter. */
function otherResource(scope: Construct, id: string, type: string): TerraformResource {
  return new TerraformResource(scope, id, { terraformResourceType: type, terraformGeneratorMetadata: { providerName: 'alicloud' } });
}
