import { keepsWhatExists, LibraryLifecycle, managed, WRITE_WHAT_EXISTS } from './managed-resource';
import { VpcIpv6Gateway } from '../provider-alicloud/vpc-ipv6-gateway';
import { DestroyBeforeCreate } from '../state/destroy-before-create';
import { partOfExpression } from '../terraform/locals';

/** The resource of a gateway. */
export class GatewayResource extends managed(VpcIpv6Gateway) {
  libraryLifecycle(): LibraryLifecycle {
    const dependsOn = [DestroyBeforeCreate.reference];
    if (!this.isImported) return { dependsOn };
    const vpcId = partOfExpression(this.cdktfStack, this.vpcIdInput!);
    return { dependsOn, ...keepsWhatExists(this.node.scope!.node.path, { vpc_id: vpcId }, WRITE_WHAT_EXISTS) };
  }
}
