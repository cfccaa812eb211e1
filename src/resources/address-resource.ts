import { keepsWhatExists, LibraryLifecycle, managed } from './managed-resource';
import { VpcIpv6Address } from '../provider-alicloud/vpc-ipv6-address';

/** The resource of an address that the stack creates. */
export class AddressResource extends managed(VpcIpv6Address) {
  libraryLifecycle(): LibraryLifecycle {
    return this.isImported ? keepsWhatExists(this, { vswitch_id: this.vswitchIdInput! }) : {};
  }
}
