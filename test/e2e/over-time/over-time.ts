import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import {
  IIpv6Address, Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth, Ipv6InternetBandwidthProps, providerAlicloud,
} from '../../../src';
import { Outcome, PlannedChange } from '../terraform';
import { stackWithProvider, World } from '../world';

/** A stack as an app writes it at one time. */
export type Program = (stack: TerraformStack) => void;

export const BANDWIDTH_TYPE = 'alicloud_vpc_ipv6_internet_bandwidth';
export const RULE_TYPE = 'alicloud_vpc_ipv6_egress_rule';

export const REPLACED = ['DeleteIpv6InternetBandwidth', 'AllocateIpv6InternetBandwidth'];
export const REPLACED_WITH_RULE = ['DeleteIpv6EgressOnlyRule', ...REPLACED, 'CreateIpv6EgressOnlyRule'];

type Props = Partial<Ipv6InternetBandwidthProps>;

/** What a change of a program did. */
export interface Changed extends Outcome {
  /** The calls that were to change something, in order. */
  readonly writes: string[];
  /** The ids of the bandwidths that exist after it, by address. */
  readonly bandwidths: Record<string, string>;
  readonly planned: PlannedChange[];
}

/**
 * One stack, deployed again and again while its program changes. (A rule takes the provider a quarter of a minute: only what
 * is about rules has one.)
 */
export class OverTime {
  world!: World;

  /** Gives each test of a file a world of its own. */
  constructor(options: { instances?: number; gateway?: boolean } = {}) {
    beforeEach(async () => { this.world = await World.begin(options); });
    afterEach(() => this.world.end());
  }

  get vpcId(): string {
    return this.world.vpcId;
  }

  get first(): string {
    return this.addresses[0];
  }

  get second(): string {
    return this.addresses[1];
  }

  get third(): string {
    return this.addresses[2];
  }

  /** The ids of the addresses that instances have. */
  get addresses(): string[] {
    return this.world.addresses;
  }

  get gatewayId(): string {
    return this.world.api.gateways()[0].Ipv6GatewayId;
  }

  get instanceIds(): string[] {
    return this.world.api.addresses().map(({ AssociatedInstanceId }) => AssociatedInstanceId).filter((id) => id !== '');
  }

  /** The ids of the bandwidths that exist, by address. */
  get bandwidths(): Record<string, string> {
    const bought = this.world.api.bandwidths();
    return Object.fromEntries(bought.map(({ Ipv6AddressId, Ipv6InternetBandwidthId }) => [Ipv6AddressId, Ipv6InternetBandwidthId]));
  }

  /** What was written to the API since `deploy` or `change` began. */
  get writes(): string[] {
    return this.world.api.calls.filter(({ writes }) => writes).map(({ action }) => action);
  }

  synth(program: Program): void {
    this.world.deployment.synth((app) => program(stackWithProvider(app, 'web')));
  }

  /** Deploys a program that is there before a change: it must go through, and leave nothing to do. */
  async deploy(program: Program): Promise<void> {
    const { output, code } = await this.change(program);
    if (code !== 0) throw new Error(output);
  }

  /** Deploys a changed program: if it goes through, a second plan is empty. */
  async change(program: Program, ...options: string[]): Promise<Changed> {
    this.synth(program);
    this.world.api.clearCalls();
    const plan = await this.world.deployment.plan('web', ...options);
    if (plan.code !== 0) return { ...plan, writes: this.writes, bandwidths: this.bandwidths, planned: [] };
    const outcome = await this.world.deployment.applyPlanned('web');
    const { writes, bandwidths } = this;
    if (outcome.code === 0 && options.length === 0) expect((await this.world.deployment.plan('web')).changes).toEqual({});
    return { ...outcome, writes, bandwidths, planned: plan.managed };
  }

  /** Deploys a changed program, and expects that nothing is bought, changed or destroyed. */
  async keeps(program: Program): Promise<void> {
    const before = this.bandwidths;
    const changed = await this.change(program);
    expect(changed).toMatchObject({ code: 0, writes: [] });
    expect(changed.bandwidths).toEqual(before);
  }

  /** Expects that a changed program is refused by the plan, in these words, before anything is written. */
  async refuses(program: Program, ...words: string[]): Promise<void> {
    const before = this.bandwidths;
    const { code, output, writes } = await this.change(program);
    expect(code).toBe(1);
    const text = output.replace(/[\s│╷╵]+/g, ' ');
    for (const word of words) expect(text).toContain(word);
    expect(writes).toEqual([]);
    expect(this.bandwidths).toEqual(before);
  }

