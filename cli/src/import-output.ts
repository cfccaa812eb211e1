import * as path from 'node:path';
import { Difference, Lookup, UNSET } from './existing';
import { BANDWIDTH, EGRESS_RULE } from './exposure';
import { ResourceChange } from './plan';
import { join, json, line, oneLine, Text } from './text';
import { ID_PREFIXES } from '../../src/api/limits';
import { addToGroup } from '../../src/terraform/groups';

/** The form of an import. */
export type ImportForm = 'cdktf' | 'hcl' | 'command';

export interface ImportResult {
  readonly plan: string;
  readonly lookups: readonly Lookup[];
  /** Notes on the plan as a whole, and on the credentials. */
  readonly notes: readonly string[];
  /** The default form. */
  readonly form: ImportForm;
  /** The construct that wrote a resource or module, if one did. */
  constructPathOf(configAddress: string): string | undefined;
}

/** The import of one resource: lines of code, or the reason why there are none. */
interface Import {
  readonly code?: readonly Text[];
  readonly problem?: string;
}

const COMMENT: Readonly<Record<ImportForm, string>> = { cdktf: '//', hcl: '#', command: '#' };

/** Returns the imports as code. Everything else is a comment. */
export function importText(results: readonly ImportResult[]): Text {
  return join(results.map(({ plan, lookups, notes, form, constructPathOf }) => {
    const comment = (text: Text): Text => line`${COMMENT[form]} ${text}`;
    const those = <T extends Lookup['outcome']>(outcome: T) => lookups.filter((lookup): lookup is Extract<Lookup, { outcome: T }> => lookup.outcome === outcome);
    const counts = [
      [those('exists').length, 'to import'], [those('is in the state').length, 'in the state under another address'],
      [those('does not exist').length, 'new'], [those('cannot be asked').length, 'cannot be asked'], [those('could not ask').length, 'could not ask'],
    ].filter(([count]) => count !== 0).map(([count, words]) => `${count} ${words}`);
    return join([
      comment(line`${plan}: ${counts.join(', ') || 'creates nothing that could exist already'}`),
      ...notes.map((note) => comment(line`note: ${note}`)),
      ...those('could not ask').map(({ change, reason }) => comment(line`${change.address}: could not ask: ${reason}`)),
      ...those('is in the state').map(({ change, id, holder }) => comment(line`${change.address}: ${id} is in the state as ${holder}: write a moved block from there`)),
      ...byReason(those('cannot be asked')).map(([reason, addresses]) => comment(line`cannot be asked, ${reason}: ${addresses}`)),
      ...those('exists').flatMap((lookup) => {
        const { code = [], problem } = importOf(lookup, form, constructPathOf);
        return [
          oneLine(''),
          comment(line`${lookup.change.address}: ${lookup.id} exists`),
          ...lookup.differences.map((difference) => comment(differenceText(difference, form === 'cdktf' && lookup.change.type === EGRESS_RULE && code.length === 1))),
          ...(problem === undefined ? [] : [comment(line`${problem}`)]),
          ...code,
        ];
      }),
    ]);
  }), '\n\n');
}

export function importJson(results: readonly ImportResult[]): Text {
  return json({
    plans: results.map(({ plan, lookups, notes, form, constructPathOf }) => ({
      plan,
      notes,
      resources: lookups.map((lookup) => ({
        resource: lookup.change.address,
        ...without(lookup),
        ...(lookup.outcome === 'exists' ? { write: importOf(lookup, form, constructPathOf).code?.join('\n') } : {}),
      })),
    })),
  });
}

function without({ change: _change, ...rest }: Lookup): object {
  return rest;
}

/** @param isOfLibrary whether the library's construct ignores names and descriptions that are not written */
function differenceText({ argument, written, exists, replaces }: Difference, isOfLibrary: boolean): Text {
  if (isOfLibrary && written === UNSET) return line`${argument} is ${written} in the plan and ${exists} in the account: it stays as it is`;
  return replaces
    ? line`${argument} is ${written} in the plan and ${exists} in the account: Terraform would replace it; write ${exists}`
    : line`${argument} is ${written} in the plan and ${exists} in the account: Terraform would change it`;
}

