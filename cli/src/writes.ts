import type { DryRunAction } from './api-actions';
import { ADDRESS, BANDWIDTH, EGRESS_RULE, GATEWAY } from './exposure';
import { ResourceChange } from './plan';

/** Parameters of a request, by the argument of the resource that gives the value. */
type Params = Readonly<Record<string, string>>;

/** The calls by which the provider creates, updates and deletes a type of resource. */
export interface Writes {
  readonly create: {
    readonly action: DryRunAction;
    /** The first is required. */
    readonly params: Params;
    /** The argument whose value the API allows for one resource at a time. */
    readonly unique: string;
  };
  /** Each is sent if one of its arguments changes. */
  readonly updates: readonly Update[];
  readonly delete: {
    readonly action: DryRunAction;
    /** The parameter of the id. */
    readonly id: string;
    /** Other parameters, with the values that exist. */
    readonly params?: Params;
    /** Returns the id of the request from the id of the resource. */
    readonly idOf?: (id: string) => string;
  };
}

export interface Update {
  /** The action; undefined if it has no dry run. */
  readonly action?: DryRunAction;
  /** The calls of the provider, for messages. */
  readonly name: string;
  readonly id?: string;
  /** The arguments whose changes the call sends. */
  readonly params: Params;
  /** Arguments that the call always sends. */
  readonly always?: Params;
}

const OTHER_UPDATES: readonly Update[] = [
  { name: 'MoveResourceGroup', params: { resource_group_id: 'NewResourceGroupId' } },
  { name: 'TagResources', params: { tags: 'Tag' } },
];

/** @see https://github.com/aliyun/terraform-provider-alicloud/tree/v1.289.0/alicloud */
export const WRITES: Readonly<Record<string, Writes>> = {
  [GATEWAY]: {
    create: {
      action: 'CreateIpv6Gateway',
      params: { vpc_id: 'VpcId', ipv6_gateway_name: 'Name', description: 'Description', resource_group_id: 'ResourceGroupId' },
      unique: 'vpc_id',
    },
    updates: [
      { action: 'ModifyIpv6GatewayAttribute', name: 'ModifyIpv6GatewayAttribute', id: 'Ipv6GatewayId', params: { ipv6_gateway_name: 'Name', description: 'Description' } },
      ...OTHER_UPDATES,
    ],
    delete: { action: 'DeleteIpv6Gateway', id: 'Ipv6GatewayId' },
  },
  [ADDRESS]: {
    create: {
      action: 'AllocateIpv6Address',
      params: {
        vswitch_id: 'VSwitchId',
        ipv6_address: 'Ipv6Address',
        ipv6_address_name: 'Ipv6AddressName',
        ipv6_address_description: 'Ipv6AddressDescription',
        address_type: 'AddressType',
        resource_group_id: 'ResourceGroupId',
      },
      unique: 'ipv6_address',
    },
    updates: [
      { action: 'ModifyIpv6AddressAttribute', name: 'ModifyIpv6AddressAttribute', id: 'Ipv6AddressId', params: { ipv6_address_name: 'Name', ipv6_address_description: 'Description' } },
      ...OTHER_UPDATES,
    ],
    delete: { action: 'ReleaseIpv6Address', id: 'Ipv6AddressId' },
  },
  [BANDWIDTH]: {
    create: {
      action: 'AllocateIpv6InternetBandwidth',
      params: { ipv6_address_id: 'Ipv6AddressId', ipv6_gateway_id: 'Ipv6GatewayId', bandwidth: 'Bandwidth', internet_charge_type: 'InternetChargeType' },
      unique: 'ipv6_address_id',
    },
    updates: [{
      action: 'ModifyIpv6InternetBandwidth',
      name: 'ModifyIpv6InternetBandwidth',
      id: 'Ipv6InternetBandwidthId',
      params: { bandwidth: 'Bandwidth', ipv6_address_id: 'Ipv6AddressId' },
      always: { bandwidth: 'Bandwidth', ipv6_address_id: 'Ipv6AddressId' },
    }],
    delete: { action: 'DeleteIpv6InternetBandwidth', id: 'Ipv6InternetBandwidthId', params: { ipv6_address_id: 'Ipv6AddressId' } },
  },
  [EGRESS_RULE]: {
    create: {
      action: 'CreateIpv6EgressOnlyRule',
      params: { instance_id: 'InstanceId', ipv6_gateway_id: 'Ipv6GatewayId', instance_type: 'InstanceType', ipv6_egress_rule_name: 'Name', description: 'Description' },
      unique: 'instance_id',
    },
    // Each argument forces replacement.
    updates: [],
    // Terraform's id begins with the id of the gateway.
    delete: { action: 'DeleteIpv6EgressOnlyRule', id: 'Ipv6EgressOnlyRuleId', idOf: (id) => id.slice(id.lastIndexOf(':') + 1) },
  },
};

/** Returns true for a change that writes. A move in the state and an import without a change do not write. */
export function isWrite(change: ResourceChange): boolean {
  return change.is('create') || change.is('update') || change.is('delete');
}
