import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, TerraformDataSource, TerraformElement, TerraformModule, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { Json, objectsOf } from './json-syntax';
import { blockOf, referencesFrom } from './template-syntax';

type Kind = 'resource' | 'data' | 'module';

/** A resource, data source or module as Terraform reads it. */
export interface WrittenBlock<K extends Kind = 'resource' | 'data'> {
  readonly kind: K;
  readonly type: string;
  /** Its type and name: for a resource or a module, its address in the state. */
  readonly address: string;
  /** The construct with this logical id; the stack, for a block that an override or a custom element writes. */
  readonly construct: IConstruct;
  readonly arguments: Json;
}

/**
 * The Terraform of a stack as JSON. It contains overrides, custom elements and resources of other bindings as Terraform reads them.
 */
export class WrittenStack {
  /** Returns the file that the synthesis of the app has written. */
  static ofFile(app: App, stack: TerraformStack): WrittenStack {
    const file = path.join(app.outdir, app.manifest.forStack(stack).synthesizedStackPath);
    try {
      const others = fs.readdirSync(path.dirname(file)).filter((name) => /\.(tf|tofu)(\.json)?$/.test(name) && name !== path.basename(file));
      return new WrittenStack(stack, JSON.parse(fs.readFileSync(file, 'utf8')), others.sort());
    } catch (error) {
      throw new Error(`${stack.node.path}: ${file} must be readable as JSON for the exposure rules and the report (${(error as Error).message}): remove hclOutput and SYNTH_HCL_OUTPUT`);
    }
  }

  /** Reads the Terraform that the stack would write now. */
  static ofConstructs(stack: TerraformStack): WrittenStack {
    return new WrittenStack(stack, stack.toTerraform());
  }

  private cachedConstructs?: ReadonlyMap<string, IConstruct>;

  /**
   * @param otherFiles  the names of other files that Terraform reads with the stack
   */
  constructor(readonly stack: TerraformStack, private readonly json: Json, readonly otherFiles: readonly string[] = []) {}

  /** Returns the resources or data sources of the types that are wanted. */
  blocks(kind: 'resource' | 'data', wanted: (type: string) => boolean): WrittenBlock[] {
    return labelled(this.json[kind]).filter(([type]) => wanted(type)).flatMap(([type, byName]) => this.blocksOf(kind, type, byName));
  }

  modules(): WrittenBlock<'module'>[] {
    return this.blocksOf('module', 'module', this.json.module);
  }

  /** Returns the data sources that blocks read: in their arguments and imports, by way of locals and of other data sources. */
  dataSourcesReadBy(blocks: readonly WrittenBlock[]): WrittenBlock[] {
    const addresses = new Set(blocks.map(({ address }) => address));
    const imports = objectsOf(this.json.import).filter(({ to }) => addresses.has(String(to).replace(/\[.*\]$/, '')));
    const locals = new Map(labelled(this.json.locals));
    const dataSources = new Map(this.blocks('data', () => true).map((block) => [`data.${block.address}`, block]));
    const references = referencesFrom([...blocks.map((block) => block.arguments), ...imports], (...reference) =>
      reference[0] === 'local' ? locals.get(reference[1]) : dataSources.get(blockOf(reference))?.arguments);
    const found = new Set(Array.from(references, (reference) => dataSources.get(blockOf(reference))));
    return [...found].filter((block) => block !== undefined);
  }

  /** Returns the provider blocks, by the names by which resources refer to them. */
  providers(type: string): [reference: string, args: Json][] {
    return labelled(this.json.provider).filter(([label]) => label === type)
      .flatMap(([, body]) => objectsOf(body).map((args): [string, Json] => [args.alias === undefined ? type : `${type}.${args.alias}`, args]));
  }

  private blocksOf<K extends Kind>(kind: K, type: string, byName: unknown): WrittenBlock<K>[] {
    return labelled(byName).flatMap(([name, body]) => objectsOf(body).map((args) => {
      const address = `${type}.${name}`;
      return { kind, type, address, construct: this.constructs.get(`${kind} ${address}`) ?? this.stack, arguments: args };
    }));
  }

  /** The constructs of the stack by the kinds and addresses of their blocks. */
  private get constructs(): ReadonlyMap<string, IConstruct> {
    return this.cachedConstructs ??= new Map(this.stack.node.findAll()
      .filter((construct): construct is TerraformElement => TerraformElement.isTerraformElement(construct) && construct.cdktfStack === this.stack)
      .map((element) => [keyOf(element), element]));
  }
}

/** Returns the kind and the address of the block of an element. */
function keyOf(element: TerraformElement): string {
  if (element instanceof TerraformModule) return `module module.${element.friendlyUniqueId}`;
  const kind = TerraformDataSource.isTerraformDataSource(element) ? 'data' : 'resource';
  return `${kind} ${(element as { readonly terraformResourceType?: string }).terraformResourceType}.${element.friendlyUniqueId}`;
}

/** Returns the entries of the objects in a value, without comments. */
function labelled(value: unknown): [label: string, value: unknown][] {
  return objectsOf(value).flatMap((object) => Object.entries(object)).filter(([label]) => label !== '//');
}
