import { keepsWhatExists, LibraryLifecycle, managed, WRITE_WHAT_EXISTS } from './managed-resource';
import { VpcIpv6Address } from '../provider-alicloud/vpc-ipv6-address';
import { partOfExpression } from '../terraform/locals';

/** The resource of an address that the stack creates. */
export class AddressResource extends managed(VpcIpv6Address) {
  libraryLifecycle(): LibraryLifecycle {
    if (!this.isImported) return {};
    const vswitchId = partOfExpression(this.cdktfStack, this.vswitchIdInput!);
    return keepsWhatExists(this.node.scope!.node.path, { vswitch_id: vswitchId }, WRITE_WHAT_EXISTS);
  }
}
