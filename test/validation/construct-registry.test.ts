import { Construct } from 'constructs';
import { ConstructRegistry, isInTree, RegistrationKeys } from '../../src/validation/construct-registry';
import { makeApp, makeStack } from '../synth';

const MISTAKE = (first: { node: { path: string } }) => ({ problem: `the first is ${first.node.path}`, remediation: 'keep one of them' });

function register(construct: Construct, keys: RegistrationKeys): void {
  ConstructRegistry.of(construct).registerOnly('bandwidth', keys, construct, MISTAKE);
}

test('of two constructs with the same key, the second one throws', () => {
  const stack = makeStack();
  register(new Construct(stack, 'First'), { own: 'ipv6-1' });
  expect(() => register(new Construct(stack, 'Second'), { own: 'ipv6-1' })).toThrow('stack/Second: the first is stack/First: keep one of them');
  expect(() => register(new Construct(stack, 'Third'), { own: 'ipv6-2' })).not.toThrow();
});

test.each([
  ['the only address of an instance, and a named one', { own: 'i-1 *', conflicting: ['i-1'], further: ['i-1'] }, { own: 'i-1 2408::1', conflicting: ['i-1 *'], further: ['i-1'] }, true],
  ['two named addresses of an instance', { own: 'i-1 2408::1', conflicting: ['i-1 *'], further: ['i-1'] }, { own: 'i-1 2408::2', conflicting: ['i-1 *'], further: ['i-1'] }, false],
  ['the only addresses of two instances', { own: 'i-1 *', conflicting: ['i-1'], further: ['i-1'] }, { own: 'i-2 *', conflicting: ['i-2'], further: ['i-2'] }, false],
])('%s conflict in either order, or in none', (_, one, other, conflict) => {
  for (const [first, second] of [[one, other], [other, one]]) {
    const stack = makeStack();
    register(new Construct(stack, 'First'), first);
    const registering = expect(() => register(new Construct(stack, 'Second'), second));
    if (conflict) registering.toThrow('the first is stack/First');
    else registering.not.toThrow();
  }
});

test('a removed construct is not found, and neither is a construct in a removed scope', () => {
  const stack = makeStack();
  const scope = new Construct(stack, 'Scope');
  const inner = new Construct(new Construct(scope, 'Inner'), 'Construct');
  ConstructRegistry.of(stack).register('gateway', 'vpc-1', inner);
  expect([ConstructRegistry.of(stack).find('gateway', 'vpc-1'), isInTree(inner)]).toEqual([inner, true]);
  stack.node.tryRemoveChild('Scope');
  expect([ConstructRegistry.of(stack).find('gateway', 'vpc-1'), isInTree(inner)]).toEqual([undefined, false]);
});

test('of several constructs with one key, the first that was not removed is found', () => {
  const stack = makeStack();
  const [first, second] = ['First', 'Second'].map((id) => new Construct(stack, id));
  for (const construct of [first, second]) ConstructRegistry.of(stack).register('gateway lookup', 'vpc-1', construct);
  stack.node.tryRemoveChild('First');
  expect(ConstructRegistry.of(stack).find('gateway lookup', 'vpc-1')).toBe(second);
  expect(isInTree(first)).toBe(false);
});

test('each app has its own registry, and all stacks of an app share it', () => {
  const app = makeApp();
  expect(ConstructRegistry.of(makeStack(app, 'a'))).toBe(ConstructRegistry.of(makeStack(app, 'b')));
  expect(ConstructRegistry.of(makeStack())).not.toBe(ConstructRegistry.of(app));
});
