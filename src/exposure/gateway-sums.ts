import { TerraformElement, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { findAcknowledgement } from './acknowledgements';
import { ExposurePolicy } from './exposure-policy';
import { bandwidthPerGateway } from './rules/bandwidth-per-gateway';
import { Condition } from '../guards/condition';
import { sumIsAtMost } from '../guards/limits-of-rules';
import { Ipv6InternetBandwidth } from '../ipv6-internet-bandwidth';
import { Expression } from '../terraform/hcl';
import { findOrCreateInStack } from '../terraform/locals';
import { comparisonKey, resolveValue } from '../terraform/tokens';
import { ConstructRegistry } from '../validation/construct-registry';

const ID = 'Ipv6GatewaySums';

/** The bandwidths of one stack that go through one gateway. */
interface GatewayUsers {
  /** What a message calls the gateway. */
  readonly label: string;
  readonly construct?: IConstruct;
  readonly bandwidths: Ipv6InternetBandwidth[];
}

/**
 * The check at plan that the Mbit/s of a gateway stay below the ceilings of the rules, where Terraform alone knows some of them. What the
 * synthesis knows, it adds up itself.
 *
 * It is a precondition of a `terraform_data` that no other block refers to, as that of `UniqueAddresses`: no bandwidth waits for another.
 * The rules read it when it is written, and it counts for them only if it adds up all of a gateway (`findings.ts`).
 */
export class GatewaySums extends TerraformElement {
  static check(stack: TerraformStack, policies: () => readonly ExposurePolicy[]): void {
    findOrCreateInStack(stack, ID, (scope, id) => new GatewaySums(scope, id, policies));
  }

  private constructor(stack: TerraformStack, id: string, private readonly policies: () => readonly ExposurePolicy[]) {
    super(stack, id);
  }

  toTerraform(): any {
    const policies = this.policies()
      .filter(({ limits }) => limits.maxBandwidthPerGateway !== undefined && !limits.warnings?.includes(bandwidthPerGateway.id));
    if (policies.length === 0 || !ConstructRegistry.of(this).find('bandwidth known to Terraform only', this.cdktfStack.node.path)) return {};
    const gateways = this.gateways();
    const conditions = new Map<string, Condition>();
    for (const { scope, limits } of policies) {
      for (const { label, construct, bandwidths } of gateways) {
        const inScope = bandwidths.filter(({ node }) => node.scopes.includes(scope));
        const condition = this.condition(label, construct, inScope, limits.maxBandwidthPerGateway!);
        if (condition) conditions.set(condition.condition, condition);
      }
    }
    if (conditions.size === 0) return {};
    const metadata = { path: this.node.path, uniqueId: ID };
    return { resource: { terraform_data: { [ID]: { 'lifecycle': { precondition: [...conditions.values()] }, '//': { metadata } } } } };
  }

  private condition(
    label: string, gateway: IConstruct | undefined, bandwidths: readonly Ipv6InternetBandwidth[], max: number,
  ): Condition | undefined {
    const values = bandwidths.map(({ _mbps }) => _mbps);
    const unknown = values.filter((value): value is Expression => value instanceof Expression);
    if (unknown.length === 0) return undefined;
    // Whoever acknowledged the sum allows more.
    const places = new Set([...gateway ? [gateway] : [], ...bandwidths.flatMap(({ node }) => node.scopes)]);
    if ([...places].some((construct) => findAcknowledgement({ construct, ruleId: bandwidthPerGateway.id }))) return undefined;
    const known = values.reduce<number>((sum, value) => sum + (value instanceof Expression ? 0 : value), 0);
    return sumIsAtMost(this.cdktfStack.node.path, label, known > 0 ? [...unknown, known] : unknown, max, bandwidthPerGateway.id);
  }

  private gateways(): GatewayUsers[] {
    const gateways = new Map<string, GatewayUsers>();
    for (const bandwidth of this.cdktfStack.node.findAll()) {
      if (!(bandwidth instanceof Ipv6InternetBandwidth) || bandwidth.resource.cdktfStack !== this.cdktfStack) continue;
      const { ipv6Address, _ipv6Gateway: gateway, resource } = bandwidth;
      const vpcId = gateway?.vpcId ?? ipv6Address.vpcId;
      if (!gateway && vpcId === undefined) continue; // The rule finds a bandwidth whose gateway only Terraform knows.
      const key = vpcId === undefined ? `id ${comparisonKey(this.cdktfStack, resource.ipv6GatewayIdInput!)}` : `vpc ${comparisonKey(this.cdktfStack, vpcId)}`;
      const label = gateway?.node.path ?? `the gateway of ${resolveValue(this.cdktfStack, vpcId).text}`;
      let users = gateways.get(key);
      if (!users) gateways.set(key, users = { label, construct: gateway, bandwidths: [] });
      users.bandwidths.push(bandwidth);
    }
    return [...gateways.values()];
  }
}
