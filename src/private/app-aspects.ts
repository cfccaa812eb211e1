import { App, TerraformStack } from 'cdktf';

const callbacks = new Set<(stack: TerraformStack) => void>();
let listening = false;

/**
 * Calls back for each stack that an app is about to synthesize.
 *
 * cdktf hands aspects down from a stack, and never looks at those of the app above it: an aspect that is added to an app
 * would be silently ignored. Nothing that an app holds is called before its stacks are, so the app's own `synth` is what
 * must be listened to.
 */
export function beforeEachStack(callback: (stack: TerraformStack) => void): void {
  callbacks.add(callback);
  if (listening) return;
  listening = true;
  const { synth } = App.prototype;
  App.prototype.synth = function (this: App) {
    for (const construct of this.node.findAll()) {
      if (TerraformStack.isStack(construct)) callbacks.forEach((each) => each(construct));
    }
    synth.call(this);
  };
}
