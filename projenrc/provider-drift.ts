/**
 * Says what of a newer provider's schema concerns the library: what changed in the types that its bindings cover.
 *
 *     npm run provider:drift -- --schema FILE
 *
 * FILE is what `terraform providers schema -json` says. Ends with 1 where something changed, for a workflow to show it;
 * `npm run provider:generate -- --schema FILE` takes it over. (Terraform prints no defaults of a provider: a changed default
 * shows where a description names it, or where an argument became one that the provider fills in.)
 */
import * as fs from 'node:fs';
import { parseArgs } from 'node:util';
import { ProviderSchema, providerSchema, SCHEMA_FILE } from './provider-generate';

interface Block {
  readonly attributes?: Record<string, any>;
  readonly block_types?: Record<string, { nesting_mode: string; min_items?: number; max_items?: number; block: Block }>;
}

/** The differences in the types that the committed schema has. */
export function drift(committed: ProviderSchema, newer: ProviderSchema): string[] {
  const types = (schema: ProviderSchema) => Object.entries({
    ...schema.resource_schemas, ...Object.fromEntries(Object.entries(schema.data_source_schemas).map(([type, value]) => [`data.${type}`, value])), provider: schema.provider,
  }) as [string, { block: Block }][];
  const now = new Map(types(newer));
  return types(committed).flatMap(([type, { block }]) => {
    const other = now.get(type);
    return other ? blockDrift(type, block, other.block) : [`${type}: gone`];
  });
}

function blockDrift(path: string, before: Block, after: Block): string[] {
  const { attributes: old = {}, block_types: oldBlocks = {} } = before;
  const { attributes: now = {}, block_types: nowBlocks = {} } = after;
  return [
    ...names(old, now).flatMap((name) => difference(`${path}.${name}`, old[name] && attribute(old[name]), now[name] && attribute(now[name]))),
    ...names(oldBlocks, nowBlocks).flatMap((name) => {
      const [theirs, ours] = [oldBlocks[name], nowBlocks[name]];
      const shape = ({ nesting_mode: mode, min_items: min, max_items: max }: typeof theirs) => `block, ${mode}, ${min ?? 0} to ${max ?? 'any number'}`;
      const differs = difference(`${path}.${name}`, theirs && shape(theirs), ours && shape(ours));
      return theirs && ours ? [...differs, ...blockDrift(`${path}.${name}`, theirs.block, ours.block)] : differs;
    }),
  ];
}

function names(...records: object[]): string[] {
  return [...new Set(records.flatMap(Object.keys))].sort();
}

function difference(path: string, before: string | undefined, after: string | undefined): string[] {
  if (before === after) return [];
  if (before === undefined) return [`${path}: new: ${after}`];
  if (after === undefined) return [`${path}: gone`];
  return [`${path}: ${before} -> ${after}`];
}

/** An attribute in words: what counts for who writes it, and for who reads it. */
function attribute({ type, required, optional, computed, deprecated, sensitive, description }: any): string {
  const words = [
    typeof type === 'string' ? type : JSON.stringify(type),
    ...Object.entries({ required, optional, computed, deprecated, sensitive }).filter(([, is]) => is).map(([word]) => word),
  ];
  const said = /default/i.test(description ?? '') ? `, described as "${description}"` : '';
  return words.join(', ') + said;
}

function main(args: string[]): void {
  const { values } = parseArgs({ args, options: { schema: { type: 'string' } } });
  if (!values.schema) throw new Error('usage: npm run provider:drift -- --schema FILE');
  const read = (file: string) => providerSchema(JSON.parse(fs.readFileSync(file, 'utf8')));
  const committed = read(SCHEMA_FILE);
  const found = drift(committed, read(values.schema));
  found.forEach((line) => console.log(line));
  const covered = Object.keys(committed.resource_schemas).length + Object.keys(committed.data_source_schemas).length;
  console.log(`${found.length} differences in the ${covered} types that the library has bindings of, and in the provider's own arguments`);
  if (found.length > 0) process.exitCode = 1;
}

if (require.main === module) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}
