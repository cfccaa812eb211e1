import { ITERATE_BY_PROGRAM, refuseIteration } from './iteration';
import { definedOnly } from './lifecycle';
import { VpcIpv6Address } from '../provider-alicloud/vpc-ipv6-address';

/** The resource of an address that the stack creates: one. */
export class AddressResource extends VpcIpv6Address {
  get terraformMetaArguments(): { [name: string]: any } {
    refuseIteration(this, this.rawOverrides, ITERATE_BY_PROGRAM);
    return definedOnly(super.terraformMetaArguments);
  }
}
