import { Fn, Lazy, TerraformStack, TerraformVariable, Token } from 'cdktf';
import { comparisonKey, hasListElementToken, hasToken, isExpression, listArgument, originsOf, resolveEarly } from '../../src/terraform/tokens';
import { makeApp, makeStack, otherResource, resolved, textVariable } from '../synth';

function listOf(stack: TerraformStack) {
  return new TerraformVariable(stack, 'list', { type: 'list(string)' });
}

test('tokens and texts with an expression are expressions, and literals are not', () => {
  const stack = makeStack();
  for (const value of ['${var.a}', textVariable(stack, 'text'), Token.asNumber('${var.n}'), listOf(stack).listValue]) expect(isExpression(value)).toBe(true);
  for (const value of ['a', '%{ if true }', 5, ['a'], undefined, null]) expect(isExpression(value)).toBe(false);
});

describe('the key that values are compared by', () => {
  test('is the same for two tokens of one attribute, and another for another resource', () => {
    const stack = makeStack();
    const [vpc, other] = ['Vpc', 'Other'].map((id) => otherResource(stack, id, 'alicloud_vpc'));
    const key = () => comparisonKey(stack, vpc.getStringAttribute('id'));
    expect(key()).toBe(key());
    expect(comparisonKey(stack, other.getStringAttribute('id'))).not.toBe(key());
    expect(comparisonKey(stack, vpc.getStringAttribute('name'))).not.toBe(key());
  });

  test('is the stack of its origin for a token, and the own stack for an expression written by hand', () => {
    const app = makeApp();
    const [a, b] = [makeStack(app, 'a'), makeStack(app, 'b')];
    const id = () => otherResourceOnce(a).getStringAttribute('id');
    expect(comparisonKey(b, id())).toBe(comparisonKey(a, id()));
    expect(comparisonKey(b, '${var.id}')).not.toBe(comparisonKey(a, '${var.id}'));
  });

  function otherResourceOnce(stack: TerraformStack) {
    return stack.node.tryFindChild('Vpc') as ReturnType<typeof otherResource> ?? otherResource(stack, 'Vpc', 'alicloud_vpc');
  }

  test('is the value itself for a literal', () => expect([comparisonKey(makeStack(), 'vpc-1'), comparisonKey(makeStack(), 5)]).toEqual(['vpc-1', '5']));
});

test('a text has the origins of its tokens in their order, and an unknown one for a token of no stack', () => {
  const app = makeApp();
  const [a, b] = [makeStack(app, 'a'), makeStack(app, 'b')];
  const text = `${textVariable(b, 'x')} and ${otherResource(a, 'Vpc', 'alicloud_vpc').getStringAttribute('id')} and ${Token.asString(Fn.timestamp())}`;
  expect(originsOf(text).map((stack) => stack?.node.path)).toEqual(['b', 'a', undefined]);
  expect(originsOf('${var.a}')).toEqual([]);
});

test('a token in a text is found, and an element that was taken out of the token of a list', () => {
  const stack = makeStack();
  const { listValue } = listOf(stack);
  expect([hasToken(`x-${textVariable(stack, 'text')}`), hasToken('${var.text}')]).toEqual([true, false]);
  expect([hasListElementToken(listValue[0]), hasListElementToken(Fn.element(listValue, 0))]).toEqual([true, false]);
});

test('a lazy value that is not ready leaves the text as it is', () => {
  const stack = makeStack();
  const notReady = Lazy.stringValue({ produce: () => { throw new Error('not ready'); } });
  expect(resolveEarly(stack, notReady)).toBe(notReady);
  expect(resolveEarly(stack, Lazy.stringValue({ produce: () => 'ready' }))).toBe('ready');
});

test('a list is an argument as its items, or as one expression', () => {
  const stack = makeStack();
  const { listValue, value } = listOf(stack);
  expect(listArgument(['a', 'b'])).toEqual(['a', 'b']);
  expect(listArgument('${var.list}')).toBe('${var.list}');
  for (const list of [listValue, value]) expect(resolved(stack, listArgument(list))).toBe('${var.list}');
});
