import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, TerraformDataSource, TerraformElement, TerraformModule, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { Json, objectsOf } from './json-syntax';
import { referencesIn } from './template-syntax';

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

  private elements?: TerraformElement[];
  private readonly constructs = new Map<string, Map<string, TerraformElement>>();

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
    const dataSources = new Map(this.blocks('data', () => true).map((block) => [block.address, block]));
    const locals = labelled(this.json.locals);
    const followed = new Set<string>();
    const found = new Set<WrittenBlock>();
    const follow = (value: unknown): void => {
      if (typeof value === 'object' && value !== null) {
        Object.values(value).forEach(follow);
      } else if (typeof value === 'string') {
        for (const [root, name, further] of referencesIn(value)) {
          const reference = `${root}.${name}.${root === 'local' ? '' : further}`;
          if (followed.has(reference)) continue;
          followed.add(reference);
          if (root === 'local') locals.filter(([local]) => local === name).forEach(([, each]) => follow(each));
          const dataSource = root === 'data' ? dataSources.get(`${name}.${further}`) : undefined;
          if (!dataSource) continue;
          found.add(dataSource);
          follow(dataSource.arguments);
        }
      }
    };
    blocks.forEach((block) => follow(block.arguments));
    objectsOf(this.json.import).filter(({ to }) => addresses.has(String(to).replace(/\[.*\]$/, ''))).forEach(follow);
    return [...found];
  }

  /** Returns the provider blocks, by the names by which resources refer to them. */
  providers(type: string): [reference: string, args: Json][] {
    return labelled(this.json.provider).filter(([label]) => label === type)
      .flatMap(([, body]) => objectsOf(body).map((args): [string, Json] => [args.alias === undefined ? type : `${type}.${args.alias}`, args]));
  }

  private blocksOf<K extends Kind>(kind: K, type: string, byName: unknown): WrittenBlock<K>[] {
    return labelled(byName).flatMap(([name, body]) => objectsOf(body).map((args) =>
      ({ kind, type, address: `${type}.${name}`, construct: this.constructsOf(kind, type).get(name) ?? this.stack, arguments: args })));
  }

  /** Returns the constructs of a type by their logical ids. */
  private constructsOf(kind: Kind, type: string): Map<string, TerraformElement> {
    const key = `${kind}.${type}`;
    let byName = this.constructs.get(key);
    if (!byName) {
      this.constructs.set(key, byName = new Map());
      this.elements ??= this.stack.node.findAll().filter((construct): construct is TerraformElement =>
        TerraformElement.isTerraformElement(construct) && construct.cdktfStack === this.stack);
      for (const element of this.elements) {
        if (isOfType(element, kind, type)) byName.set(element.friendlyUniqueId, element);
      }
    }
    return byName;
  }
}

function isOfType(element: TerraformElement, kind: Kind, type: string): boolean {
  if (kind === 'module') return element instanceof TerraformModule;
  return (element as { readonly terraformResourceType?: string }).terraformResourceType === type
    && TerraformDataSource.isTerraformDataSource(element) === (kind === 'data');
}

/** Returns the entries of the objects in a value, without comments. */
function labelled(value: unknown): [label: string, value: unknown][] {
  return objectsOf(value).flatMap((object) => Object.entries(object)).filter(([label]) => label !== '//');
}
