import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Annotations, App, ComplexObject, Fn, TerraformLocal, TerraformStack, Testing, Token } from 'cdktf';
import { providerAlicloud } from '../../src';
import { overridesOf } from '../../src/terraform/overrides';
import { dropStackTrace, hasListElementToken, hasToken, originsOf } from '../../src/terraform/tokens';
import { makeStack } from '../synth';

const makeVpc = (stack: TerraformStack) => new providerAlicloud.vpc.Vpc(stack, 'Vpc', { timeouts: { create: '1m' } });

describe('overrides', () => {
  test.each<[string, (stack: TerraformStack) => { addOverride(path: string, value: any): void }]>([
    ['a stack', (stack) => stack],
    ['a resource', makeVpc],
    ['a provider block', (stack) => new providerAlicloud.provider.AlicloudProvider(stack, 'Other', { alias: 'other' })],
  ])('of %s can be read', (_, elementIn) => {
    const element = elementIn(makeStack());
    element.addOverride('a.b', 1);
    expect(overridesOf(element)).toEqual({ a: { b: 1 } });
  });
});

describe('tokens', () => {
  test('have the stack of their resource', () => {
    const stack = makeStack();
    expect(originsOf(makeVpc(stack).id)).toEqual([stack]);
    expect(originsOf('vpc-1')).toEqual([]);
  });

  test('are recognized in a string, and so is an element of the token of a list', () => {
    const list = makeVpc(makeStack()).secondaryCidrBlocks;
    expect([Token.asString(list), list[0], 'vpc-1'].map(hasToken)).toEqual([true, true, false]);
    expect([Token.asString(list), Fn.element(list, 0), list[0]].map((text) => hasListElementToken(String(text)))).toEqual([false, false, true]);
  });

  test('of timeouts have a stack trace, which can be dropped', () => {
    const { timeouts } = makeVpc(makeStack()) as unknown as { timeouts: ComplexObject };
    dropStackTrace(timeouts);
    expect(timeouts.creationStack).toEqual([]);
    const managed = makeVpc(makeStack()).timeouts;
    expect(managed.creationStack.length).toBeGreaterThan(0);
  });
});

test('brackets in the id of a construct are not part of its logical id', () => {
  const stack = makeStack();
  const [own, users] = ['[Checks]', 'Checks'].map((id) => new TerraformLocal(stack, id, 1));
  expect(own.friendlyUniqueId).toBe(users.friendlyUniqueId);
  expect(own.node.path).not.toBe(users.node.path);
});

describe('a synthesis', () => {
  test('validates the app when the stacks are written', () => {
    const app = new App({ outdir: fs.mkdtempSync(path.join(tmpdir(), 'cdktf-')) });
    new TerraformLocal(new TerraformStack(app, 'stack'), 'Local', 1);
    const written: boolean[] = [];
    const file = path.join(app.outdir, 'stacks', 'stack', 'cdk.tf.json');
    app.node.addValidation({ validate: () => { written.push(fs.existsSync(file)); return []; } });
    app.synth();
    fs.rmSync(app.outdir, { recursive: true });
    expect(written).toEqual([true]);
  });

  test('collects the annotations of a stack after its validations', () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, 'stack');
    stack.node.addValidation({ validate: () => { Annotations.of(stack).addWarning('late'); return []; } });
    app.synth();
    expect(app.manifest.forStack(stack).annotations.map(({ message }) => message)).toEqual(['late']);
  });
});

test.each([
  ['rawOverrides', 'overrides.ts'], ['originStack', 'tokens.ts'], ['TfToken', 'tokens.ts'], ['creationStack', 'tokens.ts'],
])('only one file of the library names %s', (name, file) => {
  const source = path.join(__dirname, '../../src');
  const files = fs.readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((each) => each.endsWith('.ts') && !each.startsWith('provider-alicloud'))
    .filter((each) => fs.readFileSync(path.join(source, each), 'utf8').includes(name));
  expect(files).toEqual([path.join('terraform', file)]);
});
