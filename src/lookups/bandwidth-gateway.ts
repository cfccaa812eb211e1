import { IConstruct } from 'constructs';
import { LookupContext } from './lookup-context';

/**
 * What a bandwidth asks of a gateway that is looked up. Of any other, the public interface says all.
 *
 * @internal
 */
export interface LookedUpGateway extends IConstruct {
  /** The id of the gateway, as an argument in the stack of the context takes it. The plan fails if there is none, and names the user. */
  _idInStack(context: LookupContext, user: IConstruct): string;
}

export function isLookedUpGateway(gateway: IConstruct): gateway is LookedUpGateway {
  return '_idInStack' in gateway;
}
