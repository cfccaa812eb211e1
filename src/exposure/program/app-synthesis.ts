import { App } from 'cdktf';
import { IConstruct } from 'constructs';
import { ProgramFacts, programFacts } from './program-facts';
import { stacksOf } from '../../terraform/stacks';
import { WrittenStack } from '../../terraform/written-stack';

/** Reads the written stacks, and returns errors of the synthesis. */
type Reader = (facts: ProgramFacts, stacks: readonly WrittenStack[]) => string[];

const SYNTHESIS = Symbol.for('cdktf-alicloud-ipv6.AppSynthesis');

/**
 * The validation of an app: cdktf runs it when all stacks are written, so it reads the files, once for all rules and reports.
 *
 * The root of the construct tree carries it under a symbol, as cdktf's own `Aspects` are carried.
 */
export class AppSynthesis {
  static of(construct: IConstruct): AppSynthesis {
    const root = construct.node.root as IConstruct & { [SYNTHESIS]?: AppSynthesis };
    return root[SYNTHESIS] ??= new AppSynthesis(root);
  }

  private readonly readers: Reader[] = [];

  private constructor(root: IConstruct) {
    root.node.addValidation({
      validate: () => {
        const app = App.of(root);
        const stacks = stacksOf(root).map((stack) => WrittenStack.ofFile(app, stack));
        const facts = programFacts(stacks);
        return this.readers.flatMap((read) => read(facts, stacks));
      },
    });
  }

  onWritten(reader: Reader): void {
    this.readers.push(reader);
  }
}