/** One line for each reason: an id that the apply will know is no finding. */
function byReason(lookups: readonly Extract<Lookup, { reason: string }>[]): [string, string][] {
  const addresses = new Map<string, string[]>();
  for (const { change, reason } of lookups) addToGroup(addresses, reason, change.address);
  return [...addresses].map(([reason, those]) => [reason, those.slice(0, 10).join(', ') + (those.length > 10 ? ` and ${those.length - 10} more` : '')]);
}

function importOf({ change, id }: Extract<Lookup, { outcome: 'exists' }>, form: ImportForm, constructPathOf: ImportResult['constructPathOf']): Import {
  switch (form) {
    case 'command': {
      if (oneLine(change.address) !== change.address) return { problem: 'its address cannot be written in one line of a shell: use --as hcl' };
      const program = path.basename(process.env.TERRAFORM_BINARY_NAME || 'terraform');
      return { code: [line`${program} import ${quoted(change.address)} ${quoted(id)}`] };
    }
    case 'hcl': return { code: importBlock(change, id) };
    case 'cdktf': {
      const resourcePath = change.moduleAddress === '' ? constructPathOf(change.configAddress) : undefined;
      const written = resourcePath === undefined ? undefined : call(change, id, resourcePath);
      return written === undefined
        ? { problem: 'no construct has a method for it: put this block into a .tf file next to cdk.tf.json', code: importBlock(change, id).map((each) => line`// ${each}`) }
        : { code: [written] };
    }
  }
}

/** The line of a CDKTF program that imports a resource, and the construct that it is a method of. */
function call({ type, key }: ResourceChange, id: string, resourcePath: string): Text | undefined {
  const steps = resourcePath.split('/');
  const name = steps.pop()!;
  if (key !== undefined) {
    // The keys of the library's sets are ids of addresses; another `for_each` is the user's own.
    const method = type === BANDWIDTH ? 'importAddressFrom' : type === EGRESS_RULE ? 'importEgressOnlyRuleFrom' : undefined;
    if (method === undefined || typeof key !== 'string' || !key.startsWith(ID_PREFIXES['IPv6 address']) || steps.length < 2) return undefined;
    return statement(steps, `${method}(${literal(key)}, ${literal(id)})`);
  }
  if (name !== 'Resource') return statement([...steps, name], `importFrom(${literal(id)})`);
  if (steps.length > 2 && steps.at(-1) === 'EgressOnlyRule') return statement(steps.slice(0, -1), `egressOnlyRule!.resource.importFrom(${literal(id)})`);
  return statement(steps, `resource.importFrom(${literal(id)})`);
}

function statement(construct: readonly string[], method: string): Text {
  const variable = construct.at(-1)!.replace(/[^\w$]/g, '').replace(/^[^a-z_$]*/i, '');
  return line`${variable === '' ? 'construct' : variable[0].toLowerCase() + variable.slice(1)}.${method}; // ${construct.join('/')}`;
}

/** A string of TypeScript. */
function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/[^\u0020-\u007e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;
}

/** An `import` block. The address of a resource is a reference in the syntax of HCL already. */
function importBlock({ address }: ResourceChange, id: string): Text[] {
  const to = address.replace(/[^\u0020-\u007e]/gu, (character) => {
    const point = character.codePointAt(0)!;
    // Names may have letters of any language; a key can be escaped.
    return /[\p{L}\p{N}]/u.test(character) ? character : point > 0xffff ? `\\U${point.toString(16).padStart(8, '0')}` : `\\u${point.toString(16).padStart(4, '0')}`;
  });
  return [line`import {`, line`  to = ${to}`, line`  id = "${id}"`, line`}`];
}

/** A word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replace(/'/g, '\'\\\'\'')}'`;
}
