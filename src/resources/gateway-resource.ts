import { keepsWhatExists, LibraryLifecycle, managed } from './managed-resource';
import { VpcIpv6Gateway } from '../provider-alicloud/vpc-ipv6-gateway';
import { DestroyBeforeCreate } from '../state/destroy-before-create';

/** The resource of a gateway. */
export class GatewayResource extends managed(VpcIpv6Gateway) {
  libraryLifecycle(): LibraryLifecycle {
    return { depends_on: [DestroyBeforeCreate.reference], ...this.isImported ? keepsWhatExists(this, { vpc_id: this.vpcIdInput! }) : {} };
  }
}
