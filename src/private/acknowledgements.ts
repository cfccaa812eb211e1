import { IConstruct } from 'constructs';

/** That somebody has seen a finding, and why it may stay. */
export interface Acknowledgement {
  readonly construct: IConstruct;
  readonly ruleId: string;
  readonly reason: string;
}

const acknowledgementsOfApp = new WeakMap<IConstruct, Acknowledgements>();

/** What the findings of an app were acknowledged with: kept outside the construct tree, by the very construct that a finding names. */
export class Acknowledgements {
  static of(construct: IConstruct): Acknowledgements {
    const { root } = construct.node;
    let acknowledgements = acknowledgementsOfApp.get(root);
    if (!acknowledgements) acknowledgementsOfApp.set(root, acknowledgements = new Acknowledgements());
    return acknowledgements;
  }

  private readonly byConstruct = new Map<IConstruct, Acknowledgement[]>();

  get all(): Acknowledgement[] {
    return [...this.byConstruct.values()].flat();
  }

  for(construct: IConstruct): Acknowledgement[] {
    return this.byConstruct.get(construct) ?? [];
  }

  find(construct: IConstruct, ruleId: string): Acknowledgement | undefined {
    return this.for(construct).find((acknowledgement) => acknowledgement.ruleId === ruleId);
  }

  add(acknowledgement: Acknowledgement): void {
    this.byConstruct.set(acknowledgement.construct, [...this.for(acknowledgement.construct), acknowledgement]);
  }
}