  /** A bandwidth for an address by its id. */
  one(id: string, addressId: string, props: Props = {}): Program {
    return (stack) => void bandwidth(stack, id, this.byId(stack, id, addressId), props);
  }

  moved(from: string, id: string, addressId: string, props: Props = {}): Program {
    return (stack) => bandwidth(stack, id, this.byId(stack, id, addressId), props).resource.moveFromId(from);
  }

  byHand(addressId: string): Program {
    return (stack) => void new providerAlicloud.vpcIpv6InternetBandwidth.VpcIpv6InternetBandwidth(stack, 'old', {
      ipv6AddressId: addressId, ipv6GatewayId: this.gatewayId, bandwidth: 10, internetChargeType: 'PayByBandwidth',
    });
  }

  /** An address that the stack owns. */
  own(id: string): Program {
    return (stack) => void new Ipv6Address(stack, id, { vswitchId: this.world.vSwitchId });
  }

  /** A bandwidth for an address that the stack owns. */
  owned(id: string, addressId = 'Own'): Program {
    return (stack) => {
      if (!stack.node.tryFindChild(addressId)) this.own(addressId)(stack);
      bandwidth(stack, id, stack.node.findChild(addressId) as Ipv6Address, { ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(stack, `${id}Gateway`, this.gatewayId) });
    };
  }

  byId(stack: TerraformStack, id: string, addressId: string, options: { vpcId?: string } = { vpcId: this.vpcId }): IIpv6Address {
    return Ipv6Address.fromIpv6AddressId(stack, `${id}Address`, addressId, options);
  }

  /** The address in the state of a construct's bandwidth. */
  addressOf(id: string): string {
    return this.ask((stack) => {
      const { resource } = bandwidth(stack, id, this.byId(stack, id, this.addresses[0]));
      return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
    });
  }

  /** What a stack of the same name says of its constructs; it is not deployed. */
  ask(question: (stack: TerraformStack) => string): string {
    let answer = '';
    this.synth((stack) => { answer = question(stack); });
    return answer;
  }

  buy(addressId: string): string {
    const { InternetBandwidthId } = this.world.api.outOfBand('AllocateIpv6InternetBandwidth', {
      Ipv6AddressId: addressId, Ipv6GatewayId: this.gatewayId, Bandwidth: '10', InternetChargeType: 'PayByBandwidth',
    });
    return InternetBandwidthId as string;
  }

  close(addressId: string, named: { Name?: string; Description?: string } = {}): string {
    const { Ipv6EgressRuleId } = this.world.api.outOfBand('CreateIpv6EgressOnlyRule', { InstanceId: addressId, InstanceType: 'Ipv6Address', Ipv6GatewayId: this.gatewayId, ...named });
    return Ipv6EgressRuleId as string;
  }
}

export function all(...programs: Program[]): Program {
  return (stack) => programs.forEach((program) => program(stack));
}

export function bandwidth(stack: TerraformStack, id: string, ipv6Address: IIpv6Address, props: Props = {}): Ipv6InternetBandwidth {
  return new Ipv6InternetBandwidth(stack, id, { ipv6Address, bandwidth: 10, egressOnly: false, ...props });
}

/**
 * A resource of the stack that has an id which is not known before it is created, as an instance has: a `terraform_data`.
 * `id` is the instance that it turns out to be.
 */
export class Server extends TerraformResource {
  constructor(scope: Construct, id: string, private readonly instanceId: string, private readonly needs: readonly TerraformResource[] = []) {
    super(scope, id, { terraformResourceType: 'terraform_data', terraformGeneratorMetadata: { providerName: 'terraform' } });
  }

  get serverId(): string {
    return this.getStringAttribute('output');
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      // Replaced, and so with an output that is not known, when the instance is another.
      input: this.instanceId,
      triggers_replace: this.instanceId,
      depends_on: this.needs.map((need) => `${need.terraformResourceType}.${need.friendlyUniqueId}`),
    };
  }
}

/** A `removed` block that leaves what exists as it is. */
export class Forgotten extends TerraformElement {
  constructor(scope: Construct, id: string, private readonly address: string) {
    super(scope, id);
  }

  toTerraform(): any {
    return { removed: [{ from: this.address, lifecycle: { destroy: false } }] };
  }
}
