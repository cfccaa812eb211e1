import { IConstruct } from 'constructs';
import { LookupContext } from './lookup-context';
import { Checks } from '../checks/checks';
import { Condition } from '../checks/condition';
import { isId } from '../checks/id-check';
import { Expression } from '../terraform/hcl';
import { partOfExpression } from '../terraform/locals';

/** The place of a lookup. */
export interface Location {
  readonly vpcId?: string;
  readonly vswitchId?: string;
}

/**
 * Checks at plan that a location is valid, and not null.
 *
 * @returns the conditions that the user waits for, because the plan may not know the location
 */
export function checkLocation({ stack }: LookupContext, user: IConstruct, { vpcId, vswitchId }: Location): Condition[] {
  return ([['vpcId', 'VPC', vpcId], ['vswitchId', 'vSwitch', vswitchId]] as const).flatMap(([property, kind, value]) => {
    if (value === undefined) return [];
    const id = partOfExpression(stack, value);
    if (!(id instanceof Expression)) return [];
    return Checks.add(user, [value], `${property} ${id.code}`, (paths) => [isId(paths, property, kind, id)]);
  });
}
