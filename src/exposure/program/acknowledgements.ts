import { IConstruct } from 'constructs';
import { Acknowledgement } from '../findings';

const METADATA_TYPE = 'cdktf-alicloud-ipv6:acknowledgement';

/** An acknowledgement with the construct that has it. */
export interface ProgramAcknowledgement extends Acknowledgement {
  readonly construct: IConstruct;
}

/** Writes an acknowledgement into the metadata of the construct that a finding names. */
export function addAcknowledgement(construct: IConstruct, acknowledgement: Omit<Acknowledgement, 'path'>): void {
  construct.node.addMetadata(METADATA_TYPE, acknowledgement);
}

/** Returns the acknowledgements of one construct, without those of its children. */
export function acknowledgementsOf(construct: IConstruct): ProgramAcknowledgement[] {
  return construct.node.metadata.filter(({ type }) => type === METADATA_TYPE)
    .map(({ data: { ruleId, reason, block } }) => ({ construct, ruleId, reason, path: construct.node.path, block }));
}

/** Returns the acknowledgements of a scope and everything in it. */
export function acknowledgementsIn(scope: IConstruct): ProgramAcknowledgement[] {
  return scope.node.findAll().flatMap(acknowledgementsOf);
}
