import { IConstruct } from 'constructs';
import { ConstructRegistry } from '../validation/construct-registry';

/** That somebody has seen what a rule finds at a construct, and why it may stay. */
export interface Acknowledgement {
  readonly construct: IConstruct;
  readonly ruleId: string;
  readonly reason: string;
  /** The Terraform address of the block, where the construct is a stack: an override or a custom element writes the block. */
  readonly block?: string;
}

const METADATA_TYPE = 'cdktf-alicloud-ipv6:acknowledgement';

/** Writes an acknowledgement into the metadata of the construct that a finding names. */
export function addAcknowledgement({ construct, ...acknowledgement }: Acknowledgement): void {
  construct.node.addMetadata(METADATA_TYPE, acknowledgement);
  ConstructRegistry.of(construct).register('acknowledged', '', construct);
}

/** The acknowledgements of one construct, without those of its children. */
export function acknowledgementsOf(construct: IConstruct): Acknowledgement[] {
  return construct.node.metadata
    .filter(({ type }) => type === METADATA_TYPE)
    .map(({ data: { ruleId, reason, block } }) => ({ construct, ruleId, reason, block }));
}

/** The acknowledgements of a scope and everything in it. */
export function acknowledgementsIn(scope: IConstruct): Acknowledgement[] {
  const acknowledged = new Set(ConstructRegistry.of(scope).findAll('acknowledged', ''));
  return [...acknowledged].filter(({ node }) => node.scopes.includes(scope)).flatMap(acknowledgementsOf);
}

export function findAcknowledgement({ construct, ruleId, block }: Omit<Acknowledgement, 'reason'>): Acknowledgement | undefined {
  return acknowledgementsOf(construct).find((acknowledgement) => acknowledgement.ruleId === ruleId && acknowledgement.block === block);
}
