import { IConstruct } from 'constructs';
import { LookupContext } from './lookup-context';
import { Condition } from '../checks/condition';

/** The id of a gateway that is looked up, as a stack refers to it. */
export interface GatewayInStack {
  readonly id: string;
  /** The conditions that the user of a gateway waits for, because the plan may not know them. */
  readonly conditions: readonly Condition[];
}

/**
 * What a bandwidth asks of a gateway that is looked up. Of any other, the public interface says all.
 *
 * @internal
 */
export interface LookedUpGateway extends IConstruct {
  /** Refers to the gateway from the stack of the context. The plan fails if there is none, and names the user. */
  _gatewayInStack(context: LookupContext, user: IConstruct): GatewayInStack;
}

export function isLookedUpGateway(gateway: IConstruct): gateway is LookedUpGateway {
  return '_gatewayInStack' in gateway;
}
