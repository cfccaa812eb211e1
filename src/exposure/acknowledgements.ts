import { IConstruct } from 'constructs';

/** That somebody has seen what a rule finds at a construct, and why it may stay. */
export interface Acknowledgement {
  readonly construct: IConstruct;
  readonly ruleId: string;
  readonly reason: string;
}

const METADATA_TYPE = 'cdktf-alicloud-ipv6:acknowledgement';

/** Writes an acknowledgement into the metadata of the construct that a finding names. */
export function addAcknowledgement({ construct, ruleId, reason }: Acknowledgement): void {
  construct.node.addMetadata(METADATA_TYPE, { ruleId, reason });
}

/** The acknowledgements of one construct, without those of its children. */
export function acknowledgementsOf(construct: IConstruct): Acknowledgement[] {
  return construct.node.metadata.filter(({ type }) => type === METADATA_TYPE).map(({ data: { ruleId, reason } }) => ({ construct, ruleId, reason }));
}

/** The acknowledgements of a scope and everything in it. */
export function acknowledgementsIn(scope: IConstruct): Acknowledgement[] {
  return scope.node.findAll().flatMap(acknowledgementsOf);
}

export function findAcknowledgement(construct: IConstruct, ruleId: string): Acknowledgement | undefined {
  return acknowledgementsOf(construct).find((acknowledgement) => acknowledgement.ruleId === ruleId);
}
