/**
 * Finishes API.md: puts an index by situation at its beginning, and leaves in a struct the properties of its own.
 *
 *     api-reference.ts FILE     rewrites the output of jsii-docgen
 */
import * as fs from 'node:fs';
import { main, readJson, ROOT } from './toolchain';

/** All classes and enums, by what a reader wants to do. Structs and interfaces are linked from these. */
const SITUATIONS: [situation: string, types: string[]][] = [
  ['Give an address Internet bandwidth', ['Ipv6InternetBandwidth', 'InternetChargeType']],
  ['Give a set of addresses Internet bandwidth', ['Ipv6InternetBandwidths', 'Ipv6Addresses']],
  ['Find an address, or create one without an instance', ['Ipv6Address', 'Ipv6AddressLookup']],
  ['Find or create an IPv6 gateway', ['Ipv6Gateway']],
  ['Keep the Internet from opening connections', ['Ipv6EgressOnlyRule']],
  ['Limit the exposure that a program may create', ['Ipv6ExposureRules', 'Ipv6ExposureSeverity']],
  ['Report the exposure of a program', ['Ipv6ExposureReport', 'Ipv6Inbound']],
  ['Give a pipeline its permissions', ['Ipv6RamPolicy']],
];

/** The API reference of an assembly, made of the output of jsii-docgen. */
export function apiReference(generated: string, { name, types }: { name: string; types: Record<string, any> }): string {
  const link = (type: string) => `[${type}](#${name}.${type})`;
  const own = Object.values(types).filter(({ namespace }) => !namespace);
  const listed = SITUATIONS.flatMap(([, each]) => each);
  const documented: string[] = own.filter(({ kind, datatype }) => kind !== 'interface' && !datatype).map((type) => type.name);
  const wrong = [...documented.filter((type) => !listed.includes(type)), ...listed.filter((type) => !documented.includes(type))];
  if (wrong.length > 0) throw new Error(`SITUATIONS in projenrc/api-reference.ts must list every class and enum, and nothing else: ${wrong.join(', ')}`);

  const rows = SITUATIONS.map(([situation, each]) => `| ${situation} | ${each.map(link).join(', ')} |`);
  let text = generated.replace(/^# .*\n/, (title) => `${title}\n| To | see |\n| --- | --- |\n${rows.join('\n')}\n`);

  for (const struct of own.filter(({ datatype, interfaces }) => datatype && interfaces)) {
    const bases: string[] = struct.interfaces.filter((base: string) => base.startsWith(`${name}.`)).map((base: string) => types[base].name);
    const properties = (struct.properties ?? []).map((property: any) => property.name);
    const inherited = `"#?${name}\\.${struct.name}\\.property\\.(?!(?:${properties.join('|')})")\\w+"`;
    text = text
      .replace(new RegExp(`^\\|.*${inherited}.*\\n`, 'gm'), '')
      .replace(new RegExp(`^##### .*${inherited}[^]*?\\n---\\n\\n`, 'gm'), '')
      .replace(new RegExp(`^(### ${struct.name} .*\\n)`, 'm'), `$1\n- *Has the properties of* ${bases.map(link).join(', ')} *too.*\n`);
  }
  return text;
}

if (require.main === module) {
  main(() => {
    const [file] = process.argv.slice(2);
    fs.writeFileSync(file, apiReference(fs.readFileSync(file, 'utf8'), readJson(ROOT, '.jsii')));
  });
}
