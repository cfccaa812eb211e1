import { Fn, TerraformIterator, TerraformStack, TerraformVariable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { ID_PREFIXES, IdKind } from '../../src/api/limits';
import { GATEWAY_NAME } from '../../src/provider/patterns';
import { PropsValidator } from '../../src/validation/props-validator';
import { expectRefusal, Refusal } from '../mistakes';
import { aliasedProvider, foreignProvider, makeApp, makeStack, numberVariable, textVariable } from '../synth';

type Validation = (validate: PropsValidator, value: any) => unknown;
type Values = readonly (readonly [what: string, value: any])[];

function validatorIn(scope: Construct): PropsValidator {
  return new PropsValidator(new Construct(scope, 'It'));
}

function expectRefused(validation: Validation, value: unknown, refusal: Omit<Refusal, 'path'>, scope: Construct = makeStack()): void {
  const validate = validatorIn(scope);
  expectRefusal(() => validation(validate, value), { path: 'stack/It', actual: value, ...refusal });
}

function expectTaken(validation: Validation, value: unknown, scope: Construct = makeStack()): void {
  validation(validatorIn(scope), value);
}

const KINDS = Object.entries(ID_PREFIXES) as [IdKind, string][];
const EXPRESSIONS: [what: string, make: (stack: TerraformStack) => string][] = [
  ['a variable', (stack) => textVariable(stack, 'known-later')],
  ['an expression written by hand', () => '${var.known_later}'],
  ['a token inside a text', (stack) => `x-${textVariable(stack, 'known-later')}`],
];

describe('an id', () => {
  const id: Validation = (validate, value) => validate.id('vpcId', value, 'VPC');
  const problem = /^vpcId must be the id of a VPC \(vpc-…\)/;

  test.each<Values[number]>([
    ['undefined', undefined],
    ['null', null],
    ['an empty text', ''],
    ['a number', 5],
    ['a flag', true],
    ['a list', ['vpc-bp1a2b3c4d']],
    ['an object', { id: 'vpc-bp1a2b3c4d' }],
    ['an unknown prefix', 'xyz-bp1a2b3c4d'],
    ['the prefix alone', 'vpc-'],
    ['a space inside', 'vpc-bp1a 2b3c'],
    ['a space around', ' vpc-bp1a2b3c4d '],
    ['a line break at the end', 'vpc-bp1a2b3c4d\n'],
    ['upper case', 'VPC-BP1A2B3C4D'],
    ['an address', '2408:4005:1234:5600::1'],
    ['a prefix', '2408:4005:1234:5600::/64'],
  ])('is refused when it is %s', (_, value) => expectRefused(id, value, { problem, remediation: /: pass the id, vpc-…$/ }));

  test.each(KINDS)('of an existing resource is taken, and refused for every other kind: %s', (kind, prefix) => {
    expectTaken((validate, value) => validate.id('it', value, kind), `${prefix}bp1a2b3c4d`);
    for (const [other, otherPrefix] of KINDS.filter(([each]) => each !== kind)) {
      expectRefused((validate, value) => validate.id('it', value, kind), `${otherPrefix}bp1a2b3c4d`, {
        problem: new RegExp(`^it must be the id of an? ${kind} \\(${prefix}…\\)`),
        remediation: new RegExp(`: pass the id of an? ${kind}, not that of an? ${other}$`),
      });
    }
  });

  test.each(EXPRESSIONS)('is taken when it is %s', (_, make) => {
    const stack = makeStack();
    expectTaken(id, make(stack), stack);
  });

  test('of an address is told from the address itself, with the API\'s code', () => {
    for (const value of ['2408:4005::1', '2408:4005::1/128']) {
      expectRefused((validate, it) => validate.id('ipv6AddressId', it, 'IPv6 address', 'MissingParam.Ipv6InstanceId'), value, {
        problem: /not the address itself/, code: 'MissingParam.Ipv6InstanceId', remediation: /Ipv6Address\.fromInstanceId/,
      });
    }
  });

  test('may be left undefined where it is optional, and not be null', () => {
    const optionalId: Validation = (validate, value) => validate.optionalId('vpcId', value, 'VPC');
    for (const value of [undefined, 'vpc-1']) expectTaken(optionalId, value);
    expectRefused(optionalId, null, { problem, remediation: /pass the id/ });
  });

  test('that narrows a search may be left out, and not be undefined', () => {
    const givenId: Validation = (validate, options) => validate.givenId('vpcId', options, 'VPC');
    for (const options of [{}, { vpcId: 'vpc-1' }]) expectTaken(givenId, options);
    expectRefused(givenId, { vpcId: undefined }, { actual: undefined, problem, remediation: /pass the id/ });
  });

  test('that must be known at synth cannot be an expression', () => {
    const literalId: Validation = (validate, value) => validate.literalId('vpcId', value, 'VPC');
    expectTaken(literalId, 'vpc-1');
    expectRefused(literalId, '${var.vpc}', { problem: /^vpcId must be known at synth/, remediation: /write the id as a literal, vpc-…$/ });
    expectRefused(literalId, 'vsw-1', { problem, remediation: /pass the id of a VPC/ });
  });
});

describe('a list of ids', () => {
  const ids: Validation = (validate, value) => validate.ids('vpcIds', value, 'VPC');

  test.each<Values[number]>([
    ['undefined', undefined], ['null', null], ['one id', 'vpc-1'], ['a number', 5], ['an object', { 0: 'vpc-1' }],
  ])('is refused when it is %s', (_, value) => {
    expectRefused(ids, value, { problem: /^vpcIds must be a list of ids \(vpc-…\)/, remediation: /write \['vpc-…'\]/ });
  });

  test('names all that are wrong at once', () => {
    expect(() => ids(validatorIn(makeStack()), ['vpc-1', 'vsw-2', null])).toThrow([
      'stack/It: vpcIds[1] must be the id of a VPC (vpc-…), got "vsw-2": pass the id of a VPC, not that of a vSwitch',
      'stack/It: vpcIds[2] must be the id of a VPC (vpc-…), got null: pass the id, vpc-…',
    ].join('\n'));
  });

  test('is taken as literals, as tokens, and as the token of a list', () => {
    const stack = makeStack();
    const list = new TerraformVariable(stack, 'list', { type: 'list(string)' });
    const validate = validatorIn(stack);
    for (const value of [[], ['vpc-1'], [textVariable(stack, 'id')], list.listValue, list.value, '${var.list}']) expect(() => ids(validate, value)).not.toThrow();
  });
});

test.each(['null', 'undefined', 'text'])('props that are %s are refused', (what) => {
  const value = { null: null, undefined, text: 'vpc-1' }[what];
  expectRefused((validate, props) => validate.object('props', props, 'pass { vpcId }'), value, { problem: /^props must be an object/, remediation: /: pass \{ vpcId \}$/ });
  expectTaken((validate, props) => validate.object('props', props, 'pass { vpcId }'), {});
});

describe('a text with a pattern', () => {
  const name: Validation = (validate, value) => validate.optionalString('name', value, GATEWAY_NAME);

  test.each<Values[number]>([['null', null], ['a number', 5], ['a list', ['edge']], ['what the pattern refuses', 'edge gateway']])('is refused when it is %s', (_, value) => {
    expectRefused(name, value, { problem: /^name must be 2 to 129 characters/, remediation: /./ });
  });

  test('is taken when the pattern accepts it, when it is left undefined, and when only Terraform knows it', () => {
    const stack = makeStack();
    const validate = validatorIn(stack);
    for (const value of ['edge', undefined, '${var.name}', textVariable(stack, 'name')]) expect(() => name(validate, value)).not.toThrow();
  });
});

test('a text of any form must be a text, and not be empty', () => {
  const text: Validation = (validate, value) => validate.string('text', value);
  for (const value of [undefined, null, '', 5, {}]) expectRefused(text, value, { problem: /^text must be a string that is not empty/, remediation: /pass the id$/ });
  for (const value of ['a', '${var.a}']) expectTaken(text, value);
});

describe('an expression that Terraform cannot read', () => {
  test.each(['${', '${}', 'a ${var.b', '${"a}', '%{ if true }', '%{ endif }'])('is refused: %s', (value) => {
    expectRefused((validate, it) => validate.string('text', it), value, {
      problem: /^text must contain complete expressions/, remediation: /\$\$\{/,
    });
  });

  test('is refused when it takes an element out of the token of a list', () => {
    const stack = makeStack();
    const list = new TerraformVariable(stack, 'list', { type: 'list(string)' }).listValue;
    const validate = validatorIn(stack);
    expect(() => validate.string('text', list[0])).toThrow(/^stack\/It: text must contain complete expressions.*Fn\.element/);
    expect(() => validate.string('text', Fn.element(list, 0))).not.toThrow();
  });
});

describe('the value of an iterator', () => {
  test('is refused: no construct is repeated', () => {
    const iterated = Token.asString(TerraformIterator.fromList(['a']).value);
    const validate = validatorIn(makeStack());
    for (const value of [iterated, `x-${iterated}`, '${each.key}', '${count.index}']) {
      expectRefusal(() => validate.string('text', value), {
        path: 'stack/It', problem: /^text must not be (each\.value|each\.key|count\.index), because this construct is not repeated/, remediation: /pass the list to Ipv6Addresses/,
      });
    }
    expect(() => validate.acceptsExpression('mbps', Token.asNumber(TerraformIterator.fromList(['a']).value))).toThrow('stack/It: mbps must not be each.value');
  });

  test('is refused next to a text in quotes', () => {
    expect(() => validatorIn(makeStack()).string('text', '${"a" == each.key}')).toThrow('stack/It: text must not be each.key');
  });

  test('is refused inside of an object', () => {
    const item = TerraformIterator.fromList(['a']).value;
    expect(() => validatorIn(makeStack()).string('text', Token.asString({ list: [{ item }] }))).toThrow('stack/It: text must not be each.value');
  });

  test('is told from its name in a text', () => {
    for (const value of ['each.value', '${"each.value"}', '${var.each}']) expectTaken((validate, it) => validate.string('text', it), value);
  });
});

test('a value is an expression when it is a token, or a text with an expression in it', () => {
  const stack = makeStack();
  const validate = validatorIn(stack);
  for (const value of ['${var.a}', textVariable(stack, 'text'), numberVariable(stack, 'number')]) expect(validate.acceptsExpression('it', value)).toBe(true);
  for (const value of ['a', 5, undefined, null, true]) expect(validate.acceptsExpression('it', value)).toBe(false);
});

describe('the address of a resource in the state', () => {
  const type = 'alicloud_vpc';
  const withKey: Validation = (validate, value) => validate.stateAddress('id', value, type, 'Net_0A1B2C3D', true);
  const withoutKey: Validation = (validate, value) => validate.stateAddress('id', value, type, 'Net_0A1B2C3D', false);

  test('may be in modules, and have a key where an instance is meant', () => {
    for (const value of [`${type}.a`, `module.m.${type}.a`, `module.m["k"].module.n[0].${type}._a-1`]) {
      expectTaken(withKey, value);
      expectTaken(withoutKey, value);
    }
    for (const value of [`${type}.a[0]`, `${type}.a["k"]`]) {
      expectTaken(withKey, value);
      expectRefused(withoutKey, value, { problem: /^id must be the address of an alicloud_vpc in the state, without the key/, remediation: /such as alicloud_vpc\.Net_0A1B2C3D$/ });
    }
  });

  test.each<any>([[undefined], [null], [5], [''], ['a'], ['alicloud_vswitch.a'], [`${type}.1a`], [`${type}.a[b]`], [`${type}.a["\${b}"]`], [`data.${type}.a`], [` ${type}.a`]])('is refused when it is %p', (value) => {
    expectRefused(withKey, value, { problem: /^id must be the address of an alicloud_vpc in the state/, remediation: /copy the address from terraform state list/ });
  });
});

test('the id that a rule is imported by has the id of its gateway first', () => {
  const importId: Validation = (validate, value) => validate.ruleImportId('id', value);
  expectTaken(importId, 'ipv6gw-1:ipv6py-1');
  for (const value of [undefined, null, 5, '', 'ipv6py-1', 'ipv6gw-1:', 'vpc-1:ipv6py-1', 'ipv6gw-1:a:b']) {
    expectRefused(importId, value, { problem: /^id must be the ids of a gateway and of an egress-only rule/, remediation: /copy it from the output of alicloud-ipv6 import/ });
  }
});

test('a list of strings must be written out', () => {
  const strings: Validation = (validate, value) => validate.optionalStrings('kinds', value);
  for (const value of [undefined, [], ['a']]) expectTaken(strings, value);
  for (const value of [null, 'a', [5], [null], ['${var.a}']]) expectRefused(strings, value, { problem: /^kinds must be a list of strings that are known at synth/, remediation: /as literals$/ });
  const stack = makeStack();
  const { listValue } = new TerraformVariable(stack, 'list', {});
  expect(() => strings(validatorIn(stack), listValue)).toThrow('stack/It: kinds must be a list of strings that are known at synth, got a token');
});

test('a list that must not be empty may be left undefined', () => {
  const notEmpty: Validation = (validate, value) => validate.notEmpty('kinds', value, 'leave it out');
  for (const value of [undefined, ['a']]) expectTaken(notEmpty, value);
  expectRefused(notEmpty, [], { problem: /^kinds must not be empty/, remediation: /leave it out$/ });
});

test('an integer has a least and a greatest value', () => {
  const integer: Validation = (validate, value) => validate.optionalInteger('count', value, 1, 64);
  for (const value of [undefined, 1, 64]) expectTaken(integer, value);
  for (const value of [0, 65, -1, 1.5, NaN, Infinity, '16', null, true]) {
    expectRefused(integer, value, { problem: /^count must be an integer from 1 to 64, known at synth/, remediation: /as a literal$/ });
  }
});

test('a flag must be known at synth', () => {
  const flag: Validation = (validate, value) => validate.optionalBoolean('flag', value);
  for (const value of [undefined, true, false]) expectTaken(flag, value);
  for (const value of [null, 'true', 'false', 1, {}, '${var.flag}']) expectRefused(flag, value, { problem: /^flag must be true or false, known at synth/, remediation: /write true or false$/ });
});

test('a member of an enum must be one of its members', () => {
  const member: Validation = (validate, value) => validate.optionalEnum('color', value, { RED: 'Red', BLUE: 'Blue' }, 'Color');
  for (const value of [undefined, 'Red', 'Blue']) expectTaken(member, value);
  for (const value of [null, 'red', 'RED', 5, '${var.color}']) expectRefused(member, value, { problem: /^color must be Color\.RED or Color\.BLUE, known at synth/, remediation: /use Color$/ });
});

describe('the literal of an address', () => {
  const literal: Validation = (validate, value) => validate.optionalIpv6Literal('ipv6Address', value);

  test.each(['fc00::1', 'fd12::1', 'FC00::1', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'])('is refused when it is unique local: %s', (value) => {
    expectRefused(literal, value, { problem: /unique local address \(fc00::\/7\)/, code: 'OperationUnsupported.ULA', remediation: /write an address/ });
  });

  test.each(['2408:4005:1234:5600::/64', '2408:4005:1234:5600::1/128', 'fc00::/7'])('is refused when it is a prefix: %s', (value) => {
    expectRefused(literal, value, { problem: /one address, not a prefix/, code: 'IllegalParam.Ipv6Address', remediation: /write one address/ });
  });

  test.each(['fe00::1', 'fbff::1', 'fe80::1', 'febf::1', 'fec0::1', 'ff02::1', '::1', '::', '::ffff:192.0.2.1', '1fff::1', '4000::1', 'fc::1'])('is refused when it is not global unicast: %s', (value) => {
    expectRefused(literal, value, { problem: /global unicast address \(2000::\/3\)/, code: 'IllegalParam.Ipv6Address', remediation: /write an address/ });
  });

  test.each<Values[number]>([
    ['empty', ''], ['an IPv4 address', '192.0.2.1'], ['an id', 'ipv6-1'], ['too long', '2408:1:2:3:4:5:6:7:8'], ['with a zone', '2408:4005::1%eth0'],
    ['in brackets', '[2408:4005::1]'], ['with a space', '2408:4005::1 '], ['a number', 5], ['null', null], ['an object', {}],
  ])('is refused when it is %s', (_, value) => {
    expectRefused(literal, value, { problem: /must be an IPv6 address/, code: 'IllegalParam.Ipv6Address', remediation: /write one address/ });
  });

  test.each([
    [undefined], ['2000::'], ['2408:4005:1234:5600::1'], ['2408:4005:1234:5600:0:0:0:1'], ['240E::A'], ['3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'], ['${var.literal}'],
  ])('is taken: %s', (value) => expectTaken(literal, value));
});

test('the token of a number is neither a list of ids nor an address', () => {
  const validate = validatorIn(makeStack());
  const token: any = Token.asNumber('${var.n}');
  expect(() => validate.ids('vpcIds', token, 'VPC')).toThrow('vpcIds must be a list of ids (vpc-…), got a token');
  expect(() => validate.optionalIpv6Literal('ipv6Address', token)).toThrow('ipv6Address must be an IPv6 address, got a token');
});

test('a construct is known by its property', () => {
  const construct: Validation = (validate, value) => validate.construct('ipv6Gateway', value, 'ipv6GatewayId', 'pass an Ipv6Gateway', 'OperationFailed.Ipv6GatewayNotExist');
  const scope = makeStack();
  const refusal = { problem: /^ipv6Gateway must be a construct with an ipv6GatewayId/, code: 'OperationFailed.Ipv6GatewayNotExist', remediation: /pass an Ipv6Gateway$/ };
  for (const value of [undefined, null, 'ipv6gw-1', 5, { ipv6GatewayId: 'ipv6gw-1' }, new Construct(scope, 'Other'), scope]) expectRefused(construct, value, refusal);
  expectTaken(construct, Object.assign(new Construct(scope, 'Own'), { ipv6GatewayId: 'ipv6gw-1' }));
});

describe('tags', () => {
  const tags: Validation = (validate, value) => validate.optionalTags('tags', value);

  test.each<Values[number]>([['null', null], ['a text', 'team'], ['a list', ['team']], ['a number for a value', { team: 5 }], ['null for a value', { team: null }]])('are refused when they are %s', (_, value) => {
    expectRefused(tags, value, { problem: /^tags must be a map of strings/, remediation: /write \{ key: 'value' \}$/ });
  });

  test('are refused when an expression in them does not end', () => {
    for (const value of [{ team: '${' }, { '${': 'web' }]) expectRefused(tags, value, { actual: '${', problem: /^tags must contain complete expressions/, remediation: /\$\$\{/ });
  });

  test('are taken with expressions as values, and as the token of a map', () => {
    const stack = makeStack();
    const map = Token.asStringMap(new TerraformVariable(stack, 'map', {}).value);
    const validate = validatorIn(stack);
    for (const value of [undefined, {}, { a: 'b' }, { a: textVariable(stack, 'a'), b: '${var.b}' }, map]) expect(() => tags(validate, value)).not.toThrow();
  });
});

describe('timeouts', () => {
  const timeouts: Validation = (validate, value) => validate.optionalTimeouts('timeouts', value, 'create', 'delete');

  test.each<[what: string, value: any, actual: unknown, remediation: RegExp]>([
    ['null', null, null, /write \{ create: '10m' \}$/],
    ['a text', '10m', '10m', /write \{ create: '10m' \}$/],
    ['a list', ['10m'], ['10m'], /write \{ create: '10m' \}$/],
    ['an action that there is not', { update: '10m' }, '10m', /use create, delete$/],
    ['words', { create: 'ten minutes' }, 'ten minutes', /./],
    ['no unit', { create: '600' }, '600', /./],
    ['a number', { create: 600 }, 600, /./],
    ['an empty text', { delete: '' }, '', /./],
    ['null for an action', { delete: null }, null, /./],
  ])('are refused when they are %s', (_, value, actual, remediation) => expectRefused(timeouts, value, { actual, problem: /^timeouts/, remediation }));

  test.each<Values[number]>([
    ['undefined', undefined],
    ['nothing', {}],
    ['minutes', { create: '10m' }],
    ['mixed units', { create: '1h30m', delete: '90s' }],
    ['a fraction', { create: '1.5h' }],
    ['an expression', { create: '${var.t}' }],
    ['an action left undefined', { create: undefined }],
  ])('are taken when they are %s', (_, value) => expectTaken(timeouts, value));
});

describe('a provider', () => {
  const provider: Validation = (validate, value) => validate.optionalProvider('provider', value);

  test.each<Values[number]>([['null', null], ['a text', 'alicloud.beijing'], ['an object', {}]])('is refused when it is %s', (_, value) => {
    expectRefused(provider, value, { problem: /^provider must be a provider construct/, remediation: /AlicloudProvider of this stack$/ });
  });

  test('is refused when it is of something else than Alibaba Cloud', () => {
    const stack = makeStack();
    expectRefused(provider, foreignProvider(stack), { problem: /^provider must be an alicloud provider, not one of random/, remediation: /AlicloudProvider of this stack$/ }, stack);
  });

  test('is refused when it is of another stack, and taken in its own', () => {
    const app = makeApp();
    const elsewhere = makeStack(app, 'elsewhere');
    const value = aliasedProvider(elsewhere);
    expectRefused(provider, value, { problem: /^provider must be a provider of the same stack/, remediation: /create an AlicloudProvider in this stack/ }, makeStack(app));
    expectTaken(provider, value, elsewhere);
    expectTaken(provider, undefined);
  });
});
