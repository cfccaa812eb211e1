import { TerraformElement, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { stacksOf } from './stacks';

/** The context by which a stack asks its app, in its constructor, for the version of cdktf. */
const VERSION = 'cdktfVersion';

/** What wants to know of new stacks. */
export interface StackObserver {
  /** A construct was begun that may become a stack. */
  readonly begun: (construct: IConstruct) => void;
  /** A stack has its synthesizer: told when the next stack is made, or the app is about to be synthesized. */
  readonly complete: (stack: TerraformStack) => void;
}

/**
 * Tells of each stack that is made below a root from now on.
 *
 * Neither constructs nor cdktf tells an app of a new stack, and what `Testing` runs of a stack asks the app nothing. But when it is made,
 * a stack asks for the version of cdktf, by its context; and `app.synth()` asks for all constructs before anything else. Both questions
 * are listened to, at the nodes that answer them: the root's, and each stack's for the stacks in it. The answers stay what they were.
 */
export class NewStacks {
  private readonly begun = new WeakSet<IConstruct>();
  private pending: IConstruct[] = [];

  constructor({ node }: IConstruct, private readonly observer: StackObserver) {
    [node.root, ...stacksOf(node.root)].forEach((scope) => this.listenTo(scope));
    const findAll = node.findAll.bind(node);
    node.findAll = (order) => {
      this.completePending();
      return findAll(order);
    };
  }

  private listenTo({ node }: IConstruct): void {
    const tryGetContext = node.tryGetContext.bind(node);
    node.tryGetContext = (key) => {
      // What is in a stack that was not complete before, its node could not tell yet.
      if (key === VERSION) [...this.completePending(), node.children].forEach((children) => this.begin(emptyConstructsIn(children)));
      return tryGetContext(key);
    };
  }

  private begin(constructs: IConstruct[]): void {
    for (const construct of constructs) {
      if (this.begun.has(construct)) continue;
      this.begun.add(construct);
      this.pending.push(construct);
      this.observer.begun(construct);
    }
  }

  /** Tells of the stacks that have become complete, and returns what is in each of them. */
  private completePending(): IConstruct[][] {
    const stacks = this.pending.filter((construct): construct is TerraformStack => TerraformStack.isStack(construct));
    this.pending = this.pending.filter((construct) => !TerraformStack.isStack(construct) && construct.node.children.length === 0);
    for (const stack of stacks) {
      this.listenTo(stack);
      this.observer.complete(stack);
    }
    return stacks.map(({ node }) => node.children);
  }
}

/** The constructs that have no children, those in stacks left out: what asks is one of them. */
function emptyConstructsIn(constructs: IConstruct[]): IConstruct[] {
  return constructs.filter((construct) => !TerraformStack.isStack(construct) && !TerraformElement.isTerraformElement(construct))
    .flatMap((construct) => construct.node.children.length === 0 ? [construct] : emptyConstructsIn(construct.node.children));
}
