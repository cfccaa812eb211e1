import { Construct } from 'constructs';
import { keepsWhatExists, LibraryLifecycle, managed } from './managed-resource';
import { Condition } from '../checks/condition';
import { VpcIpv6InternetBandwidth, VpcIpv6InternetBandwidthConfig } from '../provider-alicloud/vpc-ipv6-internet-bandwidth';
import { DestroyBeforeCreate } from '../state/destroy-before-create';
import { companionName, formerCompanion } from '../state/taken-over';
import { Expression } from '../terraform/hcl';

const RECORD_SUFFIX = 'AddressId';

/**
 * The resource of a bandwidth, and a record of the address id that the bandwidth was bought for: a changed id replaces the bandwidth. Without the
 * record the provider would update the bandwidth in place, which the API refuses.
 *
 * Terraform replaces the bandwidth when the record changes, and not when it is created; OpenTofu from 1.12 on does so in both cases. So a bandwidth
 * that a plan moves or imports has no trigger in that plan, and the plan refuses a changed address instead. With a logical id that the user set, the
 * state may have a bandwidth without a record, so the plan refuses a changed address too.
 *
 * The record is a `terraform_data` that is named after the resource, and moves with it.
 */
export class InternetBandwidthResource extends managed(VpcIpv6InternetBandwidth) {
  /** @param preconditions  the conditions of values that the plan may not know, asked at synthesis */
  constructor(scope: Construct, id: string, config: VpcIpv6InternetBandwidthConfig, private readonly preconditions: () => readonly Condition[]) {
    super(scope, id, config);
  }

  get recordName(): string {
    return companionName(this.friendlyUniqueId, RECORD_SUFFIX);
  }

  toTerraform(): any {
    const written = super.toTerraform();
    written.resource.terraform_data = { [this.recordName]: { input: { id: this.ipv6AddressIdInput } } };
    const from = formerCompanion(this.movedFrom, 'terraform_data', RECORD_SUFFIX);
    if (from !== undefined) written.moved.push({ from, to: `terraform_data.${this.recordName}` });
    return written;
  }

  libraryLifecycle(): LibraryLifecycle {
    const record = `terraform_data.${this.recordName}`;
    const own: LibraryLifecycle = { depends_on: [DestroyBeforeCreate.reference], precondition: this.preconditions() };
    const address = { ipv6_address_id: new Expression(`${record}.input.id`) };
    if (this.isImported) {
      const written = { ...address, internet_charge_type: this.internetChargeTypeInput!, ipv6_gateway_id: this.ipv6GatewayIdInput! };
      return { ...own, ...keepsWhatExists(this, written) };
    }
    const isMoved = this.movedFrom !== undefined;
    const replaced: LibraryLifecycle = { ...own, replace_triggered_by: [`${record}.output.id`] };
    if (!isMoved && !this.hasOwnLogicalId) return replaced;
    const deployFirst = `deploy with its own address first, or plan with -replace=${this.address} (InvalidIpv6Instance.NotFound)`;
    return { ...isMoved ? own : replaced, ...keepsWhatExists(this, address, deployFirst) };
  }
}
