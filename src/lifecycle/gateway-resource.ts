import { ITERATE_BY_PROGRAM, refuseIteration } from './iteration';
import { definedOnly, withLifecycle } from './lifecycle';
import { VpcIpv6Gateway } from '../provider-alicloud/vpc-ipv6-gateway';

/** The resource of a gateway, with the lifecycle that the library needs. */
export class GatewayResource extends VpcIpv6Gateway {
  get terraformMetaArguments(): { [name: string]: any } {
    refuseIteration(this, this.rawOverrides, ITERATE_BY_PROGRAM);
    return definedOnly(super.terraformMetaArguments);
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    return withLifecycle(super.synthesizeAttributes(), { isHolder: true });
  }
}
