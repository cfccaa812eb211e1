import { Condition, refuseUnless } from './condition';
import { ID_PREFIXES, IdKind } from '../api/limits';
import { Expression, hcl, orNull, template } from '../terraform/hcl';

/** Refuses an id that is null, empty or of another kind at plan. For a null id, the API would return the whole region. */
export function isId(paths: string, property: string, kind: IdKind, id: Expression): Condition {
  const prefix = ID_PREFIXES[kind];
  return refuseUnless(
    hcl`can(regex(${`^${prefix}[A-Za-z0-9]`}, ${id}))`,
    template`${paths}: ${property} is ${orNull(id)}, not the id of a ${kind} (${prefix}…): pass such an id`,
  );
}
