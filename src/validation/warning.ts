import { Annotations } from 'cdktf';
import { IConstruct } from 'constructs';

/** Warns of a construct, once, however often the app synthesizes. */
export function warnOnce(construct: IConstruct, warning: string): void {
  if (construct.node.metadata.every(({ data }) => data !== warning)) Annotations.of(construct).addWarning(warning);
}
