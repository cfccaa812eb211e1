import { forCdktn } from './cdktn-names';

/**
 * In what the public APIs of the two packages differ, once the one is read with the other's names.
 *
 * Of a type, everything counts that jsii makes part of the API. What does not: documentation, where a thing is written,
 * and members that only repeat one of the framework's own (`overrides`), which users have from there.
 */
export function apiDifferences(cdktf: Assembly, cdktn: Assembly): string[] {
  const expected = surface(JSON.parse(namesForCdktn(JSON.stringify(cdktf))));
  const seen = surface(cdktn);
  return [...new Set([...expected.keys(), ...seen.keys()])].sort().flatMap((key) => {
    const [theirs, ours] = [expected.get(key), seen.get(key)];
    if (theirs === ours) return [];
    return [`${key}\n  cdktf: ${theirs ?? 'not there'}\n  cdktn: ${ours ?? 'not there'}`];
  });
}

interface Assembly {
  readonly types: Record<string, any>;
  readonly submodules?: Record<string, unknown>;
}

/** Names of types in an assembly: `cdktf.TerraformStack`, `cdktf-alicloud-ipv6.Ipv6Address`. */
function namesForCdktn(assembly: string): string {
  return forCdktn(assembly).replace(/"cdktf\./g, '"cdktn.');
}

/** The API, one entry a type and one a member. */
function surface({ types, submodules = {} }: Assembly): Map<string, string> {
  const entries = new Map<string, string>();
  for (const name of Object.keys(submodules).filter((submodule) => submodule.includes('-alicloud-ipv6'))) entries.set(name, 'submodule');
  for (const [fqn, type] of Object.entries(types)) {
    const { methods = [], properties = [], members = [], ...rest } = type;
    entries.set(fqn, text(rest));
    for (const member of [...methods, ...properties, ...members]) {
      if (/^cdkt[fn]\./.test(member.overrides ?? '')) continue;
      entries.set(`${fqn}.${member.name}`, text(member));
    }
  }
  return entries;
}

/** A canonical text of a part of an assembly. */
function text(value: unknown): string {
  return JSON.stringify(value, (key, inner) => {
    if (['docs', 'locationInModule', 'symbolId'].includes(key)) return undefined;
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a.localeCompare(b)));
  });
}
