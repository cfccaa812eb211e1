import { IConstruct } from 'constructs';
import { Meaning } from './expression';

/** A gateway that bandwidths go through. */
export interface ExposedGateway {
  /** The same for all of its bandwidths, whatever names it there. */
  readonly key: string;
  /** What a report calls it: the path of its construct, its id, or its VPC. */
  readonly label: string;
  /** What a finding names: the construct that creates it, or the first that stands for it. */
  readonly construct?: IConstruct;
}

interface KnownGateway {
  readonly id: Meaning;
  readonly vpcId?: Meaning;
  readonly construct?: IConstruct;
  readonly owned: boolean;
}

/** The gateways of an app, as far as they are known: one that is named by its id here and by its VPC there is the same. */
export class ExposedGateways {
  private readonly ids = new Map<string, KnownGateway>();
  private readonly idsOfVpcs = new Map<string, Meaning>();

  /** What creates a gateway says more of it than what stands for it. */
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

  byId(id: Meaning): ExposedGateway {
    const known = this.ids.get(id.key);
    const vpcId = known?.vpcId;
    const first = (vpcId && this.idsOfVpcs.get(vpcId.key)) ?? id;
    const { construct, owned } = this.ids.get(first.key) ?? { construct: undefined, owned: false };
    return { key: vpcId ? `vpc ${vpcId.key}` : `id ${id.key}`, label: owned ? construct!.node.path : first.text, construct };
  }

  byVpc(vpcId: Meaning): ExposedGateway {
    const id = this.idsOfVpcs.get(vpcId.key);
    return id ? this.byId(id) : { key: `vpc ${vpcId.key}`, label: `the gateway of ${vpcId.text}` };
  }
}
