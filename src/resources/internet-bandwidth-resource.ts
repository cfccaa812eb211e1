import { Construct } from 'constructs';
import { isMoved, keepsWhatExists, LibraryLifecycle, managed, WRITE_WHAT_EXISTS } from './managed-resource';
import { Condition } from '../checks/condition';
import { VpcIpv6InternetBandwidth, VpcIpv6InternetBandwidthConfig } from '../provider-alicloud/vpc-ipv6-internet-bandwidth';
import { AddressIdRecord } from '../state/address-id-record';
import { DestroyBeforeCreate } from '../state/destroy-before-create';
import { Expression, hcl } from '../terraform/hcl';
import { partOfExpression } from '../terraform/locals';

/**
 * The resource of a bandwidth.
 *
 * A plan replaces the bandwidth if its address changes. A plan that moves or imports the bandwidth refuses a changed address instead: OpenTofu
 * 1.12 and later treats a record that is created in the same plan as a change. With a logical id that the user set, the state may have a
 * bandwidth without a record, so the plan refuses a changed address too.
 */
export class InternetBandwidthResource extends managed(VpcIpv6InternetBandwidth) {
  private readonly addressIdRecord: AddressIdRecord;

  /** @param preconditions  the conditions of values that the plan may not know, asked at synthesis */
  constructor(scope: Construct, id: string, config: VpcIpv6InternetBandwidthConfig, private readonly preconditions: () => readonly Condition[]) {
    super(scope, id, config);
    this.addressIdRecord = new AddressIdRecord(scope, this, config.ipv6AddressId);
  }

  libraryLifecycle(): LibraryLifecycle {
    const own: LibraryLifecycle = { dependsOn: [DestroyBeforeCreate.reference], preconditions: this.preconditions() };
    const { reference } = this.addressIdRecord;
    const replaceTriggeredBy = [hcl`${reference}.output.id`];
    const isKept = this.isImported || isMoved(this);
    if (!isKept && !this.hasOwnLogicalId) return { ...own, replaceTriggeredBy };
    const { path } = this.node.scope!.node;
    const argument = (value: string) => partOfExpression(this.cdktfStack, value);
    const written: { [argument: string]: string | Expression } = { ipv6_address_id: hcl`${reference}.input.id` };
    if (this.isImported) {
      written.internet_charge_type = argument(this.internetChargeTypeInput!);
      written.ipv6_gateway_id = argument(this.ipv6GatewayIdInput!);
      return { ...own, ...keepsWhatExists(path, written, WRITE_WHAT_EXISTS) };
    }
    const deployFirst = `deploy with its own address first, or plan with -replace=${this.terraformResourceType}.${this.friendlyUniqueId} (InvalidIpv6Instance.NotFound)`;
    return { ...own, ...isKept ? {} : { replaceTriggeredBy }, ...keepsWhatExists(path, written, deployFirst) };
  }
}
