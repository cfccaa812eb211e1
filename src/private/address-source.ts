import { TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { AddressLookup } from './address-lookup';
import { ClaimKeys, claimKeys } from './claims';
import { createdByStack } from './created-by-stack';
import { hash, identity, inTemplate, isExpression, operand, shown } from './expression';
import { LookupReader } from './lookups';
import { Props } from './props';

/** How an address reads in the Terraform of one stack. */
export interface AddressInStack {
  /** Its id, as an argument takes it. */
  readonly id: string;
  /** Its id, inside a larger expression. */
  readonly operand: string;
  /** Where it was looked up, and what to say (a string, as an expression) if it is not there. */
  readonly found?: { readonly lookup: AddressLookup; readonly notFound: string };
}

/** How an address is found, in the words of the exposure report. */
export type AddressFoundBy = 'owned' | 'id' | 'instance' | 'interface' | 'as given';

const sources = new WeakMap<IConstruct, AddressSource>();

/** Where an address comes from: what a bandwidth needs to know of it beyond the public interface. */
export abstract class AddressSource {
  /** The source of an address; one of somebody else's making is taken as given. */
  static of(address: IConstruct & { ipv6AddressId: string }): AddressSource {
    const known = sources.get(address);
    if (known) return known;
    new Props(address).id('ipv6AddressId', address.ipv6AddressId, 'IPv6 address', 'MissingParam.Ipv6InstanceId');
    return new GivenAddress(address, address.ipv6AddressId);
  }

  /** The provider that the address is looked up with, unless the default. */
  readonly provider?: TerraformProvider;

  /** How it is found, and the id of the instance or interface that it is found by. */
  abstract readonly foundBy: AddressFoundBy;
  readonly instanceId?: string;

  constructor(protected readonly address: IConstruct) {
    sources.set(address, this);
  }

  /** By what names bandwidths claim the address. */
  abstract claimKeys(): ClaimKeys;
  abstract in(reader: LookupReader): AddressInStack;
  /** Why the id is not known at plan, if it is not. */
  abstract unknownAtPlan(stack: TerraformStack): string | undefined;

  protected get stack(): TerraformStack {
    return TerraformStack.of(this.address);
  }
}

/** An address that an app creates: known by its resource. */
export class OwnedAddress extends AddressSource {
  readonly foundBy = 'owned';

  constructor(address: IConstruct, private readonly resource: TerraformResource) {
    super(address);
  }

  claimKeys(): ClaimKeys {
    return claimKeys(identity(this.stack, this.resource.getStringAttribute('id')));
  }

  in({ stack }: LookupReader): AddressInStack {
    const id = this.resource.getStringAttribute('id');
    return { id, get operand() { return operand(stack, id); } };
  }

  unknownAtPlan(stack: TerraformStack): string | undefined {
    return stack === this.stack ? 'the stack creates the address itself' : undefined;
  }
}

/** An address whose id is taken as given: nothing is looked up. */
export class GivenAddress extends AddressSource {
  readonly foundBy = 'as given';

  constructor(address: IConstruct, private readonly id: string) {
    super(address);
  }

  claimKeys(): ClaimKeys {
    return claimKeys(identity(this.stack, this.id));
  }

  in({ stack }: LookupReader): AddressInStack {
    const { id } = this;
    return { id, get operand() { return operand(stack, id); } };
  }

  unknownAtPlan(stack: TerraformStack): string | undefined {
    return createdHere(stack, 'its id', this.id);
  }
}

/** An address that is looked up by its id. */
export class AddressById extends AddressSource {
  readonly foundBy = 'id';

  constructor(address: IConstruct, private readonly id: string, private readonly vpcId?: string, readonly provider?: TerraformProvider) {
    super(address);
  }

  claimKeys(): ClaimKeys {
    return claimKeys(identity(this.stack, this.id));
  }

  in(reader: LookupReader): AddressInStack {
    const lookup = AddressLookup.for(reader, { vpcId: this.vpcId });
    const id = operand(reader.stack, this.id);
    return {
      id: this.id,
      operand: id,
      found: {
        lookup,
        notFound: `"no address ${shown(id)} in ${lookup.where} (ResourceNotFound.Ipv6Address): check the id, the vpcId and the provider's region; of an address that this stack creates, pass the construct"`,
      },
    };
  }

  unknownAtPlan(stack: TerraformStack): string | undefined {
    return createdHere(stack, 'its id', this.id) ?? createdHere(stack, 'its VPC', this.vpcId);
  }
}

/** The address of an ECS instance or a network interface. */
export class AddressOfInstance extends AddressSource {
  constructor(
    address: IConstruct,
    readonly foundBy: 'instance' | 'interface',
    readonly instanceId: string,
    private readonly literal?: string,
    private readonly vpcId?: string,
    readonly provider?: TerraformProvider,
  ) {
    super(address);
  }

  claimKeys(): ClaimKeys {
    const instance = identity(this.stack, this.instanceId);
    if (this.literal === undefined) return claimKeys(`${instance} *`, [instance], [instance]);
    return claimKeys(`${instance} ${identity(this.stack, canonical(this.literal))}`, [`${instance} *`], [instance]);
  }

  in(reader: LookupReader): AddressInStack {
    const { stack } = reader;
    const lookup = AddressLookup.for(reader, {
      vpcId: this.vpcId,
      associatedInstanceId: isExpression(this.instanceId) ? this.instanceId : undefined,
    });
    const instance = operand(stack, this.instanceId);
    const ids = `${lookup.byInstance}[${instance}]`;
    const none = `no IPv6 address of ${shown(instance)} in ${lookup.where} (ResourceNotFound.Ipv6Address): assign one to it, or check the id, the vpcId and the provider's region`;
    const name = isExpression(this.instanceId) ? hash(identity(stack, this.instanceId)) : this.instanceId;
    let id: string;
    let notFound: string;
    if (this.literal === undefined) {
      id = lookup.value(`of-${name}`, `try(one(${ids}), "")`);
      notFound = `try("${inTemplate(instance)} has \${length(${ids})} IPv6 addresses, not one: say which with ipv6Address", "${none}")`;
    } else {
      const literal = operand(stack, canonical(this.literal));
      const key = isExpression(this.literal) ? `\${try(cidrhost("\${${literal}}/128", 0), ${literal})}` : inTemplate(literal);
      id = lookup.value(`of-${name}-${hash(identity(stack, canonical(this.literal)))}`, `try(${lookup.byInstanceAndLiteral}["${inTemplate(instance)} ${key}"], "")`);
      notFound = `try("${inTemplate(instance)} has the IPv6 address \${join(", ", [for id in ${ids} : ${lookup.byId}[id].ipv6_address])}, not ${shown(literal)} (ResourceNotFound.Ipv6Address): correct ipv6Address", "${none}")`;
    }
    return { id: `\${${id}}`, operand: id, found: { lookup, notFound } };
  }

  unknownAtPlan(stack: TerraformStack): string | undefined {
    return createdHere(stack, 'its instance', this.instanceId) ?? createdHere(stack, 'the address itself', this.literal) ?? createdHere(stack, 'its VPC', this.vpcId);
  }
}

function createdHere(stack: TerraformStack, what: string, value: string | undefined): string | undefined {
  const created = value !== undefined && createdByStack(stack, value);
  return created ? `${what} comes from ${created}, which this stack creates` : undefined;
}

/** The one way that Terraform writes an IPv6 address (RFC 5952), so that a literal is found however it was written. */
function canonical(literal: string): string {
  return isExpression(literal) ? literal : new URL(`http://[${literal}]`).hostname.slice(1, -1);
}

