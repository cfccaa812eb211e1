import { Condition, refuseUnless } from './condition';
import { Expression, hasValue, hcl, Operand, template } from '../terraform/hcl';

/** An egress-only rule needs an address that belongs to an instance. An address that is not found has a message of its own. */
export function addressHasInstance(path: string, addressesById: Expression, addressId: Operand): Condition {
  const address = addressesById.at(addressId);
  return refuseUnless(
    hcl`!can(${address}) || ${hasValue(address.attribute('associated_instance_id'))}`,
    template`${path}: the address ${addressId} belongs to no instance, and so can have no egress-only rule: leave egressOnly out, or take the address of an instance`,
  );
}
