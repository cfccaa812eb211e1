import { Condition, refuseUnless } from './condition';
import { ID_PREFIXES, IdKind } from '../api/limits';
import { Expression, hcl, orNull, template } from '../terraform/hcl';

/** Refuses an id that turns out to be null, empty or of another kind: asked for by null, the API would answer with the whole region. */
export function isId(paths: string, property: string, kind: IdKind, id: Expression): Condition {
  const prefix = ID_PREFIXES[kind];
  return refuseUnless(
    hcl`can(regex(${`^${prefix}[A-Za-z0-9]`}, ${id}))`,
    template`${paths}: ${property} is ${orNull(id)}, not the id of a ${kind} (${prefix}…): pass such an id`,
  );
}
