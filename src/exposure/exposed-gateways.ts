import { IConstruct } from 'constructs';
import { ResolvedValue } from '../terraform/tokens';

/** A gateway that bandwidths go through. */
export interface ExposedGateway {
  /** The same for all of its bandwidths, whatever names it there. */
  readonly key: string;
  /** What a report calls it: the path of its construct, its id, or its VPC. */
  readonly label: string;
  /** Whether the synthesis knows its id, its VPC, or both. One that is known by its id and one that is known by its VPC may be the same. */
  readonly knownBy: 'id' | 'vpc' | 'both';
  /** Whether only Terraform knows which gateway it is, so that it may be any other one. */
  readonly isUncertain: boolean;
  /** The construct that a finding names: the one that creates the gateway, or the first that refers to it. */
  readonly construct?: IConstruct;
}

interface KnownGateway {
  readonly id: ResolvedValue;
  readonly vpcId?: ResolvedValue;
  readonly construct?: IConstruct;
  readonly owned: boolean;
}

/** The gateways of an app that the synthesis knows. One that is given by its id and one that is given by its VPC may be the same. */
export class ExposedGateways {
  private readonly ids = new Map<string, KnownGateway>();
  private readonly idsOfVpcs = new Map<string, ResolvedValue>();

  /** A construct that creates the gateway replaces one that refers to it. */
  learn(gateway: KnownGateway): void {
    const { id, vpcId } = gateway;
    const known = this.ids.get(id.key);
    if (!known || gateway.owned) {
      this.ids.set(id.key, gateway);
    } else if (!known.vpcId && vpcId) {
      this.ids.set(id.key, { ...known, vpcId });
    }
    if (vpcId && (gateway.owned || !this.idsOfVpcs.has(vpcId.key))) this.idsOfVpcs.set(vpcId.key, id);
  }

  byId(id: ResolvedValue): ExposedGateway {
    const known = this.ids.get(id.key);
    const vpcId = known?.vpcId;
    const first = (vpcId && this.idsOfVpcs.get(vpcId.key)) ?? id;
    const { construct, owned } = this.ids.get(first.key) ?? { construct: undefined, owned: false };
    return {
      key: vpcId ? `vpc ${vpcId.key}` : `id ${id.key}`,
      label: owned ? construct!.node.path : first.text,
      knownBy: vpcId ? 'both' : 'id',
      isUncertain: !owned && !isCertain(vpcId ?? id),
      construct,
    };
  }

  byVpc(vpcId: ResolvedValue): ExposedGateway {
    const id = this.idsOfVpcs.get(vpcId.key);
    return id ? this.byId(id) : { key: `vpc ${vpcId.key}`, label: `the gateway of ${vpcId.text}`, knownBy: 'vpc', isUncertain: !isCertain(vpcId) };
  }
}

/** Whether an id is a literal, or the id of a resource that Terraform manages: two of these that are not the same are for two things. */
function isCertain({ literal, text }: ResolvedValue): boolean {
  return literal !== undefined || /^\$\{(?!data\.)[a-z]\w*_\w*\.[\w-]+(\[(\d+|"[^"$%]*")\])?\.id\}$/.test(text);
}
